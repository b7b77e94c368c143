// `countersign/preload`: what a page before the widget's own loads, and the links for the head of the widget's page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { pages } from './support/bare.mjs';
import { packaged } from './support/files.mjs';

const inPage = pages();
const { linkTags, preload, preloadLinks } = await import(path.join(packaged, 'preload.js'));
const names = (person) => person.requests('/npm/').map((request) => new URL(request.url()).pathname.replace('/npm/', '')).filter((name) => name !== 'preload.js').sort();

inPage('preload() loads script, program and language once', async ({ page, person }) => {
  await page.evaluate(async () => {
    const { preload: ahead } = await import('/npm/preload.js');
    await Promise.all([ahead(), ahead()]);
    await ahead();
  });
  assert.deepEqual(names(person), ['index.js', 'messages/de.json', 'widget.wasm']);
}, { locale: 'de-DE', defined: false });

inPage('preload() loads what is told, and no language in English', async ({ page, person, open }) => {
  await page.evaluate(async () => { await (await import('/npm/preload.js')).preload({ program: 'stytch' }); });
  assert.deepEqual(names(person), ['index.js', 'stytch.wasm']);
  await open('&ui_locales=fr');
  await page.evaluate(async () => { await (await import('/npm/preload.js')).preload({ wasm: '/npm/widget.wasm?v=1', messages: (language) => `/npm/messages/${language}.json?v=1` }); });
  assert.deepEqual(person.requests('v=1').map((request) => new URL(request.url()).pathname).sort(), ['/npm/messages/fr.json', '/npm/widget.wasm']);
}, { defined: false });

inPage('preload() does nothing for a user who saves data, and a file that does not come breaks nothing', async ({ page, person }) => {
  person.expects(/Failed to load resource/);
  await page.evaluate(async () => {
    const { preload: ahead } = await import('/npm/preload.js');
    Object.defineProperty(navigator, 'connection', { value: { saveData: true }, configurable: true });
    await ahead();
  });
  assert.deepEqual(names(person), []);
  await page.route('**/npm/widget.wasm', (route) => route.abort());
  await page.evaluate(async () => {
    Object.defineProperty(navigator, 'connection', { value: undefined });
    await (await import('/npm/preload.js')).preload();
  });
}, { defined: false });

test('on a server preload() does nothing', async () => {
  assert.equal(await preload(), undefined);
});

test('the links name script, program and language, with the hashes of the package', () => {
  const integrity = JSON.parse(readFileSync(path.join(packaged, 'integrity.json'), 'utf8'));
  const links = preloadLinks({ base: 'https://cdn.example/npm/', language: 'de', integrity });
  const fetched = { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous' };
  assert.deepEqual(links, [
    { rel: 'modulepreload', href: 'https://cdn.example/npm/index.js', crossOrigin: 'anonymous', integrity: integrity['index.js'] },
    { ...fetched, href: 'https://cdn.example/npm/widget.wasm', type: 'application/wasm', integrity: integrity['widget.wasm'] },
    { ...fetched, href: 'https://cdn.example/npm/messages/de.json', type: 'application/json', integrity: integrity['messages/de.json'] },
  ]);
  assert.equal(linkTags(preloadLinks({ base: '/"&/' })).split('\n')[1], '<link rel="preload" href="/&quot;&amp;/widget.wasm" as="fetch" type="application/wasm" crossorigin="anonymous">');
});

test('in front of Stytch they connect to the project’s host, and name the other program', () => {
  const hosts = (stytch) => preloadLinks({ base: '/npm/', stytch }).map(({ rel, href, crossOrigin }) => [rel, href, crossOrigin]).slice(0, 2);
  const at = (host) => ['use-credentials', 'anonymous'].map((kind) => ['preconnect', host, kind]);
  assert.deepEqual(hosts({ publicToken: 'public-token-test-1' }), at('https://test.stytch.com'));
  assert.deepEqual(hosts({ publicToken: 'public-token-live-1' }), at('https://api.stytch.com'));
  assert.deepEqual(hosts({ publicToken: 'public-token-live-1', customBaseUrl: 'login.example.com/' }), at('https://login.example.com'));
  assert.equal(preloadLinks({ base: '/npm/', stytch: { publicToken: 'public-token-test-1' } }).at(-1).href, '/npm/stytch.wasm');
});
