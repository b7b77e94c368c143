/** Built files with their compressed variants, and the server's own files. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/svg+xml',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const ENCODINGS = [['br', '.br'], ['gzip', '.gz']];
/** Names that are safe to join to a folder: no segment starts with a dot. */
const SAFE = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;
const HASHED = /-[0-9a-f]{8,}[._-]/;

const read = (file) => readFile(file).catch((error) => {
  if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return undefined;
  throw error;
});

/**
 * Whether a browser accepts an encoding (RFC 9110 section 12.5.3); `q=0` means that it does not.
 */
function accepts(req, encoding) {
  const entries = (req.headers['accept-encoding'] ?? '').toLowerCase().split(',').map((entry) => entry.trim().split(/\s*;\s*/));
  return entries.some(([name, ...more]) => name === encoding && !more.some((part) => /^q=0(\.0*)?$/.test(part)));
}

/** Sends a file. Resolves to `false` if there is none. */
export async function sendFile(req, res, file, caching) {
  const type = TYPES[path.extname(file)];
  if (type === undefined) return false;
  for (const [encoding, suffix] of ENCODINGS) {
    const bytes = accepts(req, encoding) ? await read(file + suffix) : undefined;
    if (bytes !== undefined) {
      res.setHeader('Content-Encoding', encoding);
      return sendBytes(res, bytes, type, caching);
    }
  }
  const bytes = await read(file);
  return bytes !== undefined && sendBytes(res, bytes, type, caching);
}

function sendBytes(res, bytes, type, caching) {
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Length', bytes.length);
  res.setHeader('Cache-Control', caching);
  res.setHeader('Vary', 'Accept-Encoding');
  res.end(bytes);
  return true;
}

/**
 * Sends `/assets/<page>/<file>` from `dist/<page>/<file>`. A file with a hash in its name never
 * changes.
 */
export async function sendAsset(site, req, res, name) {
  if (!SAFE.test(name)) return false;
  const caching = HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return sendFile(req, res, `${site.dist}/${name}`, caching);
}

const OWN = new Map([
  ['/favicon.svg', 'favicon.svg'],
  // Browsers request this name by themselves, and take the type from the header.
  ['/favicon.ico', 'favicon.svg'],
  ['/site.css', 'site.css'],
  // The widget's own, so that the pages match the card.
  ['/tokens.css', '../../../style/tokens.css'],
]);
const LOGO = /^\/logos\/([a-z0-9-]+)$/;

/**
 * Sends one of the server's own files. Logos are our own, never fetched from a client's address.
 */
export async function sendOwnFile(req, res, pathname) {
  const logo = LOGO.exec(pathname)?.[1];
  const name = logo === undefined ? OWN.get(pathname) : `logos/${logo}.svg`;
  if (name === undefined) return false;
  return sendFile(req, res, fileURLToPath(new URL(`../site/${name}`, import.meta.url)), 'public, max-age=3600');
}
