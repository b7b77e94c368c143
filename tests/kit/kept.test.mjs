// Open requests that the server keeps, in place of cookies.
import assert from 'node:assert/strict';
import test from 'node:test';
import { keptTransactions } from '../../server/node/src/kept.ts';
import { page } from '../../server/node/src/page.ts';
import { asked } from './support/engine.mjs';
import { ADA, createBrowser, createSite, decisionOn, GRACE, QUERY } from './support/site.mjs';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const DAY = 24 * 60 * 60_000;

/** A site whose host names browsers by a header, and a browser of each name. */
function createKept({ limits, script, address = false, life, ...options } = {}) {
  const forgotten = [];
  const visitor = ({ headers }) => ({
    browser: headers.get('x-browser') ?? 'none',
    ...(address ? { address: headers.get('x-address') ?? undefined } : {}),
    sentNone: !headers.has('x-browser'),
  });
  let now;
  const transactions = keptTransactions({ visitor, limits, clock: () => now(), forget: (resume, { realm }) => forgotten.push([resume, realm]) });
  const site = createSite({ script, transactions, page: page({ files: '/lib/', logout: '/oauth/logout' }), ...(life ? { life } : {}), ...options });
  now = () => site.time.now;
  const browserOf = (name, account = null, more = {}) => {
    const browser = createBrowser(site, account);
    const headers = { ...(name === undefined ? {} : { 'X-Browser': name }), ...more };
    const calls = { start: browser.start, submit: browser.submit };
    const start = (body) => calls.start(body, { headers });
    const submit = (body) => calls.submit(body, { headers });
    const post = (body, path = '/oauth/authorize') => browser.send(path, { method: 'POST', body, headers: FORM });
    const get = (query) => browser.send(`/oauth/authorize?${query}`, { headers });
    return Object.assign(browser, { start, submit, post, get });
  };
  return { site, forgotten, browserOf };
}

const idIn = (response) => new URL(response.headers.get('location'), 'https://site.example').searchParams.get('transaction');

test('a request is known by the host’s name of its browser alone, and sets no cookie', async () => {
  const { browserOf } = createKept();
  const browser = browserOf('one', ADA);
  const { body: card } = await browser.start();
  assert.equal(card.outcome, 'consent');
  assert.equal(browser.jar.size, 0);
  assert.deepEqual((await browserOf('one', ADA).start({ transaction: card.transaction })).body, card);
  for (const [name, noCookies] of [['two', undefined], [undefined, true]]) {
    const { status, body } = await browserOf(name, ADA).start({ transaction: card.transaction });
    assert.deepEqual([status, body.code, body.client, body.no_cookies], [410, 'expired', undefined, noCookies]);
  }
  const other = await browserOf('two', ADA).submit(decisionOn(card));
  assert.equal(other.status, 410);
  assert.equal((await browser.submit(decisionOn(card))).body.outcome, 'redirect');
});

test('a request of another realm is not known', async () => {
  const { browserOf } = createKept({ describe: { organizations: () => [] } });
  const browser = browserOf('one', ADA);
  const { body: card } = await browser.start();
  assert.equal((await browser.start({ transaction: card.transaction, realm: 'b2b' })).status, 410);
});

test('a request that was answered is known for a day, and one that was not until it expires', async () => {
  const { site, browserOf } = createKept({ life: 60 });
  const browser = browserOf('one', ADA);
  const [{ body: decided }, { body: open }] = [await browser.start(), await browser.start()];
  assert.equal(decided.expires_at, site.time.now / 1000 + 60);
  await browser.submit(decisionOn(decided));
  site.time.now += 61_000;
  const expired = await browser.start({ transaction: open.transaction });
  assert.deepEqual([expired.status, expired.body.code, expired.body.client.name], [410, 'expired', 'The App']);
  site.time.now += DAY - 62_000;
  const late = await browser.submit(decisionOn(decided, 'deny'));
  assert.deepEqual([late.status, late.body.code, late.body.decision], [409, 'already_answered', 'allow']);
  site.time.now += 2000;
  assert.equal((await browser.start({ transaction: decided.transaction })).status, 410);
});

test('a request by POST carries no cookie, and belongs to the first browser that asks for it', async () => {
  const { browserOf } = createKept();
  const response = await browserOf(undefined).post(QUERY);
  assert.deepEqual([response.status, response.headers.getSetCookie()], [303, []]);
  assert.equal((await browserOf('one').start({ transaction: idIn(response) })).status, 200);
  assert.equal((await browserOf('two').start({ transaction: idIn(response) })).status, 410);
});

test('the oldest request of nobody gives way, the engine hears of it, and a signed-in user’s never does', async () => {
  const { browserOf, forgotten, site } = createKept({ limits: { most: 3 } });
  const ada = browserOf('ada', ADA);
  const { body: card } = await ada.start();
  site.engine.script.open = (query, { account }) => (account === null ? { kind: 'login', reason: 'no_session', resume: 'r' } : asked());
  const early = browserOf('early');
  const { body: first } = await early.start();
  for (let n = 0; n < 4; n += 1) assert.equal((await browserOf(undefined).post(QUERY)).status, 303);
  assert.equal((await early.start({ transaction: first.transaction })).status, 410);
  assert.deepEqual(forgotten, [['r', 'consumer']]);
  assert.equal((await ada.submit(decisionOn(card))).body.outcome, 'redirect');
});

test('where every place is a user’s, the call is 503 and so is the page, before the engine is asked', async () => {
  const { site, browserOf } = createKept({ limits: { most: 2 } });
  const browser = browserOf('one', ADA);
  const { body: card } = await browser.start();
  await browser.start();
  const asked = site.engine.calls.length;
  const { status, body, headers } = await browserOf('two').start();
  assert.deepEqual([status, body.code, headers.get('retry-after')], [503, 'unavailable', '60']);
  for (const response of [await browserOf(undefined).post(QUERY), await browserOf('two').get(`${QUERY}&prompt=none`)]) assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '60']);
  assert.equal(site.engine.calls.length, asked);
  await browser.submit(decisionOn(card, 'deny'));
  assert.equal((await browser.start()).status, 200, 'what was answered makes room');
  site.time.now += 15 * 60_000;
  assert.equal((await browser.start()).status, 200, 'and what has expired');
});

test('an account has a share, over which its next request is 429', async () => {
  const { browserOf } = createKept({ limits: { perAccount: 2 } });
  const browser = browserOf('one', ADA);
  const { body: card } = await browser.start();
  await browser.start();
  const { status, body, headers } = await browser.start();
  assert.deepEqual([status, body.code, headers.get('retry-after')], [429, 'too_many', '60']);
  assert.equal((await browserOf('one', GRACE).start()).status, 200);
  await browser.submit(decisionOn(card));
  assert.equal((await browser.start()).status, 200);
});

test('a browser and an address have a share, in which the oldest gives way', async () => {
  const { browserOf } = createKept({ limits: { perBrowser: 1, perAddress: 2 }, address: true });
  const at = (name) => browserOf(name, null, { 'X-Address': '192.0.2.1' });
  const ids = [];
  for (const name of ['one', 'one', 'two', 'three']) ids.push([name, (await at(name).start()).body.transaction]);
  const states = await Promise.all(ids.map(async ([name, transaction]) => (await at(name).start({ transaction })).status));
  assert.deepEqual(states, [410, 410, 200, 200]);
});

test('a request that was opened by nobody is the user’s once somebody is signed in', async () => {
  const { browserOf } = createKept({ limits: { most: 1 } });
  const { body: { transaction } } = await browserOf('one').start();
  const ada = browserOf('one', ADA);
  assert.equal((await ada.start({ transaction })).body.outcome, 'consent');
  assert.equal((await browserOf('two').start()).status, 503);
  assert.equal((await ada.start({ transaction })).body.outcome, 'consent');
});

test('a request that gives way while the engine is asked is gone, and does not come back', async () => {
  const { site, browserOf } = createKept({ limits: { perBrowser: 1 } });
  const browser = browserOf('one');
  const { body: first } = await browser.start();
  let release;
  const waiting = new Promise((resolve) => { release = resolve; });
  site.engine.script.open = async () => { await waiting; return asked(); };
  const resumed = browser.start({ transaction: first.transaction });
  const next = browser.start();
  release();
  await Promise.all([resumed, next]);
  assert.equal((await browser.start({ transaction: first.transaction })).status, 410);
});
