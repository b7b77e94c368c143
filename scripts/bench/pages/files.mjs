// The pages of the faces: `{ html, login, files, headers }`. `login` is the page before, which loads ahead what the face needs.
//
// What never changes is in a folder that is named by its content, as bundlers name files: browsers keep it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pageHeaders } from '../../../server/node/src/headers.ts';
import { Stop } from '../../lib/say.mjs';
import { inRoot } from '../../lib/root.mjs';
import { bundle } from '../../sizes/package.mjs';
import { packaged } from './packaged.mjs';

/** The host of Stytch's API for a test project. */
export const STYTCH_HOST = 'test.stytch.com';
const NO_STORE = { 'Cache-Control': 'no-store' };

const html = (head, body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Allow access</title>
${head}
</head>
<body>${body}</body>
</html>
`;

const script = (src) => `<script type="module" src="${src}"></script>`;
const style = (href) => `<link rel="stylesheet" href="${href}">`;
const preload = (href) => `<link rel="preload" href="${href}" as="fetch" type="application/wasm" crossorigin>`;
const modulePreload = (href) => `<link rel="modulepreload" href="${href}">`;
/** Preflights have no credentials, and browsers keep a connection for each kind. */
const preconnect = ['use-credentials', 'anonymous'].map((kind) => `<link rel="preconnect" href="https://${STYTCH_HOST}" crossorigin="${kind}">`).join('');
const prefetch = (href) => `<link rel="prefetch" href="${href}">`;
const loginPage = (head) => html(head, '<h1>Sign in</h1>');

/** The page's headers, by which it may call its own site, and Stytch where it stands in front of it. */
const headersFor = (api) => pageHeaders({ policy: { 'connect-src': api === 'Stytch' ? `'self' https://${STYTCH_HOST}` : "'self'" } });

/** Files in a folder that is named by what is in them: its address, and each file by its own. */
function folder(name, contents) {
  const hash = createHash('sha256');
  for (const content of Object.values(contents)) hash.update(content);
  const at = `/${name}-${hash.digest('hex').slice(0, 12)}`;
  return { at, files: Object.fromEntries(Object.entries(contents).map(([file, content]) => [`${at}/${file}`, Buffer.from(content)])) };
}

const fromPackage = (...names) => Object.fromEntries(names.map((name) => [path.basename(name), readFileSync(packaged(name))]));
const programFor = (api) => (api === 'Stytch' ? 'stytch.wasm' : 'widget.wasm');
const hasPreload = () => existsSync(packaged('preload.js'));
/** The script of a login page: the package's own function, which loads ahead what the face needs. `ahead` tells whether it has. */
const preloads = (from, api) => `import { preload } from '${from}';
globalThis.ahead = false;
preload(${api === 'Stytch' ? "{ program: 'stytch' }" : ''}).then(() => { globalThis.ahead = true; });`;

/** The page of the demo, as the build made it. */
export async function leptosPage() {
  const at = inRoot('dist', 'authorization');
  if (!existsSync(path.join(at, 'index.html'))) throw new Stop('There is no built page in dist/authorization: run "npm run build" first.');
  const names = readdirSync(at).filter((name) => /\.(js|css|wasm)$/.test(name));
  const files = Object.fromEntries(names.map((name) => [`/assets/authorization/${name}`, readFileSync(path.join(at, name))]));
  const page = readFileSync(path.join(at, 'index.html'), 'utf8');
  const used = Object.keys(files).filter((file) => page.includes(file));
  return { html: page, login: loginPage(used.map(prefetch).join('')), files, headers: headersFor('countersign') };
}

/**
 * A page with nothing but the element, as docs/hosts/vanilla.md has it. `debug` is off, as it is anywhere but on this machine: else the
 * page would load the sentences for developers.
 */
export async function elementPage({ name, api, token }) {
  const program = programFor(api);
  const own = fromPackage('index.js', 'register.js', program, 'styles/page.css', ...(hasPreload() ? ['preload.js'] : []));
  const { at, files } = folder(name, { ...own, 'login.js': preloads('./preload.js', api) });
  const head = style(`${at}/page.css`) + modulePreload(`${at}/index.js`) + preload(`${at}/${program}`) + script(`${at}/register.js`);
  const attributes = api === 'Stytch' ? ` stytch-public-token="${token}"` : '';
  const body = `<main><countersign-identity-provider debug="false"${attributes}></countersign-identity-provider></main>`;
  return { html: html(head, body), login: loginPage(script(`${at}/login.js`)), files, headers: headersFor(api) };
}

const REACT = "import { createElement } from 'react'; import { createRoot } from 'react-dom/client';";
const rendering = (what) => `createRoot(document.getElementById('root')).render(${what});`;
const ROOT = '<div id="root"></div>';

/** A React app with nothing but our component. `hasTags`: its HTML has the tags that load ahead. */
export async function reactPage({ name, api, token, hasTags = false }) {
  const program = programFor(api);
  const props = JSON.stringify({ debug: false, ...(api === 'Stytch' && { stytch: token }) });
  const app = await bundle(`import { IdentityProvider } from 'countersign/react'; ${REACT} ${rendering(`createElement(IdentityProvider, ${props})`)}`);
  const login = hasPreload() ? await bundle(preloads('countersign/preload', api)) : '';
  const { at, files } = folder(name, { ...fromPackage(program), 'app.js': app, 'login.js': login });
  const tags = hasTags ? preload(`${at}/${program}`) + (api === 'Stytch' ? preconnect : '') : '';
  const before = loginPage(script(`${at}/login.js`) + prefetch(`${at}/app.js`));
  return { html: html(tags + script(`${at}/app.js`), ROOT), login: before, files, headers: headersFor(api) };
}

/** A React app with nothing but Stytch's component. */
export async function stytchPage({ name, token }) {
  const app = await bundle(`import { createStytchClient, IdentityProvider, StytchProvider } from '@stytch/react'; ${REACT}
${rendering(`createElement(StytchProvider, { stytch: createStytchClient('${token}') }, createElement(IdentityProvider, {}))`)}`);
  const { at, files } = folder(name, { 'app.js': app });
  return { html: html(script(`${at}/app.js`), ROOT), login: loginPage(prefetch(`${at}/app.js`)), files, headers: NO_STORE };
}
