// A demo as its user starts it: commands as they are written in a README, in a shell, on free ports.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from '../../../scripts/lib/root.mjs';
import { holdPort } from '../../e2e/support/ports.mjs';

const HEADING = '## From nothing to a signed-in client\n';
const PORTS = { site: 'COUNTERSIGN_PORT', client: 'COUNTERSIGN_CLIENT_PORT', hydra: 'COUNTERSIGN_HYDRA_PORT', admin: 'COUNTERSIGN_HYDRA_ADMIN_PORT' };
/** What a demo says when all of it is there. */
const RUNNING = 'Countersign is running';
const home = (port) => `http://localhost:${port}`;

/** The commands that lead from nothing to a signed-in client, by a README. */
export function commandsOf(...file) {
  const [, section] = readFileSync(inRoot(...file), 'utf8').split(HEADING);
  return section.match(/^```\n(.*?)^```$/ms)[1].trimEnd().split('\n');
}

async function freePorts() {
  const held = await Promise.all(Object.keys(PORTS).map(() => holdPort()));
  await Promise.all(held.map(({ release }) => release()));
  return Object.fromEntries(Object.keys(PORTS).map((name, index) => [name, held[index].port]));
}

/** Starts a command. `said` has all that it has printed; `printed` waits for a text; `ended` for its end. */
function run(command, env) {
  const child = spawn('sh', ['-c', command], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const one = { said: '' };
  const wanted = [];
  for (const from of [child.stdout, child.stderr]) {
    from.setEncoding('utf8').on('data', (text) => {
      one.said += text;
      for (const { text: awaited, resolve } of wanted) if (one.said.includes(awaited)) resolve();
    });
  }
  one.ended = new Promise((resolve) => { child.once('close', (code) => resolve(code)); });
  one.printed = (text) => new Promise((resolve, reject) => {
    wanted.push({ text, resolve });
    one.ended.then((code) => reject(new Error(`"${command}" ended (${code}):\n${one.said}`)));
  });
  /** Ctrl-C: every process of its group gets it. */
  one.stop = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGINT');
    await one.ended;
  };
  return one;
}

/** Runs commands one after the other, the last of which starts a demo. */
export async function startDemo(commands) {
  const ports = await freePorts();
  const env = Object.fromEntries(Object.entries(PORTS).map(([name, variable]) => [variable, String(ports[name])]));
  // The packages of the tests come first on PATH, as they do not for a user.
  env.PATH = process.env.PATH.split(path.delimiter).filter((folder) => !folder.includes('node_modules')).join(path.delimiter);
  for (const command of commands.slice(0, -1)) {
    const one = run(command, env);
    const code = await one.ended;
    if (code !== 0) throw new Error(`"${command}" ended (${code}):\n${one.said}`);
  }
  const demo = run(commands.at(-1), env);
  try {
    await demo.printed(RUNNING);
  } catch (error) {
    await demo.stop();
    throw error;
  }
  return { issuer: home(ports.site), client: home(ports.client), others: [home(ports.hydra)], openid: true, said: demo.said, close: demo.stop };
}
