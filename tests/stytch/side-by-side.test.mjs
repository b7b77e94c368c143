// Ours beside the original, against the same stand-in: the same calls, in the order in which the page issues them, with the same
// bodies, the same end, the same session cookies; but for the differences that are listed with their reasons.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { differences } from './support/differences.mjs';
import { openHosts } from './support/hosts.mjs';
import { run } from './support/run.mjs';
import { scenarios } from './support/scenarios.mjs';

let hosts;
const named = new Set();
before(async () => { hosts = await openHosts(); });
after(() => hosts?.close());

/** What ours has to be: theirs, with the listed differences of the scenario. */
function expected(theirs, names, context) {
  return names.reduce((record, name) => {
    assert.ok(differences[name], `"${name}" is not in the list`);
    named.add(name);
    const changed = differences[name].apply(record, context);
    assert.notDeepEqual(changed, record, `the difference "${name}" does not occur here`);
    return changed;
  }, theirs);
}

async function compare(scenario, realm) {
  const theirs = await run(hosts, scenario, realm, 'theirs');
  const ours = await run(hosts, scenario, realm, 'ours');
  const context = { startPath: ours.startPath, request: ours.request, ...scenario.context };
  assert.deepEqual(ours.record, expected(theirs.record, ['no bootstrap', ...(scenario.differences ?? [])], context));
  assert.deepEqual(ours.standIn.misuses, [], 'ours makes no call that the API does not take');
}

for (const realm of ['consumer', 'b2b']) {
  describe(`in a ${realm} project`, () => {
    for (const [group, list] of Object.entries(scenarios)) {
      describe(group, () => {
        for (const scenario of list.filter(({ realms = [realm] }) => realms.includes(realm))) {
          test(`${scenario.name} is as in the original`, () => compare(scenario, realm));
        }
      });
    }
  });
}

test('every listed difference has a reason and occurs in some scenario', () => {
  for (const [name, { reason }] of Object.entries(differences)) assert.match(reason, /^.{30,}\.$/, name);
  assert.deepEqual(Object.keys(differences).filter((name) => !named.has(name)), []);
});

test('there are at least 40 scenarios for each realm', () => {
  const all = Object.values(scenarios).flat();
  for (const realm of ['consumer', 'b2b']) assert.ok(all.filter(({ realms = [realm] }) => realms.includes(realm)).length >= 40);
});
