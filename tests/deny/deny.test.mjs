// Licences, sources and versions of the crates of every lock file. Advisories change without a change here, and need the network:
// workflows check them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';

const examples = readdirSync(inRoot('examples')).map((name) => `examples/${name}`);
const workspaces = ['.', 'fuzz', ...examples].filter((folder) => existsSync(inRoot(folder, 'Cargo.lock')));

test('every workspace has a list of what its crates may be', () => {
  assert.deepEqual(workspaces, ['.', 'fuzz', 'examples/leptos', 'examples/leptos-ssr']);
  for (const folder of workspaces) assert.ok(existsSync(inRoot(folder, 'deny.toml')), folder);
});

for (const folder of workspaces) {
  test(`no crate in ${folder}/Cargo.lock has a licence, a source or a version that ${folder}/deny.toml does not accept`, () => {
    const args = ['deny', '--log-level', 'error', '--all-features', '--locked', 'check', 'bans', 'licenses', 'sources'];
    const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: inRoot(folder), encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout + stderr, /^bans ok, licenses ok, sources ok$/m);
  });
}
