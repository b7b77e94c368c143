// Crowds, and what the log says of them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
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

test('without a log, the console shows an error with its causes, if the host asks for details', async (t) => {
  const { mock } = t.mock.method(console, 'error', () => {});
  const cause = new Error('the database is away');
  const script = { open: () => { throw new Error('no engine', { cause }); } };
  for (const logDetails of [true, false]) await createBrowser(createSite({ script, log: undefined, logDetails })).start();
  const [detailed, brief] = mock.calls.map(({ arguments: given }) => given);
  assert.equal(detailed[2].message, 'no engine');
  assert.equal(detailed[2].cause, cause);
  assert.match(inspect(detailed[2]), /Error: no engine\n\s+at [^]*\[cause\]: Error: the database is away\n\s+at /);
  assert.ok(!detailed[1].includes('"error":{}'), detailed[1]);
  assert.equal(brief[2], '');
  assert.ok(!brief[1].includes('away') && !brief[1].includes(QUERY));
});

test('a log that throws costs no answer', async () => {
  const site = createSite({ log: () => { throw new Error('the disk is full'); } });
  assert.equal((await createBrowser(site).start()).status, 200);
});

test('a host that cannot say who is signed in is 503 for the page and for its calls, and the log has its place but not its text', async () => {
  let isDown = true;
  const account = () => { if (isDown) throw new TypeError('no row for ada in https://db.example'); return ADA; };
  const site = createSite({ account, page: page({ files: '/lib/' }) });
  const browser = createBrowser(site);
  const { status, headers, body } = await browser.start();
  assert.deepEqual([status, body.code, headers.get('retry-after')], [503, 'unavailable', '2']);
  const response = await browser.send(`/oauth/authorize?${QUERY}`);
  assert.deepEqual([response.status, response.headers.get('content-language'), response.headers.get('retry-after')], [503, 'en', '2']);
  assert.deepEqual(site.events.map(({ path, status: one, error }) => [path, one, error.name]), [['authorize/start', 503, 'TypeError'], ['page', 503, 'TypeError']]);
  assert.match(site.events[0].error.at[0], /limits\.test\.mjs/);
  assert.doesNotMatch(JSON.stringify(site.events), /ada|db\.example/);
  isDown = false;
  assert.equal((await browser.start()).body.outcome, 'consent');
});

test('a host that does not answer who is signed in is 503 in the middle of a request, which goes on afterwards', async () => {
  let account = () => ADA;
  const site = createSite({ account: (request) => account(request), timeout: 30 });
  const { browser, card } = await atCard(site);
  for (const down of [() => new Promise(() => {}), () => Promise.reject(new Error('down'))]) {
    account = down;
    assert.equal((await browser.submit(decisionOn(card), { key: 'k' })).status, 503);
  }
  assert.equal(site.engine.named('allow').length, 0);
  account = () => ADA;
  assert.equal((await browser.submit(decisionOn(card), { key: 'k' })).body.outcome, 'redirect');
});

test('an account without a subject, or with none that an account can have, is a 500 that the log explains', async () => {
  for (const wrong of [{ name: 'Ada' }, { sub: '' }, { sub: 7 }, { sub: 'x'.repeat(256) }]) {
    const site = createSite({ account: () => wrong, logDetails: true });
    const { status, body } = await createBrowser(site).start();
    assert.deepEqual([status, body.code], [500, 'server_error']);
    assert.match(site.events[0].details.error.message, /^account\(\) must give null/);
  }
  const nobody = createSite({ account: () => undefined });
  assert.equal((await createBrowser(nobody).start()).body.outcome, 'login', 'no account is nobody');
});

test('a failure of the host’s own words is a 500, and the log has its place but not its text', async () => {
  const site = createSite({ describe: { scope: () => { throw new TypeError('no text for ada'); } } });
  const { status, body } = await createBrowser(site).start();
  assert.deepEqual([status, body.code], [500, 'server_error']);
  assert.equal(site.events[0].error.name, 'TypeError');
  assert.doesNotMatch(JSON.stringify(site.events), /ada/);
});
