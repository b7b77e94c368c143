// The kit with a form behind a real server, a client that waits for its code, and pages of Chromium. The kit's time is the test's.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { countersign, memoryStore } from '../../../server/node/src/index.ts';
import { cardForm } from '../../../server/node/src/form.ts';
import { toNodeHandler } from '../../../server/node/src/node.ts';
import { page } from '../../../server/node/src/page.ts';
import { inRoot } from '../../../scripts/lib/root.mjs';
import { asked, createEngine } from './engine.mjs';
import { render } from './forms.mjs';
import { ADA, SECRET } from './site.mjs';

const css = ['tokens', 'widget', 'page'].map((name) => readFileSync(inRoot('style', `${name}.css`), 'utf8')).join('\n');

async function listen(t, handle) {
  const server = createServer((...args) => handle(...args));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));
  return `http://127.0.0.1:${server.address().port}`;
}

async function guardScript() {
  const { outputFiles: [{ contents }] } = await build({ entryPoints: [inRoot('components', 'element', 'ts', 'guard.ts')], bundle: true, format: 'iife', minify: true, target: 'es2022', write: false });
  return contents;
}

/** @param scopes names of scopes, of which a long list does not fit a window */
export async function startForms(t, scopes = ['openid', 'read', 'write']) {
  const client = await listen(t, (_, res) => { res.setHeader('Content-Type', 'text/html'); res.end('<!doctype html><title>client</title>'); });
  const script = await guardScript();
  const time = { now: Date.UTC(2026, 0, 1) };
  let handler;
  const origin = await listen(t, (req, res) => handler(req, res));
  const redirect = `${client}/cb`;
  const engine = createEngine({
    open: () => asked({ scopes: scopes.map((scope) => ({ scope })), redirect_uri: redirect }),
    allow: () => ({ to: `${redirect}?code=1&state=a%20b` }),
    deny: () => ({ to: `${redirect}?error=access_denied` }),
  });
  const files = { names: ['register.js', 'guard.js'], read: async () => script };
  const form = cardForm({ render, css, texts: () => ({}) });
  const clock = () => time.now;
  const handle = countersign({ engine, origin, secret: SECRET, account: () => ADA, store: memoryStore({ clock, warn: null }), clock, log() {}, page: page({ files, form }) });
  handler = toNodeHandler(handle, { origin });
  return { origin, client, engine, time, address: `${origin}/oauth/authorize?client_id=app&response_type=code`, pass: (milliseconds = 600) => { time.now += milliseconds; } };
}
