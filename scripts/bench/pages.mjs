// The pages of the benchmark: our element, our React component and Stytch's component, each served
// compressed.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { brotli } from '../lib/compress.mjs';
import { inRoot } from '../lib/root.mjs';
import { bundle } from '../sizes/package.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
const packaged = (...parts) => inRoot('target', 'npm', 'package', 'dist', ...parts);

const html = (head, body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Allow access</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>${body}</body>
</html>
`;

const preload = (program) => `<link rel="preload" href="/${program}.wasm" as="fetch" type="application/wasm" crossorigin>`;
const script = (src) => `<script type="module" src="${src}"></script>`;

const REACT = "import { createElement } from 'react'; import { createRoot } from 'react-dom/client';";

/** Every file by its path. `token` is the Stytch project's public token. */
async function files(token) {
  const ours = `import { IdentityProvider } from 'countersign/react'; ${REACT}
createRoot(document.getElementById('root')).render(createElement(IdentityProvider, { stytch: '${token}' }));`;
  const theirs = `import { createStytchClient, IdentityProvider, StytchProvider } from '@stytch/react'; ${REACT}
createRoot(document.getElementById('root')).render(createElement(StytchProvider, { stytch: createStytchClient('${token}') }, createElement(IdentityProvider, {})));`;
  const root = '<div id="root"></div>';
  return {
    '/element.html': html(`${preload('stytch')}<link rel="modulepreload" href="/index.js">${script('/register.js')}`, `<countersign-identity-provider stytch-public-token="${token}"></countersign-identity-provider>`),
    '/api.html': html(`${preload('widget')}<link rel="modulepreload" href="/index.js">${script('/register.js')}`, '<countersign-identity-provider></countersign-identity-provider>'),
    '/react.html': html(preload('stytch') + script('/react-page.js'), root),
    '/stytch.html': html(script('/stytch-page.js'), root),
    '/react-page.js': await bundle(ours),
    '/stytch-page.js': await bundle(theirs),
    ...Object.fromEntries(['index.js', 'register.js', 'widget.wasm', 'stytch.wasm'].map((name) => [`/${name}`, readFileSync(packaged(name))])),
  };
}

/** Serves all pages. Returns the origin and `close`. */
export async function servePages(token) {
  const all = Object.fromEntries(Object.entries(await files(token)).map(([name, content]) => [name, brotli(Buffer.from(content))]));
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url, 'http://localhost');
    if (!Object.hasOwn(all, pathname)) {
      res.writeHead(404).end();
      return;
    }
    res.writeHead(200, { 'Content-Type': TYPES[path.extname(pathname)], 'Content-Encoding': 'br', 'Content-Length': all[pathname].length, 'Cache-Control': 'no-store' });
    res.end(all[pathname]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://localhost:${server.address().port}`, close: () => { server.close(); server.closeAllConnections(); } };
}
