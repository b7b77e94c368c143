// The hosts of the suite, behind one HTTPS server: the app with both pages, Stytch's hosts, and the client.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchChromium } from '../../e2e/support/chromium.mjs';
import { listenHttps } from '../../support/stytch/listen.mjs';
import { pagePolicy } from '../../../server/node/src/headers.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const dist = path.join(root, 'dist', 'stytch');
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };

export const APP = 'https://app.countersign.test';
export const OWN = 'https://login.countersign.test';
export const CLIENT = 'https://client.example';
export const addresses = { redirect: [`${CLIENT}/cb`], logout: [`${CLIENT}/bye`] };

const API_HOSTS = ['test.stytch.com', 'api.stytch.com', 'login.countersign.test'];

const page = (status, type, body, headers = {}) => ({ status, headers: { 'content-type': type, 'cache-control': 'no-store', ...headers }, body });
const plain = (words) => page(200, TYPES['.html'], `<!doctype html><title>${words}</title><link rel="icon" href="data:,"><h1>${words}</h1>`);

// The page's policy, with Stytch's hosts as the backend's.
const policy = pagePolicy({ policy: { 'connect-src': `'self' ${API_HOSTS.map((host) => `https://${host}`).join(' ')}` } });

async function theirScript() {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('theirs.jsx', import.meta.url))],
    bundle: true, write: false, format: 'esm', minify: true, define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'error',
  });
  return result.outputFiles[0].text;
}

const attributes = (config) => Object.entries(config)
  .filter(([, value]) => value !== undefined)
  .map(([name, value]) => ` data-${name}="${String(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
  .join('');

/** The app: `config` puts the configuration of the scenario at hand on both pages. */
function app(script, config) {
  const assets = Object.fromEntries(readdirSync(dist).map((name) => [`/assets/stytch/${name}`, readFileSync(path.join(dist, name))]));
  const shell = readFileSync(path.join(dist, 'index.html'), 'utf8');
  return async ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === '/theirs.js') return page(200, TYPES['.js'], script);
    if (pathname === '/theirs') return page(200, TYPES['.html'], `<!doctype html><title>Theirs</title><link rel="icon" href="data:,"><main id="countersign"${attributes(config())}></main><script type="module" src="/theirs.js"></script>`);
    if (pathname === '/authorize') {
      const html = shell.replace('<main id="countersign"', `<main id="countersign"${attributes(config())}`);
      return page(200, TYPES['.html'], html, { 'content-security-policy': policy });
    }
    if (assets[pathname]) return page(200, TYPES[path.extname(pathname)] ?? 'application/octet-stream', assets[pathname]);
    return pathname === '/favicon.svg' ? page(200, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>') : plain(pathname === '/login' ? 'Login' : 'App');
  };
}

/** Everything that scenarios need; `use` says which stand-in and configuration count from now on. */
export async function openHosts() {
  const now = { standIn: null, config: {} };
  const api = (request) => now.standIn.handle(request);
  const handlers = {
    'app.countersign.test': app(await theirScript(), () => now.config),
    'client.example': async () => plain('Client'),
    ...Object.fromEntries(API_HOSTS.map((host) => [host, api])),
  };
  const server = await listenHttps(handlers);
  const rules = Object.keys(handlers).map((host) => `MAP ${host}:443 127.0.0.1:${server.port}`);
  const browser = await launchChromium([`--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(', ')}`]);
  return {
    browser,
    use(standIn, config) { Object.assign(now, { standIn, config }); },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
