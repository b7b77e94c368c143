// The npm packages: present when what package-lock.json names is what lies in node_modules.
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

/** Why node_modules does not fit the lock file, or null where it does. */
export function stale(wanted, present) {
  if (!present) return 'node_modules is missing';
  for (const [name, { version, optional, link }] of Object.entries(wanted)) {
    // What is not below node_modules is a folder of the project.
    if (link || !name.includes('node_modules/')) continue;
    const have = present[name];
    // An optional package is one for another kind of machine.
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
  // One quick retry: a machine without network is told so at once.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  await run('npm', args, { env, quiet: true, what: 'Bringing the npm packages', from: 'the npm registry' });
}
