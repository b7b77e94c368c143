// A fault makes its own check fail and no other. A run of the whole profile for each would take minutes; nine say as much: each fault
// is in four of the nine, no two in the same four, so that for any two checks there is a run with the fault of the one and not of the other.
import assert from 'node:assert/strict';
import test from 'node:test';
import { check, completeConfig, idsOf, startFaulty } from './harness.mjs';
import { besides, core } from './mutations/core.mjs';
import { together } from './mutations/tools.mjs';

const ids = Object.keys(core);
const RUNS = 9;
const bits = Array.from({ length: RUNS }, (none, bit) => bit);
/** Numbers with four of nine bits: 126 of them. */
const words = Array.from({ length: 2 ** RUNS }, (none, word) => word).filter((word) => bits.filter((bit) => (word >> bit) & 1).length === 4);
const groups = bits.map((bit) => ids.filter((id, index) => (words[index] >> bit) & 1));

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
