// The option `keepQueries`: a router behind the page never sees the bytes of a request, so it cannot rewrite them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { EngineUnavailable } from '../../server/node/src/index.ts';
import { page } from '../../server/node/src/page.ts';
import { CALLBACK } from './support/engine.mjs';
import { createPages, done, PATH } from './support/pages.mjs';
import { createBrowser, decisionOn, GRACE, ORIGIN, QUERY } from './support/site.mjs';

/** What Angular's router rewrites: a plus, a name without a value, and bytes that are no UTF-8. */
const BYTES = 'client_id=app&scope=a+b&flag&state=%FF%20%2f&ui_locales=de&display=popup';
const kept = (more = {}) => createPages({ pageOptions: { keepQueries: true }, ...more });
const locationOf = (response) => new URL(response.headers.get('location'), ORIGIN);

test('a request is kept, and its page is that of a transaction, which only its browser can open', async () => {
  const { site, browser, get } = kept();
  const response = await get(BYTES);
  assert.equal(response.status, 303);
  const location = locationOf(response);
  assert.deepEqual([location.pathname, ...location.searchParams.keys()], [PATH, 'transaction', 'ui_locales', 'display']);
  assert.equal((await browser.send(location.pathname + location.search)).status, 200);
  const { body: card } = await browser.start({ transaction: location.searchParams.get('transaction') });
  assert.equal((await browser.submit(decisionOn(card))).body.outcome, 'redirect');
  assert.deepEqual([...new Set(site.engine.named('open').map(({ args: [query] }) => query))], [BYTES]);
  assert.equal((await createBrowser(site, GRACE).start({ transaction: location.searchParams.get('transaction') })).status, 410);
});

test('without the option, the page of a request is at its own query', async () => {
  const { get } = createPages();
  assert.equal((await get(BYTES)).status, 200);
});

test('a request that needs no user is answered at once', async () => {
  const { get } = kept({ script: { open: () => done() } });
  for (const query of [QUERY, `${QUERY}&prompt=none`]) assert.equal((await get(query)).headers.get('location'), `${CALLBACK}?code=1`);
});

test('while the engine is away, the page of the transaction tries again, and a silent request is no page', async () => {
  let away = true;
  const { browser, get } = kept({ script: { open: () => { if (away) throw new EngineUnavailable('down'); return done(); } } });
  const location = locationOf(await get());
  assert.ok(location.searchParams.has('transaction'));
  assert.equal((await get(`${QUERY}&prompt=none`)).status, 503);
  away = false;
  assert.equal((await browser.send(location.pathname + location.search)).headers.get('location'), `${CALLBACK}?code=1`);
});

test('a page that a browser loads ahead keeps nothing', async () => {
  const { site, get } = kept();
  assert.equal((await get(QUERY, { headers: { 'Sec-Purpose': 'prefetch;prerender' } })).status, 503);
  assert.equal(site.engine.calls.length, 0);
});

test('a parameter that occurs twice is not in the address of the page', async () => {
  const { get } = kept();
  assert.deepEqual([...locationOf(await get('client_id=app&ui_locales=de&ui_locales=fr&display=popup')).searchParams.keys()], ['transaction', 'display']);
});

test('a page without a query is the page', async () => {
  assert.equal((await kept().get('')).status, 200);
});

test('a request to sign out is kept as well', async () => {
  const logout = { open: async (query) => ({ kind: 'ask', resume: query }), signOut: async () => ({ kind: 'signed_out' }) };
  const { site, browser } = kept({ script: { logout } });
  const location = (await browser.send('/oauth/logout?id_token_hint=x&state=a+b')).headers.get('location');
  assert.match(location, /^\/oauth\/logout\?logout=[\w-]+$/);
  assert.match(await (await browser.send(location)).text(), / flow="logout">/);
  await browser.call('/logout/start', { realm: 'consumer', query: location.split('?')[1] });
  assert.equal(site.engine.named('logout.open')[0].args[0], 'id_token_hint=x&state=a+b');
});

test('what is longer than the kit takes is kept neither for a request nor for a sign-out', async () => {
  const { site, browser } = kept();
  for (const path of [PATH, '/oauth/logout']) {
    assert.equal((await browser.send(`${path}?state=${'a'.repeat(40_000)}`)).status, 400, path);
  }
  assert.deepEqual(site.engine.calls, []);
});

test('the page that is kept has not been at the login page yet', async () => {
  const { browser, get } = kept({ script: { open: () => ({ kind: 'login', reason: 'no_session', login: '/login' }) } });
  const { body } = await browser.start({ transaction: locationOf(await get()).searchParams.get('transaction') });
  assert.deepEqual([body.outcome, body.attempt], ['login', 1]);
});

test('the option is true or false', () => {
  assert.throws(() => page({ files: '/lib/', keepQueries: 'yes' }), { message: /keepQueries.*true or false; it is/ });
});
