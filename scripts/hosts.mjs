// Apps that use the npm package: each is copied to a folder outside the project, where the packed
// package is installed and the app is built as its own team would build it.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install } from './bootstrap/npm.mjs';
import { hashOf, walk } from './build/stamp.mjs';
import { inRoot, root } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { note } from './lib/say.mjs';
import { tarball } from './pack.mjs';

/** The folder of an app: outside the project, so that it cannot resolve our node_modules. */
const folderOf = (label) => path.join(tmpdir(), `countersign-hosts-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`, label);

const bin = (name) => path.join('node_modules', '.bin', name);

/** The examples: their pages, and the commands that build and start them. */
export const examples = {
  vanilla: { pages: ['authorization'], start: ['node', 'serve.mjs'] },
  react: { pages: ['authorization', 'login'], build: [bin('vite'), 'build'], start: [bin('vite'), 'preview'] },
  nextjs: { pages: ['authorization'], build: [bin('next'), 'build'], start: [bin('next'), 'start'] },
};

/** Replaces the versions of an app's dependencies. */
function redirected(manifest, versions) {
  for (const kind of ['dependencies', 'devDependencies']) {
    for (const name of Object.keys(manifest[kind] ?? {})) manifest[kind][name] = versions[name] ?? manifest[kind][name];
  }
  return manifest;
}

/** Installs what the lock file of an app names. Ours is not in it, and comes as it is packed. */
async function locked(folder, { dependencies: { countersign: _, ...dependencies }, ...manifest }, label, env) {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
  await install(folder, `the packages of "${label}"`, env);
  cpSync(inRoot('target', 'npm', 'package'), path.join(folder, 'node_modules', 'countersign'), { recursive: true });
}

/**
 * Prepares an app and returns its folder. Quick if nothing has changed.
 *
 * @param {string} label the app's unique name
 * @param {{from: string, over?: Record<string, string>, versions?: Record<string, string>, build?: string[], env: object}} host
 *   the folder of its files, more files by their paths in it, and the command that builds it
 */
export async function prepare(label, { from, over = {}, versions = {}, build, env }) {
  const folder = folderOf(label);
  const stamp = path.join(folder, '.stamp');
  const made = hashOf([...walk(from), ...Object.values(over), tarball], [JSON.stringify({ over: Object.keys(over), versions, build })]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === made) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(from, folder, { recursive: true });
  for (const [to, file] of Object.entries(over)) cpSync(file, path.join(folder, to));
  const manifest = path.join(folder, 'package.json');
  const content = redirected(JSON.parse(readFileSync(manifest, 'utf8')), versions);
  note(`the host "${label}"`, 'its own npm packages, and ours as it is packed');
  const own = { ...env, NEXT_TELEMETRY_DISABLED: '1' };
  if (existsSync(path.join(from, 'package-lock.json'))) await locked(folder, content, label, own);
  else {
    writeFileSync(manifest, JSON.stringify(content));
    const args = ['install', '--no-package-lock', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', tarball];
    await run('npm', args, { cwd: folder, env: own, quiet: true, what: `Bringing the packages of "${label}"`, from: 'the npm registry' });
  }
  if (build) await run(build[0], build.slice(1), { cwd: folder, env: own, quiet: true, what: `Building "${label}"` });
  writeFileSync(stamp, made);
  return folder;
}

/** Prepares an example and returns its folder. */
export const prepareExample = (name, env) => prepare(name, { from: inRoot('examples', name), build: examples[name].build, env });
