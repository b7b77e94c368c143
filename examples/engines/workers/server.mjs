/** Runs the Worker in workerd, by miniflare. This process has the built files, and the port. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { MIGRATIONS } from '../../../server/node/src/stores/d1.ts';
import { listen } from '../site/listen.mjs';
import { sendFile, widgetPage } from '../site/pages.mjs';

const WORKER = fileURLToPath(new URL('./worker.mjs', import.meta.url));
/** What the Worker answers. Everything else is a file. */
const OF_WORKER = /^\/(countersign|account|oauth|\.well-known)\//;

async function bundle(entry) {
  const { outputFiles: [file] } = await build({
    entryPoints: [entry], bundle: true, write: false, format: 'esm', target: 'es2024', conditions: ['workerd', 'worker'], external: ['cloudflare:*', 'node:*'], logLevel: 'warning',
  });
  return file.text;
}

/** A client as the engine stores it. It keeps the hash of a secret. */
const stored = ({ id, name, secret, redirectUri }) => JSON.stringify({
  clientId: id,
  clientName: name,
  ...(secret && { clientSecret: createHash('sha256').update(secret).digest('hex') }),
  tokenEndpointAuthMethod: secret ? 'client_secret_basic' : 'none',
  redirectUris: [redirectUri],
  grantTypes: ['authorization_code', 'refresh_token'],
  responseTypes: ['code'],
  registrationDate: Math.floor(Date.now() / 1000),
});

async function startWorker(entry, bindings, clients) {
  const worker = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents: await bundle(entry) }],
    compatibilityDate: '2026-07-01',
    // The second keeps requests of the Worker away from this machine.
    compatibilityFlags: ['nodejs_compat', 'global_fetch_strictly_public'],
    kvNamespaces: ['OAUTH_KV', 'SESSIONS'],
    d1Databases: ['DECISIONS'],
    bindings,
    host: '127.0.0.1',
    port: 0,
    telemetry: { enabled: false },
  });
  await worker.ready;
  const decisions = await worker.getD1Database('DECISIONS');
  for (const statement of MIGRATIONS) await decisions.prepare(statement).run();
  const storage = await worker.getKVNamespace('OAUTH_KV');
  await Promise.all(clients.map((client) => storage.put(`client:${client.id}`, stored(client))));
  return worker;
}

/** Passes a request to workerd, as a proxy would. */
async function pass(worker, request) {
  const { method, url, headers } = request;
  const body = method === 'GET' || method === 'HEAD' ? undefined : await request.arrayBuffer();
  const response = await worker.dispatchFetch(url, { method, headers: [...headers], body, redirect: 'manual' });
  const answer = await response.arrayBuffer();
  return new Response(answer.byteLength > 0 ? answer : null, { status: response.status, headers: [...response.headers] });
}

/**
 * Starts the site.
 *
 * @param {{port?: number, clients?: object[], dist?: string, secret?: string, worker?: string}} options its port (0 for any free one),
 *   the clients (`{ id, name, secret?, redirectUri }`), the folder of the built pages, and the file of the Worker
 * @returns {Promise<{origin: string, issuer: string, close: () => Promise<void>}>}
 */
export async function createSite({ port = 0, clients = [], dist, secret = crypto.randomUUID() + crypto.randomUUID(), worker: entry = WORKER } = {}) {
  let worker;
  const { origin, close } = await listen(port, async (own) => {
    worker = await startWorker(entry, { ORIGIN: own, SECRET: secret, PAGE: await widgetPage(dist) }, clients);
    return async (request) => {
      const { pathname } = new URL(request.url);
      if (OF_WORKER.test(pathname)) return pass(worker, request);
      const { status, headers, body } = await sendFile(pathname, dist);
      return new Response(body, { status, headers });
    };
  });
  return { origin, issuer: origin, close: async () => { await close(); await worker.dispose(); } };
}
