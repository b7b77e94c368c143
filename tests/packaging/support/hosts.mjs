// Hosts at work: a program on a free port, and the demo's system with the host's pages in it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from '../../../scripts/bootstrap.mjs';
import { listening } from '../../../scripts/demo/ports.mjs';
import { prepare } from '../../../scripts/hosts.mjs';
import { inRoot } from '../../../scripts/lib/root.mjs';
import { holdPort } from '../../e2e/support/ports.mjs';
import { startSite } from '../../e2e/support/site.mjs';

const fixture = (name) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

/** Where a host's files are: an example or a fixture. */
export const sources = { example: (name) => inRoot('examples', name), fixture };

export const bin = (name) => path.join('node_modules', '.bin', name);

/** The React example with a version of Vite. */
export const vite = (version, plugin) => ({ from: sources.example('react'), versions: { vite: version, '@vitejs/plugin-react': plugin }, build: [bin('vite'), 'build'] });
export const vite8 = vite('8.3.8', '6.3.0');

/** The one source of the headers, for fixtures that send them themselves. */
const PAGE_HEADERS = inRoot('api', 'page-headers.json');

let environment;

/** A host's folder, put together and built. */
export async function made(label, host) {
  environment ??= (await bootstrap()).env;
  return prepare(label, { ...host, env: environment });
}

/** Starts a program in a host's folder on a free port. */
export async function started(folder, [command, ...args], env = {}) {
  const held = await holdPort();
  await held.release();
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env, PORT: String(held.port), PAGE_HEADERS, NEXT_TELEMETRY_DISABLED: '1' }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const from of [child.stdout, child.stderr]) from.on('data', (text) => { said += text; });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  let over = false;
  ended.then(() => { over = true; });
  await listening(held.port, () => over);
  if (over) throw new Error(`${command} ended: ${said}`);
  return {
    origin: `http://localhost:${held.port}`,
    close: async () => {
      process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}

/** The demo's system with pages from a host that `open` starts; `development` as in `createAuthorizationServer`. */
export const siteWith = (open, { pages = ['authorization'], development } = {}) => async () => {
  const host = await open();
  const site = await startSite({ frontEnd: { origin: host.origin, pages, development } });
  return { ...site, others: host.others, close: async () => { await site.close(); await host.close(); } };
};
