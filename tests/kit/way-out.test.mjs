// The page before ways out that anybody could have made up.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { isUsable } from '../../server/node/src/addresses.ts';
import { memoryStore } from '../../server/node/src/index.ts';
import { signOutBy } from '../../server/node/src/logout.ts';
import { page } from '../../server/node/src/page.ts';
import { hostOf, waysOut } from '../../server/node/src/way-out.ts';
import { inRoot } from '../../scripts/lib/root.mjs';
import { createEngine } from './support/engine.mjs';
import { ADA, createBrowser, createSite, ORIGIN, QUERY, SECRET } from './support/site.mjs';

const EVIL = 'https://evil.example:8443/cb';
const error = (more = {}) => ({ kind: 'done', to: `${EVIL}?error=invalid_request&state=a+b`, ...more });
const unescape = (text) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" })[entity]);

function createStrangers(opened = error(), { account = null, word = {}, options = {}, logout } = {}) {
  let now;
  const store = memoryStore({ clock: () => now(), warn: null });
  const describe = { client: () => word };
  const ways = waysOut({ origin: ORIGIN, secret: SECRET, store, describe, ...options });
  const engine = createEngine({ open: () => opened });
  if (logout) engine.logout = signOutBy(logout(ways));
  const site = createSite({ engine: ways.guard(engine), script: engine.script, store, describe, page: [page({ files: '/lib/' }), ways.page] });
  now = () => site.time.now;
  const browser = createBrowser(site, account);
  const show = async (answer, init, who = browser) => {
    const response = await who.send(new URL(answer.redirect_uri).pathname, init);
    const html = await response.text();
    return { response, html, address: unescape(/data-address="([^"]*)"/.exec(html)?.[1] ?? ''), label: /<button[^>]*>(.*?)<\/button>/s.exec(html)?.[1].replace(/<[^>]*>/g, '') };
  };
  return { site, engine, browser, show };
}

test('an error of a client that registered itself stops at a page of the site, whose button names the host', async () => {
  const { browser, show } = createStrangers();
  const { body } = await browser.start();
  assert.deepEqual([body.outcome, body.intermediate], ['redirect', true]);
  assert.ok(body.redirect_uri.startsWith(`${ORIGIN}/countersign/way-out/`));
  const { response, html, address, label } = await show(body);
  assert.deepEqual([response.status, address, label], [200, `${EVIL}?error=invalid_request&state=a+b`, 'Continue: evil.example:8443']);
  assert.match(html, /<code>invalid_request<\/code>/);
});

test('so does one that needs no page, by GET', async () => {
  const { browser, show } = createStrangers(error({ to: `${EVIL}#error=consent_required` }));
  const { headers } = await browser.send(`/oauth/authorize?${QUERY}&prompt=none`);
  assert.match((await show({ redirect_uri: new URL(headers.get('location'), ORIGIN).href })).html, /<code>consent_required<\/code>/);
});

test('an answer by form has a form, and no script', async () => {
  const { browser, show } = createStrangers({ kind: 'done', form: { action: EVIL, fields: { error: 'invalid_request', state: '"><script>' } } });
  const { response, html } = await show((await browser.start()).body);
  assert.match(response.headers.get('content-security-policy'), /form-action https:\/\/evil\.example:8443;/);
  assert.ok(html.includes('value="&quot;&gt;&lt;script&gt;"'));
  assert.doesNotMatch(html, /<script/);
});

test('what the engine tells of its answer counts before what can be read of it', async () => {
  const client = { client_id: 'x', client_name: `Ev\u202eil\u0000 <b>${'x'.repeat(300)}` };
  const { browser, show } = createStrangers({ kind: 'done', to: `${EVIL}?response=jwt`, error: 'server_error', client, ui_locales: 'xx de-AT fr' });
  const { html } = await show((await browser.start()).body);
  assert.match(html, /<html lang="de" dir="ltr">/);
  assert.match(html, /<code>server_error<\/code>/);
  assert.match(html, /<bdi>Ev il &lt;b&gt;x{50,}<\/bdi>/);
  assert.doesNotMatch(html, /x{100}/);
});

test('nothing stops of somebody who is signed in, of a managed client, of a silent request without a session, or of an answer without an error', async () => {
  for (const [opened, more] of [
    [error(), { account: ADA }],
    [error(), { word: { registration: 'managed' } }],
    [error({ to: `${EVIL}?error=login_required`, silent: true })],
    [{ kind: 'done', to: `${EVIL}?code=1` }],
  ]) {
    const { browser } = createStrangers(opened, more);
    assert.equal((await browser.start()).body.redirect_uri, opened.to);
  }
  const silent = createStrangers(error({ to: `${EVIL}?error=login_required` }));
  assert.ok((await silent.browser.start({ query: `${QUERY}&prompt=none` })).body.redirect_uri.startsWith(EVIL));
  const loud = createStrangers(error({ to: `${EVIL}?error=login_required` }));
  assert.ok((await loud.browser.start()).body.redirect_uri.startsWith(ORIGIN));
});

test('the page is its browser’s alone, can be loaded again for ten minutes, and takes GET', async () => {
  const { site, browser, show } = createStrangers();
  const { body } = await browser.start();
  assert.equal((await show(body, {}, createBrowser(site))).response.status, 410);
  for (let loads = 0; loads < 2; loads += 1) assert.equal((await show(body)).response.status, 200);
  const posted = await show(body, { method: 'POST' });
  assert.deepEqual([posted.response.status, posted.response.headers.get('allow')], [405, 'GET']);
  site.time.now += 599_000;
  assert.equal((await show(body)).response.status, 200);
  site.time.now += 1000;
  const late = await show(body, { headers: { 'Accept-Language': 'de' } });
  assert.deepEqual([late.response.status, late.response.headers.get('content-language')], [410, 'de']);
});

test('the page runs one script and nothing else, is never framed, and is not stored', async () => {
  const { browser, show } = createStrangers(error(), { options: { icon: '/icon.svg', stylesheet: '/site.css' } });
  const { response, html } = await show((await browser.start()).body);
  const [, script] = /<script>(.*)<\/script>/.exec(html);
  const hash = createHash('sha256').update(script).digest('base64');
  assert.equal(response.headers.get('content-security-policy'), `default-src 'none'; script-src 'sha256-${hash}'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`);
  assert.deepEqual(['cache-control', 'x-frame-options', 'referrer-policy'].map((name) => response.headers.get(name)), ['no-store', 'DENY', 'no-referrer']);
  assert.ok(html.includes('<link rel="icon" href="/icon.svg">') && html.includes('<link rel="stylesheet" href="/site.css">'));
});

test('a client that is verified is not doubted', async () => {
  const { browser, show } = createStrangers(error(), { word: { verified: true } });
  assert.match((await show((await browser.start()).body)).html, /You’ll be sent to <bdi>evil\.example:8443<\/bdi>\./);
});

test('a sign-out without proof leads there, too', async () => {
  const logout = (ways) => ({
    open: async () => ({ kind: 'ask', resume: {} }),
    signOut: async (resume, context) => ({ kind: 'done', ...await ways.lead({ why: 'signed_out', ending: { to: EVIL }, client: { client_id: 'x' }, realm: context.realm }, context) }),
  });
  const { browser, show } = createStrangers(error(), { logout });
  const { body } = await browser.call('/logout/start', { realm: 'consumer', query: '' });
  const { html, address } = await show(body);
  assert.match(html, /<h1>You’re signed out<\/h1>/);
  assert.equal(address, EVIL);
});

test('no page opens an address that runs code, names a user, or is open to the network', async () => {
  for (const [address, opens] of [
    ['https://a.example/x', true], ['http://localhost:1/x', true], ['http://127.0.0.1/', true], ['http://[::1]:7/', true], ['com.example.app:/cb', true], ['cursor://x/cb', true],
    ['http://a.example/', false], ['http://127.0.0.1.a.example/', false], ['https://u@a.example/', false], ['https://:p@a.example/', false],
    ['javascript:alert(1)', false], ['JAVASCRIPT:alert(1)', false], ['data:text/html,x', false], ['blob:https://a.example/1', false], ['file:///etc/passwd', false],
    ['view-source:https://a.example/', false], ['ws://a.example/', false], ['nothing', false],
  ]) {
    assert.equal(isUsable(address), opens, address);
    if (!URL.canParse(address)) continue;
    const { browser, show } = createStrangers({ kind: 'done', to: address, error: 'invalid_request' });
    assert.equal((await show((await browser.start()).body)).label !== undefined, opens, address);
  }
  assert.equal(hostOf('https://xn--e1afmkfd.example:8443/a?b#c'), 'xn--e1afmkfd.example:8443');
  assert.equal(hostOf('com.example.app:/cb?code=1#x'), 'com.example.app:/cb');
});

test('the page has the widget’s languages, each with every text', () => {
  const languages = readdirSync(inRoot('messages')).map((file) => file.replace(/\.json$/, ''));
  const texts = JSON.parse(readFileSync(inRoot('server', 'node', 'src', 'way-out-texts.json'), 'utf8'));
  assert.deepEqual(Object.keys(texts).sort(), languages.sort());
  for (const [language, own] of Object.entries(texts)) {
    assert.deepEqual(Object.keys(own), Object.keys(texts.en), language);
    assert.ok(own.unverified.includes('{client}') && own.unverified.includes('{host}') && own.verified.includes('{host}'), language);
  }
});
