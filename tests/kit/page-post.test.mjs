// Requests by POST at the endpoints for browsers: each is stored, and led to the page.
import assert from 'node:assert/strict';
import test from 'node:test';
import { EngineUnavailable } from '../../server/node/src/index.ts';
import { asked, CALLBACK } from './support/engine.mjs';
import { createPages, done, PATH } from './support/pages.mjs';
import { createBrowser, decisionOn, GRACE, ORIGIN, QUERY } from './support/site.mjs';

test('a request by POST is stored, and leads to a page that its browser can resume', async () => {
  const { site, browser, post } = createPages();
  const response = await post('client_id=app&state=ä b&ui_locales=de&display=popup', { Origin: 'https://app.example', 'Sec-Fetch-Site': 'cross-site' });
  assert.equal(response.status, 303);
  const location = new URL(response.headers.get('location'), ORIGIN);
  const id = location.searchParams.get('transaction');
  assert.deepEqual([...location.searchParams.keys()], ['transaction', 'ui_locales', 'display']);
  assert.equal(site.engine.calls.length, 0);
  assert.equal((await browser.send(location.pathname + location.search)).status, 200);
  assert.equal(site.engine.calls[0].args[0], 'client_id=app&state=%C3%A4%20b&ui_locales=de&display=popup');
  const { body: card } = await browser.start({ transaction: id });
  assert.equal((await browser.submit(decisionOn(card))).body.outcome, 'redirect');
  assert.equal((await createBrowser(site, GRACE).start({ transaction: id })).status, 410);
});

test('a request by POST that needs no user is a 303, once', async () => {
  let codes = 0;
  const { browser, post, site } = createPages({ script: { open: () => done({ to: `${CALLBACK}?code=${codes += 1}` }) } });
  const location = (await post(`${QUERY}&prompt=none`)).headers.get('location');
  const copy = createBrowser(site);
  for (const [name, value] of browser.jar) copy.jar.set(name, value);
  const both = await Promise.all([browser.send(location), copy.send(location)]);
  assert.deepEqual(both.map((one) => [one.status, one.headers.get('location')]), Array(2).fill([303, both[0].headers.get('location')]));
});

test('a silent request by POST is never a page, also if the engine is down', async () => {
  const { browser, post } = createPages({ script: { open: () => { throw new EngineUnavailable('down'); } } });
  const location = (await post(`${QUERY}&prompt=none`)).headers.get('location');
  assert.equal((await browser.send(location)).status, 503);
});

test('a request by POST that is no plain form, or too large, is refused', async () => {
  const { post, browser } = createPages();
  assert.equal((await post('{}', { 'Content-Type': 'application/json' })).status, 415);
  assert.equal((await post('a=1', { 'Content-Encoding': 'gzip' })).status, 415);
  assert.equal((await post(`a=${'b'.repeat(32_767)}`)).status, 413);
  assert.equal((await post(`a=${'ä'.repeat(10_000)}`)).status, 413);
  assert.equal((await post(`a=${'b'.repeat(32_000)}`)).status, 303);
  assert.equal((await browser.send(`${PATH}?a=${'b'.repeat(32_768)}`)).status, 400);
});

test('a request to sign out by POST is stored, and asked about by its id', async () => {
  const logout = { open: async (query) => ({ kind: 'ask', resume: query }), signOut: async () => ({ kind: 'signed_out' }) };
  const { site, browser } = createPages({ script: { logout } });
  const response = await browser.send('/oauth/logout', { method: 'POST', body: 'id_token_hint=x&state=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  const location = response.headers.get('location');
  assert.match(location, /^\/oauth\/logout\?logout=[\w-]+$/);
  assert.match(await (await browser.send(location)).text(), / flow="logout">/);
  const call = (from, query) => from.call('/logout/start', { realm: 'consumer', query });
  assert.equal((await call(browser, location.split('?')[1])).body.outcome, 'confirm');
  assert.equal(site.engine.named('logout.open')[0].args[0], 'id_token_hint=x&state=1');
  await call(createBrowser(site, GRACE), location.split('?')[1]);
  assert.equal(site.engine.named('logout.open')[1].args[0], '');
});

test('a parameter for the page that occurs twice in a request by POST is not kept', async () => {
  const { post } = createPages();
  const { searchParams } = new URL((await post('client_id=app&ui_locales=de&ui_locales=fr&display=popup')).headers.get('location'), ORIGIN);
  assert.deepEqual([...searchParams.keys()], ['transaction', 'display']);
});
