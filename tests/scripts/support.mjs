// Runs a script as a user would, and tells what came of it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isOld, present } from '../../scripts/bootstrap/node.mjs';
import { which } from '../../scripts/lib/run.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The Node that the scripts go on with, also where these tests run on an older one. */
const node = (isOld(process.versions.node) && present()) || process.execPath;

/** Starts a script of scripts/; `ended` settles with `{ code, out, err }`. */
export function launch(script, { args = [], env = {}, cwd = root, from = root } = {}) {
  const child = spawn(node, [path.join(from, 'scripts', script), ...args], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (part) => { text.out += part; });
  child.stderr.setEncoding('utf8').on('data', (part) => { text.err += part; });
  child.ended = new Promise((resolve) => { child.on('close', (code) => resolve({ code, ...text })); });
  return child;
}

export const run = (script, options) => launch(script, options).ended;

/** An empty folder that is gone after the test. */
export function folder(test) {
  const made = mkdtempSync(path.join(tmpdir(), 'countersign-'));
  test.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A PATH that holds Node's own programs and the `extra` files, and nothing else. */
export function onlyNode(test, extra = []) {
  const made = folder(test);
  for (const [name, file] of Object.entries({ node, npm: which('npm') })) symlinkSync(file, path.join(made, name));
  for (const file of extra) symlinkSync(file, path.join(made, path.basename(file)));
  return made;
}

/** A port that is taken until the test is over. */
export async function takenPort(test) {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  test.after(() => new Promise((resolve) => { server.close(resolve); }));
  return server.address().port;
}

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}
