import assert from 'node:assert/strict';
import test from 'node:test';
import { core as checks } from '../../server/node/src/check/checks/core.ts';
import { check, completeConfig, idsOf, startFaulty } from './harness.mjs';
import { core } from './mutations/core.mjs';

test('every check of core has a fault of a server that it finds', async (t) => {
  assert.deepEqual(Object.keys(core).sort(), checks.map(({ id }) => id).sort());
  const server = await startFaulty(t);
  const config = await completeConfig(server);
  for (const [id, mutation] of Object.entries(core)) {
    server.proxy.mutate(mutation);
    const report = await check(server.origin, { config, only: [id] });
    assert.deepEqual(idsOf(report, 'failed'), [id]);
  }
});
