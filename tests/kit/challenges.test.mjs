// Engines that send browsers to the page with a query of their own: a challenge, which names no client.
import assert from 'node:assert/strict';
import test from 'node:test';
import { EngineUnavailable, RequestGone } from '../../server/node/src/index.ts';
import { page } from '../../server/node/src/page.ts';
import { asked, CALLBACK } from './support/engine.mjs';
import { ADA, createBrowser, createSite, decisionOn, GRACE, ORIGIN } from './support/site.mjs';

const PATH = '/oauth/authorize';
const CHALLENGE = 'challenge=c%2B1&more';

function createPages(script, account = ADA) {
  const site = createSite({ page: page({ files: '/lib/' }), script });
  const browser = createBrowser(site, account);
  return { site, browser, get: (query = CHALLENGE, init = {}) => browser.send(`${PATH}?${query}`, init) };
}

/** Where a 303 leads: to the page of a transaction, and nothing else of the query. */
function transactionOf(response) {
  assert.equal(response.status, 303);
  const { pathname, searchParams } = new URL(response.headers.get('location'), ORIGIN);
  assert.deepEqual([pathname, [...searchParams.keys()]], [PATH, ['transaction']]);
  return searchParams.get('transaction');
}

test('the page for a challenge is that of its transaction, and its browser alone can decide', async () => {
  const { site, browser, get } = createPages({});
  const transaction = transactionOf(await get());
  assert.equal(site.engine.calls[0].args[0], CHALLENGE);
  assert.equal((await get(`transaction=${transaction}`)).status, 200);
  assert.equal(site.engine.calls.length, 1);
  const { body: card } = await browser.start({ transaction });
  assert.equal((await browser.submit(decisionOn(card))).body.outcome, 'redirect');
  assert.equal((await createBrowser(site, GRACE).start({ transaction })).status, 410);
});

test('the engine is told the challenge when it is decided', async () => {
  const { site, browser, get } = createPages({});
  for (const decision of ['allow', 'deny']) {
    const { body: card } = await browser.start({ transaction: transactionOf(await get()) });
    await browser.submit(decisionOn(card, decision));
    assert.equal(site.engine.named(decision)[0].args.at(-1).query, CHALLENGE);
  }
});

test('the page has the languages that the engine knows of the request', async () => {
  const { site, get } = createPages({ open: () => asked({ ui_locales: 'de fr' }) });
  const { searchParams } = new URL((await get()).headers.get('location'), ORIGIN);
  assert.deepEqual([...searchParams.keys()], ['transaction', 'ui_locales']);
  assert.equal(searchParams.get('ui_locales'), 'de fr');
  site.engine.script.open = () => asked({ ui_locales: 'x'.repeat(257) });
  transactionOf(await get());
});

test('a challenge that needs no user is a 303, and one that is wrong is a plain page', async () => {
  const { site, get } = createPages({ open: () => ({ kind: 'done', to: `${CALLBACK}?code=1` }) });
  assert.equal((await get()).headers.get('location'), `${CALLBACK}?code=1`);
  site.engine.script.open = () => ({ kind: 'refused', error: 'invalid_client' });
  const refused = await get();
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /invalid_client/);
  site.engine.script.open = () => { throw new RequestGone(); };
  const gone = await get();
  assert.equal(gone.status, 410);
  assert.match(await gone.text(), /This request has expired/);
});

test('a challenge that waits for a login comes back to its transaction', async () => {
  const { site, browser, get } = createPages({ open: (query, { account }) => (account ? asked() : { kind: 'login', reason: 'no_session' }) }, null);
  const transaction = transactionOf(await get());
  const { body: away } = await browser.start({ transaction });
  assert.deepEqual([away.outcome, away.transaction, away.attempt], ['login', transaction, 1]);
  browser.account = ADA;
  assert.equal((await get(`transaction=${transaction}`)).status, 200);
  assert.equal((await browser.start({ transaction })).body.outcome, 'consent');
  assert.equal(site.engine.named('open').every(({ args: [query] }) => query === CHALLENGE), true);
});

test('while the engine is down a challenge is kept, and the page can try again', async () => {
  const { site, browser, get } = createPages({ open: () => { throw new EngineUnavailable('down'); } });
  const transaction = transactionOf(await get());
  assert.equal((await get(`transaction=${transaction}`)).status, 200);
  assert.equal((await browser.start({ transaction })).status, 503);
  site.engine.script.open = () => asked();
  assert.equal((await get(`transaction=${transaction}`)).status, 200);
  assert.equal((await browser.start({ transaction })).body.outcome, 'consent');
});

test('a page for a challenge that is loaded ahead uses nothing up', async () => {
  const { site, browser, get } = createPages({});
  assert.equal((await get(CHALLENGE, { headers: { 'Sec-Purpose': 'prefetch' } })).status, 503);
  assert.deepEqual([site.engine.calls.length, browser.jar.size], [0, 0]);
});

test('a request that is gone after its card says whose it was', async () => {
  const { site, browser, get } = createPages({});
  const transaction = transactionOf(await get());
  const { body: card } = await browser.start({ transaction });
  site.engine.script.open = () => { throw new RequestGone(); };
  for (const { status, body } of [await browser.start({ transaction }), await browser.submit(decisionOn(card))]) {
    assert.deepEqual([status, body.code, body.client], [410, 'expired', { name: 'The App', client_uri: 'https://app.example/' }]);
  }
});
