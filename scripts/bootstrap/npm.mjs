// Installs the npm packages unless node_modules matches package-lock.json.
import { readFileSync } from 'node:fs';
import { inRoot } from '../lib/root.mjs';
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

export async function npmPackages(env) {
  const why = stale(packages(inRoot('package-lock.json')), packages(inRoot('node_modules', '.package-lock.json')));
  if (!why) return;
  if (!which('npm', env)) throw new Stop('npm is missing: install Node 22 or newer with npm, and run this command again.');
  note('npm ci', why);
  // One quick retry, so that a missing network is reported soon.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  await run('npm', args, { env, quiet: true, what: 'Bringing the npm packages', from: 'the npm registry' });
}
