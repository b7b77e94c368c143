/** The built pages of the demo, and their files. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageHeaders } from '../../../server/node/src/headers.ts';

/** The folder of the built pages. */
export const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));

const TYPES = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };
/** Names without a segment that starts with a dot. */
const ASSET = /^\/assets\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)$/;
const OWN = {
  '/favicon.svg': 'examples/authorization-server/site/favicon.svg',
  '/favicon.ico': 'examples/authorization-server/site/favicon.svg',
  '/tokens.css': 'style/tokens.css',
};

const STRICT = pageHeaders();

async function file(name) {
  const type = TYPES[path.extname(name)];
  const body = type && await readFile(name).catch(() => undefined);
  return body && { status: 200, headers: { ...STRICT, 'Content-Type': type }, body };
}

/** A page with a sentence. */
const note = (status, text) => ({ status, headers: { ...STRICT, 'Content-Type': 'text/plain; charset=utf-8' }, body: text });
const notFound = note(404, 'There is no such page.');

/** The page with the widget, as text. */
export async function widgetPage(dist = DIST) {
  return readFile(path.join(dist, 'authorization', 'index.html'), 'utf8').catch(() => {
    throw new Error('The pages have not been built. Run "npm run demo", which builds them.');
  });
}

/**
 * Answers a path with a file: `{ status, headers, body }`.
 *
 * @param {string} pathname
 * @param {string} dist the folder of the built pages
 * @returns {Promise<{status: number, headers: Record<string, string>, body: Uint8Array | string}>}
 */
export async function sendFile(pathname, dist = DIST) {
  if (pathname === '/') return note(200, 'The authorization server of the demo. Start at the client.');
  const asset = pathname === '/login' ? 'login/index.html' : ASSET.exec(pathname)?.[1];
  if (asset !== undefined) return await file(path.join(dist, asset)) ?? notFound;
  const own = Object.hasOwn(OWN, pathname) && fileURLToPath(new URL(`../../../${OWN[pathname]}`, import.meta.url));
  return (own && await file(own)) || notFound;
}
