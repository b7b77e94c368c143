// The check on every engine, started anew, and what the documents say about it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { documented, measure, servers, tableOf } from '../../scripts/compatibility.mjs';

const reports = {};

for (const [name, server] of Object.entries(servers)) {
  test(`${name} passes the check, but for the gaps that are listed`, { timeout: 300_000 }, async () => {
    const report = await measure(server);
    reports[name] = report;
    const wrong = report.ended.filter(({ state }) => state === 'failed' || state === 'unexpected');
    assert.deepEqual(wrong.map(({ check, message }) => `${check.id}: ${message}`), []);
  });

  test(`${name}: whatever its check.json has no state for is a gap that is listed, with a reason`, () => {
    const { ended, profiles, without } = reports[name];
    const silent = ended.filter(({ state, message, reason }) => !reason && (state === 'expected' || /^The config has no /.test(message)));
    assert.deepEqual(silent.map(({ check }) => check.id), []);
    for (const { profile, reason } of without) assert.ok(reason, profile);
    assert.deepEqual([...profiles, ...without.map(({ profile }) => profile)].sort(), ['b2b', 'core', 'details', 'logout', 'narrowing', 'page', 'remember']);
  });
}

test('the table in docs/compatibility.md is what was measured: node scripts/compatibility.mjs writes it', () => {
  assert.equal(documented().table, tableOf(reports));
});
