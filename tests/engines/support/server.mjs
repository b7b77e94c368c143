// The servers to copy (examples/servers), each started as its README says, in a folder of its own.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listening } from '../../../scripts/demo/ports.mjs';
import { inRoot } from '../../../scripts/lib/root.mjs';
import { holdPort } from '../../e2e/support/ports.mjs';

/** Where the demo's client is, as the servers know it. */
const CLIENT = 'http://localhost:4401';
/** What a started server leaves behind in its folder, and its packages. */
const LEFT = /^(node_modules|\.wrangler|public[\\/]lib)$/;

export const SERVERS = {
  express: { name: 'Express', issuer: '/api/auth', openid: true, password: 'demo-demo', args: () => [] },
  oauth2orize: { name: 'Express with an adapter of its own', issuer: '', openid: false, password: 'demo', args: () => [] },
  workers: { name: 'Hono on Workers', issuer: '', openid: false, password: 'demo', args: (port) => ['--port', port, '--var', `ORIGIN:http://localhost:${port}`] },
};

/** A copy of a server's folder, with its packages. `client` is the origin of the demo's client. */
function copyOf(folder, client) {
  const [source, copy] = [inRoot('examples', 'servers', folder), mkdtempSync(path.join(tmpdir(), 'countersign-server-'))];
  cpSync(source, copy, { recursive: true, filter: (from) => !LEFT.test(path.relative(source, from)) });
  symlinkSync(inRoot('.tools', 'servers', folder, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  for (const name of ['auth.mjs', 'clients.json'].map((one) => path.join(copy, one))) {
    try {
      writeFileSync(name, readFileSync(name, 'utf8').replaceAll(CLIENT, client));
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  return copy;
}

/** Starts a server by its own command on a free port, and says when it has ended. */
export async function startServer(folder, { client = CLIENT } = {}) {
  const { args, issuer, ...more } = SERVERS[folder];
  const copy = copyOf(folder, client);
  const held = await holdPort();
  await held.release();
  const command = ['start', '--silent', '--', ...args(held.port).map(String)];
  // The machine's own Node may be an older one.
  const PATH = [path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  const child = spawn('npm', command, { cwd: copy, env: { ...process.env, PATH, PORT: String(held.port) }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, over] = ['', false];
  for (const from of [child.stdout, child.stderr]) from.on('data', (text) => { said += text; });
  const ended = new Promise((resolve) => { child.once('close', resolve); });
  ended.then(() => { over = true; });
  await listening(held.port, () => over);
  const close = async () => {
    if (!over) process.kill(-child.pid, 'SIGTERM');
    await ended;
    rmSync(copy, { recursive: true, force: true });
  };
  if (over) await close();
  if (over) throw new Error(`npm start ended: ${said}`);
  const origin = `http://localhost:${held.port}`;
  return { ...more, origin, issuer: origin + issuer, close };
}
