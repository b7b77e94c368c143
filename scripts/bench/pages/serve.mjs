// Serves the page of a face from an origin of its own, compressed, with the caching that a site would have: a page is never kept, and
// a file with a hash in its address always. Answers the calls of the countersign API there, too.
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { brotli } from '../../lib/compress.mjs';
import { CONSENT } from './consent.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
const NEVER = { 'Cache-Control': 'no-store' };
const ALWAYS = { 'Cache-Control': 'public, max-age=31536000, immutable' };

/** The paths of the page, of the login page before it, and of the call that asks what is requested. */
export const [PAGE, LOGIN, START] = ['/authorize', '/login', '/countersign/authorize/start'];

function response(body, type, headers) {
  const bytes = brotli(Buffer.from(body));
  return { bytes, headers: { ...headers, 'Content-Type': type, 'Content-Encoding': 'br', 'Content-Length': bytes.length } };
}

/** Everything that does not change, by its path. */
const fixed = ({ html, login, files, headers }) => new Map([
  [PAGE, response(html, TYPES['.html'], headers)],
  [LOGIN, response(login, TYPES['.html'], headers)],
  ...Object.entries(files).map(([file, content]) => [file, response(content, TYPES[path.extname(file)], ALWAYS)]),
]);

/**
 * Serves a page (files.mjs). The browser delays what comes by a round trip, so that nothing waits here.
 *
 * @param {{answer?: (question: object) => object}} page `answer` is what `start` answers where that is not the usual card
 */
export async function servePage({ answer = CONSENT, ...page }) {
  const responses = fixed(page);
  const server = createServer(async (req, res) => {
    const { pathname } = new URL(req.url, 'http://localhost');
    const isStart = req.method === 'POST' && pathname === START;
    const { bytes, headers } = isStart ? response(JSON.stringify(answer(await json(req))), 'application/json', NEVER) : responses.get(pathname) ?? {};
    if (bytes) res.writeHead(200, headers).end(bytes);
    else res.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://localhost:${server.address().port}`, close: () => { server.close(); server.closeAllConnections(); } };
}
