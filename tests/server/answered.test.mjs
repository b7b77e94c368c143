import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import test from 'node:test';
import { formOf } from './answers.mjs';
import { ADA, Browser, Client, allowing, card, errorOf, startServer } from './harness.mjs';

const again = { prompt: 'consent' };

/** Keeps decisions in progress until it is released. */
function holdDecisions(test, { Grant }) {
  const { save } = Grant.prototype;
  const gate = new EventEmitter();
  const [reached, released] = [once(gate, 'reached'), once(gate, 'released')];
  test.mock.method(Grant.prototype, 'save', async function saveLater(...args) {
    gate.emit('reached');
    await released;
    return save.apply(this, args);
  });
  return { reached, release: () => gate.emit('released') };
}

test('a page that is loaded again gets the answer of its decision', async (t) => {
  const { origin, clock, site } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('after an allow and after a denial, for 60 seconds', async () => {
    for (const decide of [(browser, shown) => browser.allow(shown), (browser, shown) => browser.deny(shown.transaction)]) {
      const browser = new Browser(origin);
      const shown = await card(browser, client, again);
      const { answer } = await decide(browser, shown);
      clock.advance(59);
      assert.deepEqual(await browser.start('consumer', { transaction: shown.transaction }), answer);
      clock.advance(2);
      assert.equal((await browser.resume(shown.transaction)).status, 409);
    }
  });

  await t.test('also where the request ended without a decision', async () => {
    const browser = new Browser(origin);
    const app = await Client.known(origin, 'first-party-confidential');
    const { transaction } = await browser.start('consumer', await app.query());
    await browser.login(ADA);
    const ended = await browser.start('consumer', { transaction });
    assert.deepEqual(await browser.start('consumer', { transaction }), ended);
    const { status, answer } = await browser.submit({ transaction, version: 'x', decision: 'allow', scopes: [] });
    assert.deepEqual([status, answer.code, answer.decision], [409, 'already_answered', undefined]);
  });

  await t.test('while the decision is still on its way, with one code', async (step) => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const held = holdDecisions(step, site.realms.consumer.provider);
    const decision = browser.allow(shown);
    await held.reached;
    const loads = [1, 2].map(() => browser.start('consumer', { transaction: shown.transaction }));
    held.release();
    const { answer } = await decision;
    for (const loaded of await Promise.all(loads)) assert.deepEqual(loaded, answer);
    assert.ok((await client.redeem(answer.redirect_uri)).access_token);
  });

  await t.test('but not a code that the client has redeemed, or that was revoked', async () => {
    for (const spend of [(answer) => client.redeem(answer.redirect_uri), (answer, browser) => browser.ok('/account/logout', {})]) {
      const browser = new Browser(origin);
      const shown = await card(browser, client, again);
      const { answer } = await browser.allow(shown, {}, 'key');
      assert.deepEqual(await browser.start('consumer', { transaction: shown.transaction }), answer);
      await spend(answer, browser);
      const late = await browser.resume(shown.transaction);
      assert.deepEqual([late.status, late.answer.code, late.answer.decision], [409, 'already_answered', 'allow']);
      assert.deepEqual((await browser.allow(shown, {}, 'key')).answer, answer, 'the key still has its answer');
    }
  });

  await t.test('and gets the card if the decision failed', async (step) => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    step.mock.method(console, 'error', () => {});
    step.mock.method(site.realms.consumer.provider.Grant.prototype, 'save', () => { throw new Error('the store is down'); }, { times: 1 });
    const [decision, loaded] = await Promise.all([browser.allow(shown), browser.start('consumer', { transaction: shown.transaction })]);
    assert.deepEqual([decision.status, loaded], [503, shown]);
  });

  await t.test('with a private scheme, that opened nothing the first time', async () => {
    const app = await Client.registered(origin, { application_type: 'native', redirect_uris: ['com.example.app:/cb'] });
    const browser = new Browser(origin);
    const shown = await card(browser, app, again);
    const { answer } = await browser.allow(shown);
    assert.equal(answer.native, true);
    assert.deepEqual(await browser.start('consumer', { transaction: shown.transaction }), answer);
    await app.redeem(answer.redirect_uri);
  });

  await t.test('with an answer by form_post, whose page is still there once', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { ...again, response_mode: 'form_post' });
    const { answer } = await browser.allow(shown);
    const loaded = await browser.start('consumer', { transaction: shown.transaction });
    assert.deepEqual(loaded, answer);
    const page = await browser.fetch(loaded.redirect_uri);
    assert.ok(formOf(await page.text()).fields.code);
  });

  await t.test('in the realm for organizations too', async () => {
    const browser = new Browser(origin);
    const app = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
    const shown = await card(browser, app, again, { realm: 'b2b' });
    const { answer } = await browser.allow(shown);
    assert.deepEqual(await browser.start('b2b', { transaction: shown.transaction }), answer);
    assert.equal((await browser.resume(shown.transaction, 'consumer')).status, 410);
  });

  await t.test('and no other browser does', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    await browser.allow(shown);
    const other = new Browser(origin);
    await other.login(ADA);
    const { status, answer } = await other.resume(shown.transaction);
    assert.deepEqual([status, answer.code, answer.decision, answer.client], [410, 'expired', undefined, undefined]);
  });
});

test('a second decision is told which one counted', async (t) => {
  const { origin, clock, site } = await startServer(t);
  const client = await Client.known(origin);
  const counted = ({ status, answer }) => [status, answer.code, answer.decision];

  await t.test('allow then deny, deny then allow, and a reload after the minute', async () => {
    for (const [first, second, decision] of [
      [(browser, shown) => browser.allow(shown), (browser, shown) => browser.deny(shown.transaction), 'allow'],
      [(browser, shown) => browser.deny(shown.transaction), (browser, shown) => browser.allow(shown), 'deny'],
    ]) {
      const browser = new Browser(origin);
      const shown = await card(browser, client, again);
      assert.equal((await first(browser, shown)).status, 200);
      const expected = [409, 'already_answered', decision];
      assert.deepEqual(counted(await second(browser, shown)), expected);
      clock.advance(61);
      assert.deepEqual(counted(await second(browser, shown)), expected);
      assert.deepEqual(counted(await browser.resume(shown.transaction)), expected);
      clock.advance(12 * 60 * 60);
      assert.deepEqual(counted(await browser.resume(shown.transaction)), expected);
    }
  });

  await t.test('two tabs at the same moment: one counts, and the other learns which', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const [one, two] = await Promise.all([browser.allow(shown), browser.deny(shown.transaction)]);
    const [won, lost] = one.status === 200 ? [one, two] : [two, one];
    assert.equal(lost.answer.decision, errorOf(won.answer.redirect_uri) === 'access_denied' ? 'deny' : 'allow');
  });

  await t.test('a denial that comes while an allow is in progress', async (step) => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const held = holdDecisions(step, site.realms.consumer.provider);
    const decision = browser.allow(shown);
    await held.reached;
    const late = browser.deny(shown.transaction);
    held.release();
    assert.equal((await decision).status, 200);
    assert.deepEqual(counted(await late), [409, 'already_answered', 'allow']);
  });

  await t.test('the same key with another body is 422, in progress, after the answer and after the minute', async (step) => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const other = () => browser.submit({ transaction: shown.transaction, decision: 'deny', scopes: [] }, 'key');
    const held = holdDecisions(step, site.realms.consumer.provider);
    const decision = browser.allow(shown, {}, 'key');
    await held.reached;
    assert.deepEqual(counted(await other()), [422, 'key_reused', undefined]);
    held.release();
    const { answer } = await decision;
    assert.equal((await other()).status, 422);
    assert.deepEqual((await browser.allow(shown, {}, 'key')).answer, answer, 'the same body still gets its answer');
    clock.advance(61);
    assert.equal((await other()).status, 422);
    assert.deepEqual(counted(await browser.allow(shown, {}, 'key')), [409, 'already_answered', 'allow']);
  });

  await t.test('a key that was used for a card of before is free for the next one', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    await browser.allow(shown, { version: 'old' }, 'key');
    assert.equal((await browser.allow(shown, {}, 'key')).answer.outcome, 'redirect');
  });

  await t.test('a request for approval does not count as one', async () => {
    const browser = new Browser(origin);
    const app = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
    const first = await card(browser, app, again, { realm: 'b2b' });
    const shown = await browser.start('b2b', { transaction: first.transaction, organization_id: 'initech' });
    await browser.submit({ ...allowing(shown), decision: 'request_approval', scopes: [] });
    await browser.deny(shown.transaction);
    assert.equal((await browser.resume(shown.transaction, 'b2b')).status, 200);
    assert.equal((await browser.allow(shown)).answer.decision, 'deny');
  });

  await t.test('so is one about signing out', async () => {
    for (const [first, second] of [['stay', 'sign_out'], ['sign_out', 'stay']]) {
      const browser = new Browser(origin);
      await browser.login(ADA);
      const { logout } = await browser.ok('/countersign/logout/start', { realm: 'consumer', query: '' });
      const submit = (decision) => browser.call('/countersign/logout/submit', { logout, decision });
      assert.equal((await submit(first)).status, 200);
      assert.deepEqual(counted(await submit(second)), [409, 'already_answered', first]);
    }
  });
});
