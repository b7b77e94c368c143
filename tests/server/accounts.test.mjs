import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { ADA, Browser, Client, GRACE, card, connect, startServer } from './harness.mjs';

const silent = { prompt: 'none' };
const errorAt = (response) => new URL(response.headers.get('location')).searchParams.get('error');
const ask = async (browser, client, more) => browser.start('consumer', await client.query(more));
const reason = ({ outcome, reason: why, attempt }) => [outcome, why, attempt];

test('another account', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('a switch keeps the request and the first account’s grants', async () => {
    const browser = new Browser(origin);
    const hers = await client.redeem(await connect(browser, client, { scope: 'openid profile email offline_access', prompt: 'consent' }));
    const shown = await ask(browser, client, { prompt: 'consent' });
    assert.equal(shown.account.email, ADA);
    await browser.login(GRACE);
    const other = await browser.start('consumer', { transaction: shown.transaction });
    assert.equal(other.outcome, 'consent');
    assert.equal(other.account.email, GRACE);
    assert.equal(other.transaction, shown.transaction);
    const { answer } = await browser.allow(other);
    const tokens = await client.redeem(answer.redirect_uri);
    assert.equal(tokens.claims().sub, 'account-grace');

    assert.equal((await client.userinfo(hers)).sub, 'account-ada');
    const renewed = await oauth.refreshTokenGrant(client.config, hers.refresh_token);
    assert.equal(renewed.claims().sub, 'account-ada');
    await browser.login(ADA);
    assert.equal((await ask(browser, client)).outcome, 'redirect', 'what Ada allowed is still remembered');
  });

  await t.test('a login as somebody else in a second tab stops the decision of the first', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { prompt: 'consent' });
    await browser.login(GRACE);
    const { answer: again } = await browser.allow(shown);
    assert.deepEqual([again.outcome, again.account.email], ['consent', GRACE]);
    const { answer: done } = await browser.allow(again);
    assert.equal((await client.redeem(done.redirect_uri)).claims().sub, 'account-grace');
  });

  await t.test('a logout in a second tab stops the decision of the first', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { prompt: 'consent' });
    await browser.ok('/account/logout', {});
    const { answer } = await browser.allow(shown);
    assert.deepEqual(reason(answer), ['login', 'no_session', 1]);
    await browser.login(ADA);
    const again = await browser.start('consumer', { transaction: shown.transaction });
    assert.equal(again.outcome, 'consent');
    assert.equal((await browser.allow(again)).answer.outcome, 'redirect');
  });

  await t.test('the same account in a new session can take the decision', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { prompt: 'consent' });
    await browser.ok('/account/logout', {});
    await browser.login(ADA);
    const { answer } = await browser.allow(shown);
    assert.equal((await client.redeem(answer.redirect_uri)).claims().sub, 'account-ada');
  });

  await t.test('a request with a hint of one account is not answered for another', async () => {
    const browser = new Browser(origin);
    const { id_token: hint } = await client.redeem(await connect(browser, client));
    await browser.login(GRACE);
    const silently = await browser.fetch(`/oauth/authorize?${await client.query({ ...silent, id_token_hint: hint })}`);
    assert.equal(errorAt(silently), 'login_required');
    const { transaction, ...first } = await ask(browser, client, { id_token_hint: hint });
    assert.deepEqual(reason(first), ['login', 'select_account', 1]);
    await browser.login(GRACE);
    assert.equal((await browser.start('consumer', { transaction })).reason, 'select_account');
    await browser.login(ADA);
    assert.equal((await browser.start('consumer', { transaction })).outcome, 'redirect');
  });
});

test('several tabs', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('two open requests are answered separately', async () => {
    const browser = new Browser(origin);
    const one = await card(browser, client, { prompt: 'consent', state: 'one', scope: 'openid profile' });
    const two = await card(browser, client, { prompt: 'consent', state: 'two', scope: 'openid email' });
    const second = await browser.allow(two);
    const first = await browser.allow(one);
    assert.equal((await client.redeem(first.answer.redirect_uri, { state: 'one' })).scope, 'openid profile');
    assert.equal((await client.redeem(second.answer.redirect_uri, { state: 'two' })).scope, 'openid email');
  });

  await t.test('decisions in two tabs at the same moment both count', async () => {
    const browser = new Browser(origin);
    const tabs = [];
    for (let tab = 0; tab < 5; tab += 1) tabs.push(await card(browser, client, { prompt: 'consent' }));
    const results = await Promise.all(tabs.map((shown) => browser.allow(shown)));
    for (const { answer } of results) assert.ok((await client.redeem(answer.redirect_uri)).access_token);
  });

  await t.test('logging out and in again during decisions breaks nothing', async () => {
    for (let round = 0; round < 5; round += 1) {
      const browser = new Browser(origin);
      const tabs = [await card(browser, client), await card(browser, client)];
      const [one, two, , , next] = await Promise.all([
        browser.allow(tabs[0]),
        browser.allow(tabs[1]),
        browser.ok('/account/logout', {}),
        browser.login(GRACE),
        browser.start('consumer', await client.query({ prompt: 'consent' })),
      ]);
      for (const { status, answer } of [one, two]) {
        assert.equal(status, 200);
        assert.match(answer.outcome, /^(redirect|login|consent)$/);
      }
      assert.match(next.outcome, /^(consent|login)$/);
    }
  });

  await t.test('two people in two browsers do not interfere', async () => {
    const [ada, grace] = [new Browser(origin), new Browser(origin)];
    const hers = await card(ada, client, { prompt: 'consent' });
    const theirs = await card(grace, client, { prompt: 'consent' }, { email: GRACE });
    const [one, two] = await Promise.all([ada.allow(hers), grace.allow(theirs)]);
    assert.equal((await client.redeem(one.answer.redirect_uri)).claims().sub, 'account-ada');
    assert.equal((await client.redeem(two.answer.redirect_uri)).claims().sub, 'account-grace');
  });
});
