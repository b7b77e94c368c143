// Serves the built documentation as a host of static files does: with the headers of its file `_headers`, and nothing else of its own.
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES = { '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json', '.md': 'text/markdown', '.png': 'image/png', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm', '.webp': 'image/webp', '.yaml': 'application/yaml' };
/** Names of files that are for visitors: `_headers` is for the host. */
const SAFE = /^\/(?:[\w-][\w.-]*\/)*(?:[a-zA-Z0-9-][\w.-]*)?$/;

const escaped = (text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** The rules of a file `_headers`, as `{ fits, headers }`. */
export function rules(text) {
  const found = [];
  for (const line of text.split('\n')) {
    if (/^\//.test(line)) found.push({ fits: new RegExp(`^${escaped(line.trim()).replaceAll('*', '.*')}$`), headers: [] });
    const [, name, value] = line.match(/^\s+([\w-]+): (.+)$/) ?? [];
    if (name) found.at(-1).headers.push([name, value]);
  }
  return found;
}

const kindOf = (file) => {
  const at = statSync(file, { throwIfNoEntry: false });
  return at?.isDirectory() ? 'folder' : at && 'file';
};

/** What is at a path: `{ status, file }`, or `{ status, to }` for a folder without its slash. */
function find(folder, pathname) {
  const missing = { status: 404, file: path.join(folder, '404.html') };
  if (!SAFE.test(pathname)) return missing;
  const file = path.join(folder, pathname, pathname.endsWith('/') ? 'index.html' : '');
  const kind = kindOf(file);
  if (kind === 'folder') return { status: 301, to: `${pathname}/` };
  return kind ? { status: 200, file } : missing;
}

/**
 * Serves a folder on this machine. Port 0 is any free one.
 *
 * @returns {Promise<{origin: string, close: () => void}>}
 */
export async function serveSite(folder, port = 0) {
  const server = createServer((req, res) => {
    const { pathname, search } = URL.canParse(req.url, 'http://localhost') ? new URL(req.url, 'http://localhost') : { pathname: '', search: '' };
    const { status, file, to } = find(folder, pathname);
    res.statusCode = status;
    res.setHeader('Cache-Control', 'no-cache');
    if (file) res.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream');
    // Read at each request: the site may have been built again.
    for (const { fits, headers } of rules(readFileSync(path.join(folder, '_headers'), 'utf8'))) {
      if (fits.test(pathname)) headers.forEach(([name, value]) => res.setHeader(name, value));
    }
    if (to) res.setHeader('Location', to + search);
    res.end(file && req.method !== 'HEAD' ? readFileSync(file) : undefined);
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${server.address().port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
