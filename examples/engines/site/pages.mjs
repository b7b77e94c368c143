/** The built pages of the demo and their files, as parts of an answer: the servers have different classes for one. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HEADERS, policyWith } from '../../authorization-server/http/page-headers.mjs';

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

const STRICT = { 'Content-Security-Policy': policyWith(), ...HEADERS };

async function file(name, more) {
  const type = TYPES[path.extname(name)];
  const body = type && await readFile(name).catch(() => undefined);
  return body && { status: 200, headers: { ...STRICT, 'Content-Type': type, ...more }, body };
}

/** A page with a heading and a sentence. */
const note = (status, text) => ({ status, headers: { ...STRICT, 'Content-Type': 'text/plain; charset=utf-8' }, body: text });

/**
 * Makes the answer for a path: `{ status, headers, body }`.
 *
 * @param {{authorize: string, dist?: string}} options the path of the authorization endpoint, which gets the page with the widget
 * @returns {(pathname: string) => Promise<{status: number, headers: Record<string, string>, body: Uint8Array | string}>}
 */
export function createPages({ authorize, dist = DIST }) {
  const pages = { [authorize]: 'authorization', '/login': 'login' };
  return async (pathname) => {
    if (Object.hasOwn(pages, pathname)) {
      const page = pages[pathname];
      return await file(path.join(dist, page, 'index.html')) ?? note(503, `The page has not been built: run "npm run demo", which builds dist/${page}.`);
    }
    if (pathname === '/') return note(200, 'The authorization server of the demo. Start at the client.');
    const asset = ASSET.exec(pathname)?.[1];
    const name = asset === undefined ? OWN[pathname] && fileURLToPath(new URL(`../../../${OWN[pathname]}`, import.meta.url)) : path.join(dist, asset);
    return (name && await file(name, { 'Cache-Control': 'public, max-age=3600' })) ?? note(404, 'There is no such page.');
  };
}
