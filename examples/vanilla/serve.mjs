// Serves the page, and the package's files as they are. Any web server does.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const port = Number(process.env.PORT ?? 4403);
const LIB = '/lib/countersign/';
const TYPES = { '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };

/** The file behind a path; everything that is none of the package is the page. */
function fileOf(pathname) {
  if (!pathname.startsWith(LIB)) return new URL('index.html', import.meta.url);
  return new URL(path.posix.join('node_modules/countersign/dist', path.posix.normalize(`/${pathname.slice(LIB.length)}`)), import.meta.url);
}

createServer(async (req, res) => {
  try {
    const file = fileOf(new URL(req.url, 'http://localhost').pathname);
    const content = await readFile(file);
    res.setHeader('Content-Type', TYPES[path.extname(file.pathname)] ?? 'application/octet-stream');
    res.end(content);
  } catch {
    res.writeHead(404).end();
  }
}).listen(port, 'localhost', () => console.log(`The page is served at http://localhost:${port}`));
