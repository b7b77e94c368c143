// Crowds, and what the log says of them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { page } from '../../server/node/src/page.ts';
import { ADA, atCard, createBrowser, createSite, decisionOn, QUERY } from './support/site.mjs';

test('an address that calls too often is 429 with Retry-After, and others are not', async () => {
  const site = createSite({ limits: { perAddress: 3 }, addressOf: ({ headers }) => headers.get('x-address') ?? undefined });
  const from = (address) => createBrowser(site).start(undefined, { headers: { 'X-Address': address } });
  for (let n = 0; n < 3; n += 1) assert.equal((await from('192.0.2.1')).status, 200);
  const { status, body, headers } = await from('192.0.2.1');
  assert.deepEqual([status, body.code, headers.get('retry-after')], [429, 'too_many', '60']);
  assert.equal((await from('192.0.2.2')).status, 200);
  assert.equal(site.engine.calls.length, 4);
  site.time.now += 60_000;
  assert.equal((await from('192.0.2.1')).status, 200);
});

test('a browser that calls too often is 429, and another one is not', async () => {
  const site = createSite({ limits: { perBrowser: 2 } });
  const { browser, card } = await atCard(site);
  const statuses = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await browser.start({ transaction: card.transaction })).status);
  assert.deepEqual(statuses, [200, 200, 429]);
  assert.equal((await browser.submit(decisionOn(card))).status, 429);
  assert.equal((await createBrowser(site).start()).status, 200);
  site.time.now += 60_000;
  assert.equal((await browser.submit(decisionOn(card))).status, 200);
});

test('an event of a call has no query, address, subject, code or text of an error', async () => {
  const site = createSite({ addressOf: () => '192.0.2.1', script: { allow: () => { throw new Error(`failed for ${ADA.sub} at https://app.example/cb?code=secret`); } } });
  const { browser, card } = await atCard(site);
  await browser.submit(decisionOn(card));
  await createBrowser(site).start({ transaction: 'unknown' });
  assert.deepEqual(site.events.map(({ path, status, outcome, code }) => [path, status, outcome, code]), [
    ['authorize/start', 200, 'consent', undefined], ['authorize/submit', 500, undefined, 'server_error'], ['authorize/start', 410, undefined, 'expired'],
  ]);
  const text = JSON.stringify(site.events);
  for (const secret of [QUERY, ADA.sub, '192.0.2.1', 'secret', 'app.example', card.transaction]) assert.ok(!text.includes(secret), secret);
  assert.equal(site.events[1].error.name, 'Error');
  assert.match(site.events[1].error.at[0], /^at /);
});

test('an event names the call as its answer does', async () => {
  const site = createSite();
  const { headers } = await createBrowser(site).start();
  assert.equal(site.events[0].request_id, headers.get('x-request-id'));
});

test('a host that asks for it gets the rest', async () => {
  const site = createSite({ logDetails: true });
  await createBrowser(site).start();
  assert.deepEqual(site.events[0].details, { body: { realm: 'consumer', query: QUERY }, sub: 'ada', error: undefined });
});

test('a log that throws costs no answer', async () => {
  const site = createSite({ log: () => { throw new Error('the disk is full'); } });
  assert.equal((await createBrowser(site).start()).status, 200);
});

test('a failure of the host is a 500 for the page and for its calls, and the log has its place but not its text', async () => {
  const account = () => { throw new TypeError('no row for ada in https://db.example'); };
  const site = createSite({ account, page: page({ files: '/lib/' }) });
  const browser = createBrowser(site);
  assert.equal((await browser.start()).status, 500);
  const response = await browser.send(`/oauth/authorize?${QUERY}`);
  assert.deepEqual([response.status, response.headers.get('content-language')], [500, 'en']);
  assert.deepEqual(site.events.map(({ path, status, error }) => [path, status, error.name]), [['authorize/start', 500, 'TypeError'], ['page', 500, 'TypeError']]);
  assert.doesNotMatch(JSON.stringify(site.events), /ada|db\.example/);
});
