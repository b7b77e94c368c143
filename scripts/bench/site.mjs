// One process that the bench of servers loads: `node site.mjs ENGINE with|alone`. Prints its origin.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLIENT } from './client.mjs';

const SITES = {
  'oidc-provider': { with: '../../examples/engines/oidc-provider/server.mjs', alone: './alone/oidc-provider.mjs' },
  'better-auth': { with: '../../examples/engines/better-auth/server.mjs', alone: './alone/better-auth.mjs' },
  workers: { with: '../../examples/engines/workers/server.mjs', alone: '../../examples/engines/workers/server.mjs' },
};
const [engine, kind] = process.argv.slice(2);

/** The bench asks for no page, so that one line will do. */
const dist = mkdtempSync(path.join(tmpdir(), 'countersign-bench-'));
mkdirSync(path.join(dist, 'authorization'));
writeFileSync(path.join(dist, 'authorization', 'index.html'), '<!doctype html><title>Harbor</title>');

const { createSite } = await import(SITES[engine][kind]);
const worker = engine === 'workers' && kind === 'alone' ? { worker: fileURLToPath(new URL('../../examples/engines/workers/alone.mjs', import.meta.url)) } : {};
const { origin, close } = await createSite({ clients: [CLIENT], dist, ...worker });
// Programs of an engine end with it.
process.once('SIGTERM', () => close().then(() => process.exit(0)));
console.log(origin);
