// The page with the card as a form: complete, with exact headers, and what a script takes over from it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { EngineUnavailable } from '../../server/node/src/index.ts';
import { cardForm } from '../../server/node/src/form.ts';
import { page } from '../../server/node/src/page.ts';
import { policyWith } from '../support/page-headers.mjs';
import { asked } from './support/engine.mjs';
import { createForms, CSS, render } from './support/forms.mjs';
import { done } from './support/pages.mjs';
import { createBrowser, QUERY } from './support/site.mjs';

const styleIn = (html) => /<style>([^]*?)<\/style>/.exec(html)[1];
const sourceOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const answerIn = (html) => JSON.parse(/<script type="application\/json" id="countersign-answer">([^]*?)<\/script>/.exec(html)[1]);

test('one request opens the transaction, asks the engine once and has the whole card', async () => {
  const { site, browser, open } = createForms();
  const { status, html } = await open();
  assert.equal(status, 200);
  assert.equal(site.engine.named('open').length, 1);
  const { transaction, outcome } = answerIn(html);
  assert.equal(outcome, 'consent');
  assert.ok(browser.jar.has(`__Host-countersign-${transaction}`));
  const { body } = await browser.start({ transaction });
  assert.deepEqual(answerIn(html), body, 'the answer in the page is that of the call');
});

test('the style sheet is in the page, allowed by its hash, and nothing else is inline', async () => {
  const { open, send } = createForms();
  const first = await open();
  assert.ok(styleIn(first.html).startsWith(CSS));
  assert.equal(first.response.headers.get('content-security-policy'), policyWith({ 'script-src': "'self'", 'style-src': sourceOf(styleIn(first.html)), 'connect-src': "'none'", 'form-action': "'self'" }));
  const second = await send(first, 'allow');
  assert.match(second.response.headers.get('content-security-policy'), /script-src 'none'/);
  assert.ok(second.response.headers.get('content-security-policy').includes(`style-src ${sourceOf(styleIn(second.html))};`));
  for (const { html } of [first, second]) assert.doesNotMatch(html, /\sstyle=|\son[a-z]+=|<script(?![^>]*\b(?:src=|type="application\/json"))/i);
});

test('no text of a client ends the data of the page, or its title', async () => {
  const name = '</script><script>alert(1)</script><!--';
  const { open } = createForms({ script: { open: () => asked({ client: { client_id: 'app', client_name: name } }) }, describe: { site_name: '</title><b>' } });
  const { html } = await open();
  assert.equal(answerIn(html).client.name, name);
  assert.doesNotMatch(html, /<script>|<b>|<!--/);
});

test('the guard comes after the card with its texts in the user’s language, and the program only where it takes the card over', async () => {
  const { open } = createForms();
  const { html } = await open(`${QUERY}&ui_locales=de`);
  assert.match(html, /<\/main>\n<script type="application\/json"[^>]*>[^]*<script src="\/lib\/guard\.js" data-early="Das war[^"]*" data-not-seen="[^"]+"><\/script>/);
  assert.doesNotMatch(html, /register\.js|widget\.wasm/);
  const adopting = createForms({ card: { adopts: true } });
  const { html: whole, response } = await adopting.open();
  assert.match(whole, /<countersign-identity-provider api-base="\/countersign"[^>]*><form/);
  assert.match(whole, /guard\.js[^]*register\.js/);
  assert.match(response.headers.get('content-security-policy'), /script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'sha256-/);
});

test('where the engine posts, a page that the widget takes over may post there', async () => {
  const { open } = createForms({ card: { adopts: true }, script: { posts: true, origins: ['https://engine.example'] } });
  assert.match((await open()).response.headers.get('content-security-policy'), /form-action 'self' https:\/\/engine\.example https:\/\/app\.example;/);
});

test('the language of the card and its direction are those of the page', async () => {
  const { open } = createForms();
  assert.match((await open(`${QUERY}&ui_locales=ar`)).html, /^<!doctype html>\n<html lang="ar" dir="rtl">/);
});

test('the files of the package give style sheet and texts, once', async () => {
  const reads = [];
  const files = {
    names: ['register.js', 'guard.js'],
    read: async (name) => {
      reads.push(name);
      return new TextEncoder().encode(name.endsWith('.json') ? JSON.stringify({ allow: 'Zulassen' }) : `/* ${name} */`);
    },
  };
  const given = [];
  const own = cardForm({ render: (input) => { given.push(input); return render(input); } });
  const { open } = createForms({ pageOptions: { files, form: own } });
  const { html } = await open(`${QUERY}&ui_locales=de`);
  await open(`${QUERY}&ui_locales=de`);
  await open();
  assert.ok(styleIn(html).startsWith('/* styles/tokens.css */\n/* styles/widget.css */\n/* styles/page.css */'));
  const pages = reads.filter((name) => name !== 'register.js' && name !== 'guard.js');
  assert.deepEqual(pages.sort(), ['messages/de.json', 'styles/page.css', 'styles/tokens.css', 'styles/widget.css']);
  assert.deepEqual(given.map(({ texts, language }) => [texts, language]), [[{ allow: 'Zulassen' }, 'de'], [{ allow: 'Zulassen' }, 'de'], [{}, 'en']]);
  assert.deepEqual(Object.keys(given[0].form.fields), ['transaction', 'version', 'token']);
});

test('requests that need no user, silent ones and those that look ahead are answered as without the form', async () => {
  const { site, get } = createForms({ script: { open: () => done() } });
  assert.equal((await get()).status, 303);
  site.engine.script.open = () => asked();
  const silent = await get(`${QUERY}&prompt=none`);
  assert.match(silent.headers.get('location'), /error=consent_required/);
  const calls = site.engine.calls.length;
  await get(QUERY, { headers: { 'Sec-Purpose': 'prefetch' } });
  assert.equal(site.engine.calls.length, calls);
});

test('a request by POST, and one whose query is kept, have the card at the address of their transaction', async () => {
  const { post, browser, read } = createForms();
  const kept = await post(QUERY);
  assert.equal(kept.status, 303);
  assert.equal(answerIn((await read(await browser.send(kept.headers.get('location')))).html).outcome, 'consent');
  const other = createForms({ pageOptions: { keepQueries: true } });
  const led = await other.get();
  assert.match(led.headers.get('location'), /\?transaction=/);
  assert.equal(answerIn((await other.read(await other.browser.send(led.headers.get('location')))).html).outcome, 'consent');
});

test('a request that is gone, of another browser or without cookies has a page that says so', async () => {
  const { site, browser, open, read } = createForms();
  const { transaction } = answerIn((await open()).html);
  const stranger = createBrowser(site);
  const address = `/oauth/authorize?transaction=${transaction}`;
  const blocked = await read(await stranger.send(address));
  assert.equal(blocked.status, 410);
  assert.match(blocked.html, /Cookies are blocked[^]*<a href="\/oauth\/authorize\?transaction=/);
  await stranger.start();
  assert.match((await read(await stranger.send(address))).html, /This request has expired/);
  site.time.now += 60 * 60 * 1000;
  const gone = await read(await browser.send(address));
  assert.deepEqual([gone.status, gone.response.headers.get('content-language')], [410, 'en']);
  assert.match(gone.html, /This request has expired[^]*href="https:\/\/app\.example\/"/);
});

test('while the engine is away, the page of a request can be tried again', async () => {
  const { site, open } = createForms();
  site.engine.script.open = () => { throw new EngineUnavailable('down', { retryAfter: 3 }); };
  site.events.length = 0;
  const { status, html, response } = await open();
  assert.deepEqual(site.events.map(({ path, status: logged, code }) => [path, logged, code]), [['page', 503, 'unavailable']], 'one event for one request');
  assert.deepEqual([status, response.headers.get('retry-after')], [503, '3']);
  assert.ok(html.includes(`<a href="/oauth/authorize?${QUERY.replaceAll('&', '&amp;')}"`), html);
});

test('a name of a stranger is one line of text on every page, and ends no element', async () => {
  const client_name = 'Evil\u202e\n</title><script>alert(1)</script>';
  const { open, send } = createForms({ script: { open: () => asked({ client: { client_id: 'app', client_name, client_uri: 'https://app.example/' } }) } });
  const page = await open();
  const done = await send(page, 'deny');
  const twice = await send(page, 'allow');
  assert.equal(twice.status, 409);
  for (const { html } of [done, twice]) {
    assert.doesNotMatch(html, /<script|\u202e/);
    assert.match(html, /<bdi>Evil &lt;\/title&gt;&lt;script&gt;/);
  }
});

test('a page of the form at its own path leads to the page of the request', async () => {
  const { browser, open } = createForms();
  const { transaction } = answerIn((await open()).html);
  const response = await browser.send(`/countersign/authorize/form?transaction=${transaction}&ui_locales=de`);
  assert.deepEqual([response.status, response.headers.get('location')], [303, `/oauth/authorize?transaction=${transaction}&ui_locales=de`]);
});

test('without the option there is no such path, and the page is as it was', async () => {
  const { site, browser, get } = createForms({ pageOptions: { form: undefined } });
  assert.match(await (await get()).text(), /<countersign-identity-provider api-base/);
  assert.equal((await browser.send('/countersign/authorize/form', { method: 'POST', body: '' })).status, 404);
  assert.equal(site.engine.named('allow').length, 0);
});

test('options that cannot work are refused with their name', () => {
  const fails = (make, option) => assert.throws(make, (error) => error.code === 'option_invalid' && error.option === option, option);
  fails(() => cardForm({}), 'cardForm.render');
  fails(() => cardForm({ render, CSS }), 'cardForm().CSS');
  fails(() => page({ files: '/lib/', form: cardForm({ render, texts: () => ({}) }) }), 'cardForm.css');
  fails(() => page({ files: '/lib/', form: cardForm({ render, css: '' }) }), 'cardForm.texts');
  fails(() => page({ files: '/lib/', form: { render } }), 'page.form');
});
