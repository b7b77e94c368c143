// Ours beside the original, against the same stand-in: the same calls, in the order in which the page issues them, with the same
// bodies, the same end, the same session cookies; but for the differences that are listed with their reasons.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { differences } from './differences.mjs';
import { openHosts } from './hosts.mjs';
import { run } from './run.mjs';
import { scenarios } from './scenarios.mjs';

/** The difference that every scenario has. */
const ALWAYS = 'no bootstrap';

/** The scenarios of a realm in their groups. */
const scenariosOf = (realm) => Object.entries(scenarios).map(([group, list]) => [group, list.filter(({ realms = [realm] }) => realms.includes(realm))]);

/** What ours has to be: theirs, with the listed differences of the scenario. */
function expected(theirs, names, context) {
  return names.reduce((record, name) => {
    assert.ok(differences[name], `"${name}" is not in the list`);
    const changed = differences[name].apply(record, context);
    assert.notDeepEqual(changed, record, `the difference "${name}" does not occur here`);
    return changed;
  }, theirs);
}

async function compare(hosts, scenario, realm) {
  const theirs = await run(hosts, scenario, realm, 'theirs');
  const ours = await run(hosts, scenario, realm, 'ours');
  const context = { startPath: ours.startPath, request: ours.request, ...scenario.context };
  assert.deepEqual(ours.record, expected(theirs.record, [ALWAYS, ...(scenario.differences ?? [])], context));
  assert.deepEqual(ours.standIn.misuses, [], 'ours makes no call that the API does not take');
}

/** Compares the pages in every scenario of a realm. Each realm is a file of its own, so that both run at once. */
export function sideBySide(realm) {
  let hosts;
  before(async () => { hosts = await openHosts(); });
  after(() => hosts?.close());

  for (const [group, list] of scenariosOf(realm)) {
    describe(group, () => {
      for (const scenario of list) test(`${scenario.name} is as in the original`, () => compare(hosts, scenario, realm));
    });
  }

  test('there are at least 40 scenarios', () => {
    assert.ok(scenariosOf(realm).flatMap(([, list]) => list).length >= 40);
  });
}

/** The differences that some scenario has: each comparison checks that its own occur. */
export const occurring = new Set([ALWAYS, ...['consumer', 'b2b'].flatMap(scenariosOf).flatMap(([, list]) => list).flatMap((scenario) => scenario.differences ?? [])]);
