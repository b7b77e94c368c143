// Child processes, each in a process group of its own, so that they end with the script.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { root } from './root.mjs';
import { printed, Stop, ticking } from './say.mjs';

const alive = new Set();
let ending = false;

function signalGroup(child, signal) {
  try {
    process.kill(child.group ? -child.pid : child.pid, signal);
  } catch {
    // It has already ended.
  }
}

/** Ends every running child and waits for it. Kills a child that has not ended after its grace period. */
export async function endAll() {
  ending = true;
  const children = [...alive];
  for (const child of children) signalGroup(child, 'SIGTERM');
  const kills = children.map((child) => setTimeout(() => signalGroup(child, 'SIGKILL'), child.grace));
  await Promise.all(children.map((child) => child.ended));
  kills.forEach(clearTimeout);
}

for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
  process.on(signal, async () => {
    if (ending) return;
    await endAll();
    process.exit(128 + number);
  });
}
process.on('exit', () => alive.forEach((child) => signalGroup(child, 'SIGKILL')));

/** True while the script is ending its children. */
export const isEnding = () => ending;

/**
 * Starts a program. `ended` resolves to `{ code, signal, output, stdout }`, with `missing: true` if there
 * is no such program. Its output is kept, and printed unless `quiet`. `onLine` is called with every
 * line. `terminal` gives the terminal to a program that asks questions. `grace` is the time that the
 * program may take to end, in milliseconds.
 */
export function start(command, args, { env = process.env, cwd = root, quiet = false, terminal = false, grace = 5000, onLine } = {}) {
  const stdio = terminal ? 'inherit' : ['ignore', 'pipe', 'pipe'];
  const child = spawn(command, args, { cwd, env, detached: !terminal, stdio });
  child.group = !terminal;
  child.grace = grace;
  alive.add(child);
  const kept = [];
  const toStdout = [];
  for (const [from, to] of terminal ? [] : [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
    let rest = '';
    from.setEncoding('utf8');
    from.on('data', (text) => {
      kept.push(text);
      if (from === child.stdout) toStdout.push(text);
      if (!quiet) {
        to.write(text);
        printed();
      }
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      if (onLine) lines.forEach(onLine);
    });
  }
  child.ended = new Promise((resolve) => {
    const settle = (result) => {
      alive.delete(child);
      resolve({ ...result, output: kept.join(''), stdout: toStdout.join('') });
    };
    child.on('error', (error) => settle({ code: 127, missing: error.code === 'ENOENT' }));
    child.on('close', (code, signal) => settle({ code: code ?? 1, signal }));
  });
  return child;
}

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|Could ?n[o']t resolve|failed to download|download of .* failed|could not download|error sending request|Temporary failure resolving|Unable to fetch|network failure|spurious network error|Network is unreachable|Failed to establish a new connection|dial tcp/i;

/**
 * Runs a program and returns its standard output. If it fails, stops with one sentence that names
 * `what` and, if it is the reason, the missing network. Reports a program that prints nothing.
 */
export async function run(command, args, { what, from = 'the network', silence, ...options }) {
  const quiet = options.terminal ? () => {} : ticking(what, silence);
  const result = await start(command, args, options).ended;
  quiet();
  if (result.code === 0) return result.stdout;
  if (result.missing) throw new Stop(`${what} needs the program "${command}", which is not on this machine.`);
  if (NO_NETWORK.test(result.output)) throw new Stop(`${what} did not work: ${from} could not be reached; check the connection and run the command again.`);
  if (options.quiet) process.stderr.write(result.output);
  throw new Stop(`${what} did not work (exit code ${result.code}); its output is above.`);
}

/** Calls `work` for every item, with as many calls at once as there are cores. */
export async function atOnce(items, work) {
  const left = [...items];
  const worker = async () => {
    while (left.length) await work(left.shift());
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** The trimmed output of a short program, or null if it is missing or fails. */
export function ask(command, args, env = process.env) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout.trim() : null;
}

/** The absolute path of a program on PATH, or null. */
export function which(program, env = process.env) {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder || '.', program);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
