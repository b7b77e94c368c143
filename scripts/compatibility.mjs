// Runs the check on every engine, each started anew, and writes what it measured into docs/compatibility.md. It needs Node 22.18,
// the built pages (`npm run build`) and the engines (`npm run bootstrap -- --engines`).
//
//   node scripts/compatibility.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { createAuthorizationServer } from '../examples/authorization-server/server.mjs';
import { registered } from '../examples/engines/site/main.mjs';
import { CHECKS, checkServer, compatibility, json } from '../server/node/src/check/index.ts';
import { readExpected } from '../server/node/src/check/expected.ts';
import { listening } from './demo/ports.mjs';
import { inRoot } from './lib/root.mjs';

const DOCUMENT = inRoot('docs', 'compatibility.md');
const [BEGIN, END] = ['<!-- measured -->\n\n', '\n\n<!-- end of what was measured -->'];

/** Where an engine is that has an origin of its own, in its `check.json`. */
const ELSEWHERE = 'http://localhost:4404';

async function startDemo() {
  const server = createAuthorizationServer({ port: 0 });
  return { origin: await server.listen(), close: () => server.close() };
}

const startEngine = (name) => async () => {
  const { createSite } = await import(`../examples/engines/${name}/server.mjs`);
  return createSite({ clients: registered('http://localhost:4401'), registers: true, logger: { disabled: true } });
};

async function freePort() {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** A server to copy is a program of its own. */
const startServer = (name) => async () => {
  const port = await freePort();
  const child = spawn(process.execPath, ['server.mjs'], { cwd: inRoot('examples', 'servers', name), env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  await listening(port, () => child.exitCode !== null);
  const close = async () => {
    child.kill();
    await ended;
  };
  return { origin: `http://localhost:${port}`, close };
};

/** The servers, by their names in the table. In each folder are `check.json` and `check.gaps`. */
export const servers = {
  'oidc-provider (the demo’s server)': { folder: 'authorization-server', start: startDemo },
  'oidc-provider': { folder: 'engines/oidc-provider', start: startEngine('oidc-provider') },
  'Better Auth': { folder: 'engines/better-auth', start: startEngine('better-auth') },
  'Ory Hydra': { folder: 'engines/hydra', start: startEngine('hydra') },
  'workers-oauth-provider': { folder: 'engines/workers', start: startEngine('workers') },
  'oauth2orize (a server to copy)': { folder: 'servers/oauth2orize', start: startServer('oauth2orize') },
};

const isKnown = (name) => Object.hasOwn(CHECKS, name) || Object.values(CHECKS).flat().some(({ id }) => id === name);

/** Starts a server and runs all of the check that it has states for. */
export async function measure({ folder, start }) {
  const read = (name) => readFileSync(inRoot('examples', folder, name), 'utf8');
  const expected = Object.fromEntries(readExpected(read('check.gaps'), isKnown));
  const { origin, issuer, close } = await start();
  // An engine that is elsewhere is on a free port, too.
  const config = read('check.json').replaceAll(ELSEWHERE, issuer);
  try {
    return await checkServer({ origin, config: JSON.parse(config), expected });
  } finally {
    await close();
  }
}

/** The table, from reports by the names of their servers. */
export const tableOf = (reports) => compatibility(Object.fromEntries(Object.entries(reports).map(([name, report]) => [name, JSON.parse(json(report))])));

/** The document: the table in it, and what stands before and after that. */
export function documented() {
  const [before, rest] = readFileSync(DOCUMENT, 'utf8').split(BEGIN);
  const [table, after] = rest.split(END);
  return { before, table, after };
}

if (path.resolve(process.argv[1] ?? '') === import.meta.filename) {
  const reports = {};
  for (const [name, server] of Object.entries(servers)) reports[name] = await measure(server);
  const { before, after } = documented();
  writeFileSync(DOCUMENT, before + BEGIN + tableOf(reports) + END + after);
}
