// The snippets of docs/hosts, in a folder outside the project with the frameworks that they are for and with the packed package.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hashOf, walk } from '../../../scripts/build/stamp.mjs';
import { inRoot, root } from '../../../scripts/lib/root.mjs';
import { run } from '../../../scripts/lib/run.mjs';
import { tarball } from '../../../scripts/pack.mjs';

const workspace = inRoot('tests', 'types', 'snippets');
const snippets = inRoot('docs', 'hosts', 'snippets');
const folder = path.join(tmpdir(), `countersign-hosts-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`, 'snippets');

/** Brings the frameworks, as they stand in the lock file, if that has changed. What only builds need is left out. */
async function frameworks() {
  const stamp = path.join(folder, '.stamp');
  const wanted = hashOf([path.join(workspace, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(path.join(workspace, name), path.join(folder, name));
  const args = ['ci', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await run('npm', args, { cwd: folder, quiet: true, what: 'Bringing the frameworks', from: 'the npm registry' });
  writeFileSync(stamp, wanted);
}

/** Puts it all together and returns the folder. */
export async function together() {
  await frameworks();
  const ours = path.join(folder, 'node_modules', 'countersign');
  rmSync(ours, { recursive: true, force: true });
  mkdirSync(ours, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', ours, '--strip-components=1'], { quiet: true, what: 'Unpacking the package' });
  for (const from of [workspace, snippets]) {
    for (const file of walk(from)) cpSync(file, path.join(folder, path.relative(from, file)));
  }
  return folder;
}
