// A front end of files: what a team serves that has no server of its own.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = { '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };

/** The folder of the built npm package. */
export const packaged = fileURLToPath(new URL('../../../target/npm/package/dist', import.meta.url));

/** What a path is: a text, or a file in one of the folders. */
async function find(pathname, texts, folders) {
  if (Object.hasOwn(texts, pathname)) return texts[pathname];
  const [prefix, folder] = Object.entries(folders).find(([name]) => pathname.startsWith(name)) ?? [];
  if (!prefix || pathname.includes('..')) return undefined;
  return readFile(path.join(folder, pathname.slice(prefix.length))).catch(() => undefined);
}

/**
 * Serves `texts` (by path) and `folders` (by the path's beginning) on a free port.
 *
 * @param {{texts?: Record<string, string>, folders?: Record<string, string>, headers?: Record<string, string>}} what
 * @returns {Promise<{origin: string, close: () => Promise<void>}>}
 */
export async function serveFiles({ texts = {}, folders = {}, headers = {} }) {
  const server = createServer(async (req, res) => {
    const { pathname } = new URL(req.url, 'http://localhost');
    const content = await find(pathname, texts, folders);
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    if (content === undefined) {
      res.writeHead(404).end();
      return;
    }
    res.setHeader('Content-Type', TYPES[path.extname(pathname)] ?? TYPES['.html']);
    res.end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${server.address().port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
