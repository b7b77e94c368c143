import assert from 'node:assert/strict';
import test from 'node:test';
import { CHECKS } from '../../server/node/src/check/checks/index.ts';
import { check, completeConfig, idsOf, startFaulty } from './harness.mjs';
import { b2b, details, narrowing, remember } from './mutations/cards.mjs';
import { logout, page } from './mutations/site.mjs';

for (const [profile, mutations] of Object.entries({ narrowing, remember, b2b, details, logout, page })) {
  test(`each fault of a server makes exactly one check of ${profile} fail`, async (t) => {
    assert.deepEqual(Object.keys(mutations).sort(), CHECKS[profile].map(({ id }) => id).sort());
    const server = await startFaulty(t);
    const config = await completeConfig(server);
    for (const [id, mutation] of Object.entries(mutations)) {
      server.proxy.mutate(mutation);
      const report = await check(server.origin, { config, profiles: [profile] });
      assert.deepEqual(idsOf(report, 'failed'), [id]);
    }
  });
}
