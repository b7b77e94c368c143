// What React's components take from their props.
import assert from 'node:assert/strict';
import path from 'node:path';
import { build } from 'esbuild';
import { inRoot } from '../../scripts/lib/root.mjs';
import { pages } from './support/bare.mjs';
import { packaged } from './support/files.mjs';

const inPage = pages();

/** A page's own bundle of React and the package, beside the package's files. */
const bundled = async (page) => {
  const contents = `export { createElement } from 'react'; export { createRoot } from 'react-dom/client';
export { IdentityProvider } from ${JSON.stringify(path.join(packaged, 'react.js'))};
export { IdentityProvider as Aliased } from ${JSON.stringify(path.join(packaged, 'react', 'stytch-standalone.js'))};`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: inRoot() }, bundle: true, format: 'esm', write: false, minify: true, define: { 'process.env.NODE_ENV': '"production"' },
  });
  await page.route('**/npm/with-react.js', (route) => route.fulfill({ contentType: 'text/javascript', body: outputFiles[0].text }));
};

/** What the elements have got after they were rendered with a backend alone. */
const rendered = (page) => page.evaluate(async () => {
  const { createElement, createRoot, IdentityProvider, Aliased } = await import('/npm/with-react.js');
  const { consent, scripted, state, until } = await import('/kit/kit.js');
  const inherited = {
    loginUrl: '/evil/login', siteName: 'Evil', messages: { allow: 'Evil' }, tokens: { '--countersign-accent': 'red' }, logo: '/evil.svg',
    onLogin() {}, onEvent() { globalThis.told = true; }, onError() {}, lightDom: true, id: 'evil', className: 'evil', header: 'Evil',
    strings: { evil: 'Evil' }, callbacks: { onEvent() { globalThis.told = true; } }, presentation: { theme: { 'color-scheme': 'dark' }, options: { logo: { url: '/evil.svg' } } },
    getIDPConsentManifest: () => ['Evil'], stytch: 'evil', stytchOptions: {}, authTokenParams: { trustedAuthToken: 'x', tokenProfileID: 'y' }, trustedAuthTokenParams: {},
  };
  for (const [name, value] of Object.entries(inherited)) Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true });
  const found = [];
  for (const component of [IdentityProvider, Aliased]) {
    const place = document.createElement('div');
    document.body.append(place);
    createRoot(place).render(createElement(component, { backend: scripted(consent()) }));
    const element = await until(() => place.querySelector('countersign-identity-provider'));
    await state(element, 'consent');
    const names = ['loginUrl', 'siteName', 'messages', 'tokens', 'logo', 'onLogin', 'theme', 'getConsentManifest', 'trustedToken'];
    found.push({ set: names.filter((name) => element[name] !== undefined), attributes: element.getAttributeNames(), evil: /evil/i.test(element.shadowRoot.textContent) });
  }
  for (const name of Object.keys(inherited)) delete Object.prototype[name];
  return { found, told: globalThis.told === true };
});

inPage('what every object inherits is no prop', async ({ page }) => {
  assert.deepEqual(await rendered(page), {
    found: [{ set: [], attributes: [], evil: false }, { set: [], attributes: [], evil: false }], told: false,
  });
}, { defined: false, prepare: bundled });

inPage('names of props that nobody reads are named once in development, with the one that was meant', async ({ page }) => {
  const named = [];
  const all = new Promise((resolve) => {
    page.on('console', (message) => {
      if (/There is no/.test(message.text())) named.push(message.text());
      if (named.length === 3) resolve();
    });
  });
  await page.evaluate(async () => {
    const { createElement, createRoot, IdentityProvider, Aliased } = await import('/npm/with-react.js');
    const { consent, scripted, state, until } = await import('/kit/kit.js');
    const props = { lightDom: false, id: 'here', className: 'x', style: {}, header: 'x', footer: 'x', onEvent() {}, onError() {}, debug: true, loginUrl: '/login' };
    for (const [component, more] of [[IdentityProvider, {}], [IdentityProvider, {}], [Aliased, { callbacks: {}, loginURL: '/login' }]]) {
      const place = document.createElement('div');
      document.body.append(place);
      createRoot(place).render(createElement(component, { ...props, ...more, backend: scripted(consent()), sitName: 'Harbor', 'data-testid': 'x' }));
      await state(await until(() => place.querySelector('countersign-identity-provider')), 'consent');
    }
  });
  await all;
  assert.deepEqual(named, [
    '[countersign] There is no prop "sitName". Did you mean "siteName"?',
    '[countersign] There is no prop "data-testid".',
    '[countersign] There is no prop "loginURL". Did you mean "loginUrl"?',
  ]);
}, { defined: false, prepare: bundled });
