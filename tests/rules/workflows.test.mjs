// Rules of the workflows: what they run is fixed, and no job that runs code of the project or of its dependencies can publish.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { inRoot } from '../../scripts/lib/root.mjs';

const folder = inRoot('.github', 'workflows');
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(path.join(folder, name), 'utf8');
  return { ...parse(text), name, text };
});
const jobs = workflows.flatMap(({ name, jobs: all }) => Object.entries(all).map(([job, content]) => ({ where: `${name} ${job}`, ...content })));

/** What a publishing job may run: the two commands that publish, which run no script of a package. */
const PUBLISHING = [
  /^npm publish "\$\(ls \.\/countersign-\*\.tgz\)" --provenance --access public --ignore-scripts$/,
  /^cargo publish --workspace --locked --no-verify$/,
];
const canPublish = ({ permissions = {} }) => Object.values(permissions).includes('write');

test('every action is named by the hash of a commit, with its version beside it', () => {
  for (const { name, text } of workflows) {
    const uses = [...text.matchAll(/uses: *(.*)/g)].map(([, action]) => action);
    assert.ok(uses.length > 0, name);
    for (const action of uses) assert.match(action, /^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${name}: ${action}`);
  }
});

test('a workflow may read the repository and nothing else, unless a job says more', () => {
  for (const { name, permissions } of workflows) assert.deepEqual(permissions, { contents: 'read' }, name);
  const writing = jobs.filter(canPublish).map(({ where, permissions }) => [where, permissions]);
  const token = { contents: 'read', 'id-token': 'write' };
  assert.deepEqual(writing, [['publish.yml npm', token], ['publish.yml crates', token]]);
});

test('a job that can publish runs no tests and no builds, and waits for the job that does', () => {
  for (const { where, needs, steps } of jobs.filter(canPublish)) {
    assert.equal(needs, 'checks', where);
    const commands = steps.flatMap(({ run = [] }) => run);
    assert.equal(commands.length, 1, where);
    assert.ok(PUBLISHING.some((command) => command.test(commands[0])), `${where}: ${commands[0]}`);
  }
});

test('a checkout leaves no credentials behind, and every job ends', () => {
  for (const { where, steps, ...job } of jobs) {
    for (const { uses = '', with: options = {} } of steps) {
      if (uses.startsWith('actions/checkout@')) assert.equal(options['persist-credentials'], false, where);
    }
    if (!canPublish(job)) assert.ok(job['timeout-minutes'] > 0, where);
  }
});
