// The packed package in clean folders, in front of the real engine, under the strict headers: from a client to tokens, without a console message.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';
import { pageHeaders } from '../../server/node/src/headers.ts';
import { journeys } from '../e2e/support/journey.mjs';
import { serveFiles } from '../element/support/files.mjs';
import { bin, made, siteWith, sources, started, vite, vite8 } from './support/hosts.mjs';
import { passesEveryCheck } from './support/kit.mjs';

const GERMAN = JSON.parse(readFileSync(inRoot('messages', 'de.json'), 'utf8'));
const vite7 = vite('7.3.8', '5.2.0');
const webpack = { from: sources.fixture('webpack'), build: [bin('webpack')] };
/** With route handlers, in which there is a whole site with the kit. */
const nextjs = {
  from: sources.example('nextjs'),
  over: {
    'site.mjs': sources.fixture('kit/site.mjs'),
    'app/kit/[...path]/route.js': sources.fixture('nextjs/route.js'),
    'app/.well-known/oauth-authorization-server/kit/route.js': sources.fixture('nextjs/metadata.js'),
  },
  build: [bin('next'), 'build'],
};
const ESBUILD = ['--bundle', '--format=esm', '--minify', '--outdir=built', '--loader:.wasm=file'];
const ssr = (react) => ({
  from: sources.fixture('ssr'),
  versions: { react, 'react-dom': react },
  build: [bin('esbuild'), 'client.js', ...ESBUILD, `--define:process.env.NODE_ENV="development"`],
});

/** The first test of a host brings its packages and builds it. */
const INSTALLED = { longest: 8 * 60_000 };

const HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Allow access</title><link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/built/page.css">';
const BODY = '</head><body><countersign-identity-provider></countersign-identity-provider></body></html>';
/** What a bundler has put into `at`; `beside` are folders of the package that the team has copied there. */
const built = (folder, at, scripts, beside = []) => serveFiles({
  texts: { '/oauth/authorize': HEAD + scripts + BODY, '/built/page.css': '' },
  folders: { ...Object.fromEntries(beside.map((name) => [`/built/${name}/`, path.join(folder, 'node_modules', 'countersign', 'dist', name)])), '/built/': path.join(folder, at) },
});

const strict = (cdn) => pageHeaders({
  policy: { 'script-src': `${cdn}/npm/ 'wasm-unsafe-eval'`, 'style-src': `'self' ${cdn}`, 'connect-src': `'self' ${cdn}` },
});

/** A page of one site, with the package's files on another, each known by its hash. */
async function contentDelivery() {
  const folder = path.join(await made('vanilla', { from: sources.example('vanilla') }), 'node_modules', 'countersign', 'dist');
  const hashes = JSON.parse(readFileSync(path.join(folder, 'integrity.json'), 'utf8'));
  const cdn = await serveFiles({ folders: { '/npm/': folder }, headers: { 'Access-Control-Allow-Origin': '*' } });
  const at = (name) => `${cdn.origin}/npm/${name}`;
  const scripts = `<link rel="modulepreload" href="${at('index.js')}" integrity="${hashes['index.js']}" crossorigin>`
    + `<script type="module" src="${at('register.js')}" integrity="${hashes['register.js']}" crossorigin></script>`;
  const page = await serveFiles({ texts: { '/oauth/authorize': HEAD + scripts + BODY, '/built/page.css': '' }, headers: strict(cdn.origin) });
  return { origin: page.origin, others: [cdn.origin], close: () => Promise.all([page.close(), cdn.close()]) };
}

/** Every host: how it is opened, which pages it has, and whether it knows organizations. */
const hosts = {
  'Vite 8, built': [async () => started(await made('vite-8', vite8), [bin('vite'), 'preview']), ['authorization', 'login']],
  'Vite 8, in development': [async () => started(await made('vite-8', vite8), [bin('vite')], { STRICT_CSP: '1' }), ['authorization', 'login']],
  'Vite 7, built': [async () => started(await made('vite-7', vite7), [bin('vite'), 'preview']), ['authorization', 'login']],
  'Vite 7, in development': [async () => started(await made('vite-7', vite7), [bin('vite')], { STRICT_CSP: '1' }), ['authorization', 'login']],
  'Next.js, built': [async () => started(await made('nextjs', nextjs), [bin('next'), 'start'])],
  'a plain page': [async () => started(await made('vanilla', { from: sources.example('vanilla') }), ['node', 'serve.mjs'])],
  'a plain page with files from elsewhere': [contentDelivery],
  webpack: [async () => built(await made('webpack', webpack), 'dist', '<script type="module" src="/built/main.js"></script>')],
  esbuild: [async () => built(await made('esbuild', { from: sources.fixture('esbuild'), build: [bin('esbuild'), 'main.js', ...ESBUILD] }), 'built', '<script type="module" src="/built/main.js"></script>', ['messages'])],
  'React 19, rendered on a server': [async () => started(await made('ssr-19', ssr('19.3.1')), ['node', 'serve.js'])],
  'React 18, rendered on a server': [async () => started(await made('ssr-18', ssr('18.3.1')), ['node', 'serve.js'])],
};

for (const [name, [open, pages]] of Object.entries(hosts)) {
  const { journey } = journeys(siteWith(open, { pages }), INSTALLED);
  journey(`${name}: somebody signs in, allows, and the client gets tokens`, async ({ visitor }) => {
    const person = await visitor();
    // What Vite's and React's development tools say of themselves.
    person.expects(/^\[vite\]|React DevTools/);
    const { client, login, card } = await person.tab();
    await client.prepare({ scopes: ['photos.read'] });
    await client.press('Connect');
    await login.signIn('ada@example.com');
    await card.asks('Photo Printer');
    await card.says('See your photos');
    await card.allow.click();
    const { scopes } = await client.connected();
    assert.ok(scopes.includes('photos.read'));
  });

  journey(`${name}: somebody whose browser is set to German reads German, and one file is loaded for it`, async ({ visitor }) => {
    const person = await visitor({ locale: 'de-DE' });
    person.expects(/^\[vite\]|React DevTools/);
    const { client, card } = await person.signedIn();
    await client.connect();
    await card.heading(GERMAN.consent_heading.replace('{client}', 'Fotodruck').replace('{site}', 'Harbor'));
    assert.equal(person.requests('.json').length, 1);
  });
}

for (const react of ['18.3.1', '19.3.1']) {
  const { journey } = journeys(siteWith(async () => started(await made(`ssr-${react.slice(0, 2)}`, ssr(react)), ['node', 'serve.js'])), INSTALLED);
  journey(`React ${react}, hydrated twice over by StrictMode, asks once, and once only for what follows`, async ({ visitor }) => {
    const person = await visitor();
    person.expects(/React DevTools/);
    const tab = await person.signedIn();
    await tab.client.connect({ client: 'Photo Printer' });
    await tab.card.asks('Photo Printer');
    assert.equal(person.requests('/countersign/authorize/start').length, 1);
    assert.deepEqual(await tab.page.evaluate(() => globalThis.events), ['started', 'consent_shown']);
    assert.deepEqual(await tab.page.evaluate(() => globalThis.stytchEvents), ['OAUTH_AUTHORIZE_FLOW_START']);
    assert.equal(await tab.page.evaluate(() => document.querySelector('countersign-identity-provider').shadowRoot.querySelector('.countersign').style.getPropertyValue('--countersign-button')), '#123456');
    const mark = await tab.page.evaluate(() => document.querySelector('countersign-identity-provider').shadowRoot.querySelector('[part=host-mark]').getAttribute('src'));
    assert.equal(mark, '/favicon.svg');
    const [deny, footer] = await Promise.all([tab.card.deny, tab.page.getByRole('link', { name: 'Imprint' })].map((it) => it.boundingBox()));
    assert.ok(footer.y > deny.y);
    await tab.card.deny.click();
    await tab.client.refused('access_denied');
  });

  journey(`React ${react}, hydrated, connects an organization`, async ({ visitor }) => {
    const person = await visitor();
    person.expects(/React DevTools/);
    const { client, card } = await person.signedIn('grace@example.com');
    await client.connectOrganization();
    await card.asks('Photo Printer', 'Acme');
    await card.allow.click();
    assert.equal((await client.connected()).idToken.organization_id, 'acme');
  });
}

test('the components are marked as the browser\'s, first of all', async () => {
  const folder = await made('ssr-19', ssr('19.3.1'));
  for (const name of ['react.js', 'react/stytch.js', 'react/stytch-standalone.js']) {
    assert.match(readFileSync(path.join(folder, 'node_modules', 'countersign', 'dist', name), 'utf8'), /^(\/\*![^*]*\*\/\s*)?["']use client["'];/, name);
  }
});

test('importing any entry in Node does nothing and breaks nothing', async () => {
  const folder = await made('ssr-19', ssr('19.3.1'));
  for (const entry of ['countersign', 'countersign/register', 'countersign/react', 'countersign/react/stytch/standalone']) {
    const said = execFileSync(process.execPath, ['-e', `import('${entry}').then((it) => console.log(typeof it, typeof globalThis.HTMLElement))`], { cwd: folder, encoding: 'utf8' });
    assert.equal(said, 'object undefined\n');
  }
});

test('bundlers that copy files by their addresses copy both programs', async () => {
  for (const [label, host, at] of [
    ['vite-8', vite8, 'dist'], ['vite-7', vite7, 'dist'],
    ['webpack', webpack, 'dist'], ['nextjs', nextjs, path.join('.next', 'static')],
  ]) {
    const folder = await made(label, host);
    const hashes = (where) => readdirSync(where, { recursive: true }).filter((name) => name.endsWith('.wasm')).map((name) => createHash('sha256').update(readFileSync(path.join(where, name))).digest('hex'));
    // Servers load the third one themselves.
    const server = hashes(path.join(folder, 'node_modules', 'countersign', 'dist', 'render'));
    const packed = hashes(path.join(folder, 'node_modules', 'countersign', 'dist')).filter((hash) => !server.includes(hash));
    assert.deepEqual([packed.length, server.length], [2, 1]);
    assert.deepEqual(hashes(path.join(folder, at)).sort(), packed.sort(), label);
  }
});

test('on a server a component is its held tag, and nothing else', async () => {
  for (const [label, react] of [['ssr-18', '18.3.1'], ['ssr-19', '19.3.1']]) {
    const folder = await made(label, ssr(react));
    const code = "Promise.all([import('react-dom/server'), import('react'), import('./app.js')]).then(([{ renderToString }, { createElement }, { App }]) => console.log(renderToString(createElement(App, { b2b: true }))))";
    const said = execFileSync(process.execPath, ['-e', code], { cwd: folder, encoding: 'utf8' });
    assert.equal(said, '<countersign-b2b-identity-provider hold="" class="host"></countersign-b2b-identity-provider>\n');
  }
});

test('in route handlers of Next.js, every check of the kit passes', { timeout: INSTALLED.longest }, async (t) => {
  const { origin, close } = await started(await made('nextjs', nextjs), [bin('next'), 'start']);
  t.after(close);
  await passesEveryCheck(origin, '/kit');
});
