// Installs the npm packages unless node_modules matches package-lock.json.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from '../lib/root.mjs';
import { run, which } from '../lib/run.mjs';
import { Stop, note } from '../lib/say.mjs';

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return null;
  }
}

/** Why node_modules does not match the lock file, or null if it does. */
export function stale(wanted, present) {
  if (!present) return 'node_modules is missing';
  for (const [name, { version, optional, link }] of Object.entries(wanted)) {
    // Other entries are folders of the project.
    if (link || !name.includes('node_modules/')) continue;
    const have = present[name];
    // An optional package may be for another platform.
    if (!have && optional) continue;
    if (have?.version !== version) return `${name.replace(/^node_modules\//, '')} ${version} is missing`;
  }
  return null;
}

/** Runs `npm ci` in a folder. `what` is what it brings. */
export async function install(folder, what, env) {
  if (!which('npm', env)) throw new Stop('npm is missing: install Node 22 or newer with npm, and run this command again.');
  // One quick retry, so that a missing network is reported soon.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=60000'];
  await run('npm', args, { cwd: folder, env, quiet: true, what: `Bringing ${what}`, from: 'the npm registry' });
}

/** Why the packages of a folder do not match a lock file, or null if they do. */
export const staleIn = (folder, lock) => stale(packages(lock), packages(path.join(folder, 'node_modules', '.package-lock.json')));

export async function npmPackages(env) {
  const why = staleIn(root, inRoot('package-lock.json'));
  if (!why) return;
  note('npm ci', why);
  await install(root, 'the npm packages', env);
}
