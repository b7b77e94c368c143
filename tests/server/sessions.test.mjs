import assert from 'node:assert/strict';
import test from 'node:test';
import { ADA, Browser, Client, GRACE, card, connect, startServer } from './harness.mjs';

const silent = { prompt: 'none' };
const errorAt = (response) => new URL(response.headers.get('location')).searchParams.get('error');
const ask = async (browser, client, more) => browser.start('consumer', await client.query(more));
const reason = ({ outcome, reason: why, attempt }) => [outcome, why, attempt];

test('login and its hand-off', async (t) => {
  const { origin, clock } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('the hand-off carries hint and reason', async () => {
    const answer = await ask(new Browser(origin), client, { login_hint: GRACE, acr_values: 'urn:high' });
    assert.deepEqual(reason(answer), ['login', 'no_session', 1]);
    assert.equal(answer.login_hint, GRACE);
    assert.equal(answer.acr_values, 'urn:high');
  });

  await t.test('attempt counts how often a transaction was sent to login', async () => {
    const browser = new Browser(origin);
    const { transaction } = await ask(browser, client);
    const back = `/login?return_to=${encodeURIComponent(`/oauth/authorize?transaction=${transaction}`)}`;
    assert.deepEqual(reason(await browser.start('consumer', { transaction })), ['login', 'no_session', 1]);
    await browser.fetch(back);
    assert.deepEqual(reason(await browser.start('consumer', { transaction })), ['login', 'no_session', 2]);
    await new Browser(origin).fetch(back);
    await browser.fetch(back);
    assert.deepEqual(reason(await browser.start('consumer', { transaction })), ['login', 'no_session', 3]);
  });

  await t.test('one login serves the next request and the other realm', async () => {
    const browser = new Browser(origin);
    await connect(browser, client);
    const answer = await ask(browser, client, { prompt: 'consent' });
    assert.equal(answer.outcome, 'consent');
    const other = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
    assert.equal((await browser.start('b2b', await other.query())).outcome, 'consent');
  });

  await t.test('a login session ends after twelve hours', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    clock.advance(12 * 60 * 60 + 1);
    assert.deepEqual(await browser.ok('/account/session', {}), { account: null });
    assert.deepEqual(reason(await ask(browser, client)), ['login', 'no_session', 1]);
  });
});

test('prompt=login', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('requires a login in spite of the session, and accepts only a later one', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const first = await ask(browser, client, { prompt: 'login' });
    assert.deepEqual(reason(first), ['login', 'prompt_login', 1]);
    const { transaction } = first;
    await browser.ok('/account/continue', {});
    assert.deepEqual(reason(await browser.start('consumer', { transaction })), ['login', 'prompt_login', 1]);
    await browser.login(ADA);
    const shown = await browser.start('consumer', { transaction });
    assert.equal(shown.outcome, 'consent');
    const { answer } = await browser.allow(shown);
    assert.equal(answer.outcome, 'redirect');
  });

  await t.test('without a session, the one login is enough', async () => {
    const shown = await card(new Browser(origin), client, { prompt: 'login consent' });
    assert.equal(shown.outcome, 'consent');
  });

  await t.test('moves auth_time', async () => {
    const { origin: here, clock } = await startServer(t);
    const app = await Client.known(here);
    const browser = new Browser(here);
    const first = await app.redeem(await connect(browser, app, { max_age: '100000' }));
    clock.advance(5);
    const { transaction } = await ask(browser, app, { prompt: 'login' });
    await browser.login(ADA);
    const { redirect_uri: address } = await browser.start('consumer', { transaction });
    const second = await app.redeem(address);
    assert.ok(second.claims().auth_time >= first.claims().auth_time + 5);
  });

  await t.test('together with consent asks for both', async () => {
    const browser = new Browser(origin);
    await connect(browser, client);
    const { transaction, ...first } = await ask(browser, client, { prompt: 'login consent' });
    assert.deepEqual(reason(first), ['login', 'prompt_login', 1]);
    await browser.login(ADA);
    assert.equal((await browser.start('consumer', { transaction })).outcome, 'consent');
  });
});

test('max_age', async (t) => {
  const { origin, clock } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('an older session has to log in again, a younger one not', async () => {
    const browser = new Browser(origin);
    await connect(browser, client);
    clock.advance(100);
    assert.equal((await ask(browser, client, { max_age: '1000' })).outcome, 'redirect');
    const { transaction, ...old } = await ask(browser, client, { max_age: '50' });
    assert.deepEqual(reason(old), ['login', 'max_age', 1]);
    await browser.ok('/account/continue', {});
    assert.equal((await browser.start('consumer', { transaction })).reason, 'max_age');
    await browser.login(ADA);
    assert.equal((await browser.start('consumer', { transaction })).outcome, 'redirect');
  });

  await t.test('0 is the same as prompt=login', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    assert.deepEqual(reason(await ask(browser, client, { max_age: '0' })), ['login', 'prompt_login', 1]);
  });

  await t.test('with prompt=none an old session is login_required', async () => {
    const browser = new Browser(origin);
    await connect(browser, client);
    clock.advance(100);
    const young = await browser.fetch(`/oauth/authorize?${await client.query({ ...silent, max_age: '1000' })}`);
    assert.equal(errorAt(young), null);
    const old = await browser.fetch(`/oauth/authorize?${await client.query({ ...silent, max_age: '50' })}`);
    assert.equal(errorAt(old), 'login_required');
  });

  await t.test('a login counts in both realms at once', async () => {
    const browser = new Browser(origin);
    const other = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
    await connect(browser, other, {}, { realm: 'b2b' });
    clock.advance(100);
    await browser.login(ADA);
    assert.equal((await browser.start('b2b', await other.query({ max_age: '50' }))).outcome, 'consent');
  });
});

test('prompt=select_account', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('is satisfied by continuing with the account', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const { transaction, ...first } = await ask(browser, client, { prompt: 'select_account' });
    assert.deepEqual(reason(first), ['login', 'select_account', 1]);
    assert.equal((await browser.start('consumer', { transaction })).outcome, 'login');
    await browser.ok('/account/continue', {});
    assert.equal((await browser.start('consumer', { transaction })).outcome, 'consent');
  });

  await t.test('is satisfied by a login with another account', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const { transaction } = await ask(browser, client, { prompt: 'select_account' });
    await browser.login(GRACE);
    const shown = await browser.start('consumer', { transaction });
    assert.equal(shown.account.email, GRACE);
    const { answer } = await browser.allow(shown);
    assert.equal((await client.redeem(answer.redirect_uri)).claims().sub, 'account-grace');
  });

  await t.test('is satisfied by a login without an earlier session', async () => {
    const shown = await card(new Browser(origin), client, { prompt: 'select_account' });
    assert.equal(shown.outcome, 'consent');
  });

  await t.test('together with login is not satisfied by continuing', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const { transaction } = await ask(browser, client, { prompt: 'select_account login' });
    await browser.ok('/account/continue', {});
    assert.equal((await browser.start('consumer', { transaction })).reason, 'prompt_login');
    await browser.login(ADA);
    assert.equal((await browser.start('consumer', { transaction })).outcome, 'consent');
  });
});
