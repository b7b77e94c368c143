// The demo's client as an HTTP server: strict headers, static files, and one handler for each page.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { pageHeaders } from '../../server/node/src/headers.ts';
import { readTarget } from '../authorization-server/http/target.mjs';
import { createHandlers } from './handlers.mjs';
import { messagePage } from './pages.mjs';

const MAX_BYTES = 64 * 1024;

const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };
const FILES = {
  '/tokens.css': '../../../style/tokens.css', // the widget's own, so that the pages match
  '/style.css': 'style.css',
  '/home.js': 'home.js',
  '/answer.js': 'answer.js',
  '/fragment.js': 'fragment.js',
  '/favicon.svg': 'favicon.svg',
  '/favicon.ico': 'favicon.svg',
};

// Pages that may appear in this application's own silent-check frame.
const FRAMED = new Set(['/connect', '/callback', '/b2b/callback', '/result']);

function securityHeaders(path, { issuer, pages }) {
  const framed = FRAMED.has(path);
  const servers = [...new Set([new URL(issuer).origin, pages])].join(' ');
  const { 'Content-Security-Policy': _, ...headers } = pageHeaders();
  return {
    // Chromium applies form-action to redirects after a form as well, so that the issuer and its
    // pages must be listed.
    'content-security-policy': [
      "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", `frame-src 'self' ${servers}`,
      `form-action 'self' ${[...new Set([issuer, pages])].join(' ')}`, "base-uri 'none'", `frame-ancestors ${framed ? "'self'" : "'none'"}`,
      "require-trusted-types-for 'script'",
    ].join('; '),
    ...headers,
    'X-Frame-Options': framed ? 'SAMEORIGIN' : 'DENY',
  };
}

async function readBody(request) {
  if (request.method !== 'POST') return undefined;
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BYTES) throw Object.assign(new Error('body too large'), { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function staticFile(path) {
  const body = await readFile(new URL(`public/${FILES[path]}`, import.meta.url));
  return { status: 200, headers: { 'content-type': TYPES[FILES[path].split('.').pop()] }, body };
}

function problem(status, title, text) {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: messagePage({ title, text }) };
}

async function answerTo(request, handlers, target) {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (method === 'GET' && FILES[target?.path]) return staticFile(target.path);
  const handler = target && handlers[`${method} ${target.path}`];
  if (!handler) return problem(404, 'Not here', 'This application has no such page.');
  return handler({ request, ...target, query: new URLSearchParams(target.search), body: await readBody(request) });
}

async function answer(request, response, site) {
  const target = readTarget(request.url);
  const { status, headers, body } = await answerTo(request, site.handlers, target).catch((error) => {
    if (!error.status) console.error(`${request.method} ${target.path}:`, error);
    return problem(error.status ?? 500, 'Something went wrong', 'The application could not answer. Try again.');
  });
  response.writeHead(status, { ...securityHeaders(target?.path, site), ...headers });
  response.end(body);
}

// Both loopback addresses, because `localhost` may resolve to either. A machine without IPv6 has
// only the first.
async function listenOnLoopback(port, handler) {
  const servers = [];
  for (const host of ['127.0.0.1', '::1']) {
    // With Node's limit of 16 kB for all headers, an answer with a long state is cut off.
    const server = createServer({ maxHeaderSize: 65536 }, handler).listen(port, host);
    try {
      await once(server, 'listening');
      servers.push(server);
    } catch (error) {
      if (host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(error.code)) continue;
      await Promise.all(servers.map(stop));
      throw error;
    }
  }
  return servers;
}

function stop(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

/**
 * Starts the client on loopback.
 *
 * @param {{port: number, issuer: string, pages?: string, openid?: boolean, organizations?: boolean}}
 *   options its port, the consumer issuer's address (the organizations' is `/b2b` below it), the
 *   origin of the issuer's pages if it differs, and whether the issuer has OpenID Connect and
 *   organizations
 * @returns {Promise<{url: string, close: () => Promise<void>}>} after it listens; rejects with the
 *   listen error (EADDRINUSE, …)
 */
export async function createRelyingParty({ port, issuer, pages = issuer, openid = true, organizations = true }) {
  const url = `http://localhost:${port}`;
  const site = { issuer, pages, handlers: createHandlers({ issuer, pages, url, openid, organizations }) };
  const servers = await listenOnLoopback(port, (request, response) => answer(request, response, site));
  return { url, close: async () => { await Promise.all(servers.map(stop)); } };
}
