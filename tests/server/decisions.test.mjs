import assert from 'node:assert/strict';
import test from 'node:test';
import { transactionOf } from './answers.mjs';
import { ADA, Browser, Client, KEPT, card, errorOf, startServer } from './harness.mjs';

const codeOf = (answer) => new URL(answer.redirect_uri).searchParams.get('code');
const again = { prompt: 'consent' };

test('a transaction is decided once', async (t) => {
  const { origin, clock, site } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('parallel decisions give one answer, whether they agree or not', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const results = await Promise.all([browser.allow(shown), browser.allow(shown), browser.deny(shown.transaction)]);
    assert.deepEqual(results.map(({ status }) => status).sort(), [200, 409, 409]);
    const won = results.find(({ status }) => status === 200);
    assert.ok(codeOf(won.answer) ?? errorOf(won.answer.redirect_uri));
    for (const { status, answer } of results) if (status === 409) assert.equal(answer.code, 'already_answered');
  });

  await t.test('the same key and body in parallel give the same code twice', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const [one, two] = await Promise.all([browser.allow(shown, {}, 'key'), browser.allow(shown, {}, 'key')]);
    assert.equal(one.status, 200);
    assert.deepEqual(one.answer, two.answer);
  });

  await t.test('the answer is repeated for its key for 60 seconds, then the request is answered', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const first = await browser.allow(shown, {}, 'key');
    clock.advance(59);
    assert.deepEqual((await browser.allow(shown, {}, 'key')).answer, first.answer);
    clock.advance(2);
    assert.equal((await browser.allow(shown, {}, 'key')).status, 409);
  });

  await t.test('the same key with another body is refused', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    await browser.allow(shown, {}, 'key');
    const { status, answer } = await browser.allow(shown, { without: ['email'] }, 'key');
    assert.deepEqual([status, answer.code], [422, 'key_reused']);
  });

  await t.test('another key after the decision is 409', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    await browser.allow(shown, {}, 'one');
    const late = await browser.allow(shown, {}, 'two');
    assert.deepEqual([late.status, late.answer.code], [409, 'already_answered']);
    assert.deepEqual(late.answer.client, { name: 'Photo Printer', client_uri: 'https://photo-printer.example/' });
    assert.equal((await browser.deny(shown.transaction)).status, 409);
  });

  await t.test('an expired request is 410, with the client’s name and home', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    assert.ok(shown.expires_at > clock() / 1000);
    clock.advance(31 * 60);
    for (const { status, answer } of [await browser.allow(shown), await browser.resume(shown.transaction), await browser.deny(shown.transaction)]) {
      assert.deepEqual([status, answer.code, answer.client.name], [410, 'expired', 'Photo Printer']);
    }
  });

  await t.test('an answered request stays answered when it would have expired', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    await browser.allow(shown);
    clock.advance(60 * 60);
    assert.equal((await browser.resume(shown.transaction)).status, 409);
  });

  await t.test('another browser gets 410 and does not learn the client', async () => {
    const shown = await card(new Browser(origin), client, again);
    const other = new Browser(origin);
    await other.login(ADA);
    for (const { status, answer } of [await other.allow(shown), await other.resume(shown.transaction), await other.deny(shown.transaction)]) {
      assert.deepEqual([status, answer.code, answer.client], [410, 'expired', undefined]);
    }
  });

  await t.test('an unknown transaction, and one of the other realm, is 410', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    assert.equal((await browser.resume('unknown')).status, 410);
    assert.equal((await browser.resume(shown.transaction, 'b2b')).status, 410);
    assert.equal((await browser.resume(shown.transaction)).status, 200);
  });

  await t.test('a stored request, and one that is answered, are not known in the other realm', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const stored = transactionOf(await browser.postFrom('https://client.example', '/oauth/authorize', await client.query()));
    assert.equal((await browser.resume(stored, 'b2b')).status, 410);
    const shown = await browser.start('consumer', { transaction: stored });
    assert.equal((await browser.allow(shown)).status, 200);
    assert.equal((await browser.resume(stored, 'b2b')).status, 410);
    assert.equal((await browser.resume(stored)).status, 200);
  });

  await t.test('a scope that was not shown cannot be granted, and a required one not left out', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { ...again, scope: 'openid profile' });
    const more = [{ scope: 'openid' }, { scope: 'photos.write' }];
    assert.equal((await browser.allow(shown, { scopes: more })).status, 400);
    assert.equal((await browser.allow(shown, { scopes: [{ scope: 'openid', resource: 'https://photos.example/api' }] })).status, 400);
    assert.equal((await browser.allow(shown, { without: ['openid'] })).status, 400);
    assert.equal((await browser.allow(shown)).status, 200);
  });

  await t.test('a decision that fails in the server can be tried again, with the same key', async (step) => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const { Grant } = site.realms.consumer.provider;
    const logged = step.mock.method(console, 'error', () => {});
    const broken = step.mock.method(Grant.prototype, 'save', () => { throw new Error('the store is down'); });
    const failed = await browser.allow(shown, {}, 'key');
    assert.deepEqual([failed.status, failed.answer.code], [503, 'unavailable']);
    assert.equal(logged.mock.callCount(), 1);
    broken.mock.restore();
    assert.equal((await browser.allow(shown, {}, 'key')).status, 200);
  });

  await t.test('a decision waits for another one that fails', async (step) => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const { Grant } = site.realms.consumer.provider;
    step.mock.method(console, 'error', () => {});
    step.mock.method(Grant.prototype, 'save', () => { throw new Error('the store is down'); }, { times: 1 });
    const results = await Promise.all([browser.allow(shown, {}, 'one'), browser.allow(shown, {}, 'two')]);
    assert.deepEqual(results.map(({ status }) => status).sort(), [200, 503]);
  });

  await t.test('start can be repeated and run in parallel with the same answer', async () => {
    const browser = new Browser(origin);
    const query = await client.query(again);
    const { transaction, ...first } = await browser.start('consumer', query);
    const answers = await Promise.all([1, 2, 3].map(() => browser.start('consumer', { transaction })));
    for (const answer of answers) assert.deepEqual(answer, { ...first, transaction });
    await browser.login(ADA);
    const cards = await Promise.all([1, 2, 3].map(() => browser.start('consumer', { transaction })));
    assert.equal(cards[0].outcome, 'consent');
    for (const shown of cards) assert.deepEqual(shown, cards[0]);
  });

  await t.test('a start that ends a request gives the same code again for 60 seconds', async () => {
    const browser = new Browser(origin);
    await browser.allow(await card(browser, client), KEPT);
    await browser.ok('/account/logout', {});
    const { transaction } = await browser.start('consumer', await client.query());
    await browser.login(ADA);
    const ends = await Promise.all([1, 2].map(() => browser.start('consumer', { transaction })));
    assert.ok(codeOf(ends[0]));
    assert.deepEqual(ends[1], ends[0]);
    clock.advance(61);
    assert.equal((await browser.resume(transaction)).status, 409);
  });
});
