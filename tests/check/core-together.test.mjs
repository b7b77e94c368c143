// A fault makes its own check fail and no other. Seventy runs of the whole profile would take minutes; fourteen say as much: each
// has the faults whose number has a given bit, so that for any two checks there is a run with the fault of the one and not of the other.
import assert from 'node:assert/strict';
import test from 'node:test';
import { check, completeConfig, idsOf, startFaulty } from './harness.mjs';
import { besides, core } from './mutations/core.mjs';
import { together } from './mutations/tools.mjs';

const ids = Object.keys(core);
const bits = Array.from({ length: Math.ceil(Math.log2(ids.length)) }, (none, bit) => bit);
const groups = bits.flatMap((bit) => [0, 1].map((value) => ids.filter((id, index) => ((index >> bit) & 1) === value)));

test('any two checks of core are told apart by a run', () => {
  for (const one of ids) {
    for (const other of ids) if (one !== other) assert.ok(groups.some((group) => group.includes(one) && !group.includes(other)), `${one} and ${other}`);
  }
});

test('the faults of a server make exactly their own checks of core fail', async (t) => {
  const server = await startFaulty(t);
  const config = await completeConfig(server);
  for (const group of groups) {
    server.proxy.mutate(together(group.map((id) => core[id])));
    const report = await check(server.origin, { config, profiles: ['core'] });
    const expected = new Set(group.flatMap((id) => [id, ...(besides[id] ?? [])]));
    assert.deepEqual(idsOf(report, 'failed').sort(), [...expected].sort());
  }
});
