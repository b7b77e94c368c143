import assert from 'node:assert/strict';
import test from 'node:test';
import { ADA, Browser, Client, card, connect, errorOf, startServer } from './harness.mjs';

test('from a request to tokens', async (t) => {
  const { origin } = await startServer(t);

  await t.test('a client gets verified tokens and userinfo, with a secret or without', async () => {
    for (const id of ['third-party-public', 'third-party-confidential']) {
      const client = await Client.known(origin, id);
      const tokens = await client.redeem(await connect(new Browser(origin), client, { nonce: 'a-nonce' }), { expectedNonce: 'a-nonce' });
      const { sub, aud } = tokens.claims();
      assert.deepEqual([sub, aud, tokens.scope], ['account-ada', id, 'openid profile email']);
      const userinfo = await client.userinfo(tokens);
      assert.deepEqual(userinfo, { sub: 'account-ada', name: 'Ada Lovelace', email: ADA, email_verified: true });
      assert.equal(tokens.refresh_token, undefined);
    }
  });

  await t.test('the card shows the account, the known scopes and the redirect address', async () => {
    const client = await Client.known(origin);
    const shown = await card(new Browser(origin), client, { scope: 'openid photos.write unheard.of' });
    assert.equal(shown.outcome, 'consent');
    assert.deepEqual(shown.account, { sub: 'account-ada', name: 'Ada Lovelace', email: ADA });
    assert.deepEqual(shown.scopes.map(({ scope, required, sensitive }) => [scope, required, sensitive]), [
      ['openid', true, false], ['photos.write', false, true],
    ]);
    assert.equal(shown.redirect_uri, client.redirectUri);
    assert.deepEqual(shown.organizations, []);
    assert.equal(shown.organization, undefined);
  });

  await t.test('deny gives the client access_denied with its state and the issuer', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    const shown = await card(browser, client, { state: 'a+b/c=&d#e %' });
    const { answer } = await browser.deny(shown.transaction);
    const url = new URL(answer.redirect_uri);
    assert.equal(errorOf(url), 'access_denied');
    assert.equal(url.searchParams.get('state'), 'a+b/c=&d#e %');
    assert.equal(url.searchParams.get('iss'), origin);
    await assert.rejects(client.redeem(url), { error: 'access_denied' });
  });

  await t.test('deny works without a session, and after the session has ended', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    const { outcome, reason, transaction } = await browser.start('consumer', await client.query());
    assert.deepEqual([outcome, reason], ['login', 'no_session']);
    const { answer } = await browser.deny(transaction);
    assert.equal(errorOf(answer.redirect_uri), 'access_denied');

    const shown = await card(browser, client);
    await browser.ok('/account/logout', {});
    const later = await browser.deny(shown.transaction);
    assert.equal(errorOf(later.answer.redirect_uri), 'access_denied');
  });

  await t.test('a state of every reserved character survives login and comes back byte for byte', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    const state = 'a+b/c=&d#e %';
    const query = await client.query({ state, prompt: 'consent' });
    const { transaction } = await browser.start('consumer', query);
    const returnTo = `/oauth/authorize?transaction=${transaction}`;
    const { return_to: back } = await browser.login(ADA, { returnTo });
    assert.equal(back, returnTo);
    const shown = await browser.start('consumer', { transaction });
    const { answer } = await browser.allow(shown);
    assert.equal(new URL(answer.redirect_uri).searchParams.get('state'), state);
    await client.redeem(answer.redirect_uri, { state });
  });

  await t.test('the query itself survives a hand-off that carries it', async () => {
    const browser = new Browser(origin);
    const query = await (await Client.known(origin)).query({ state: 'a+b/c=&d#e %' });
    const { return_to: back } = await browser.login(ADA, { returnTo: `/oauth/authorize?${query}` });
    assert.equal(back, `/oauth/authorize?${query}`);
  });

  await t.test('the raw query reaches the engine unchanged, also quotes and brackets', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    await browser.login(ADA);
    for (const [sent, received] of [[`'%22%3C%22%3C%3E%C3%A9'`, `'"<"<>é'`], [`'"<>|^\``, `'"<>|^\``]]) {
      const query = (await client.query({ prompt: 'consent' })).replace(/&state=[^&]*/, '');
      const shown = await browser.start('consumer', `${query}&state=${sent}`);
      const { answer } = await browser.deny(shown.transaction);
      assert.equal(new URL(answer.redirect_uri).searchParams.get('state'), received);
    }
  });

  await t.test('a request without a scope gets the default', async () => {
    const client = await Client.known(origin);
    const query = new URLSearchParams(await client.query({ prompt: 'consent' }));
    query.delete('scope');
    const browser = new Browser(origin);
    await browser.login(ADA);
    const shown = await browser.start('consumer', query.toString());
    assert.deepEqual(shown.scopes.map(({ scope }) => scope), ['openid', 'profile']);
    const { answer } = await browser.allow(shown);
    assert.equal((await client.redeem(answer.redirect_uri)).scope, 'openid profile');
  });

  await t.test('only what was ticked is granted', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    const shown = await card(browser, client, { scope: 'openid profile email photos.read', prompt: 'consent' });
    const { answer } = await browser.allow(shown, { without: ['email', 'photos.read'] });
    const tokens = await client.redeem(answer.redirect_uri);
    assert.equal(tokens.scope, 'openid profile');
    assert.equal((await client.userinfo(tokens)).email, undefined);
  });

  await t.test('an API’s scopes are shown and granted at that API', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    const resource = 'https://photos.example/api';
    const shown = await card(browser, client, { scope: 'openid photos.read photos.write calendar.read', resource });
    assert.deepEqual(shown.resources, [{ resource, name: 'Photos' }]);
    assert.deepEqual(shown.scopes.map((entry) => [entry.scope, entry.resource]), [
      ['openid', undefined], ['photos.read', resource], ['photos.write', resource], ['calendar.read', undefined],
    ]);
    const { answer } = await browser.allow(shown, { without: ['photos.write', 'calendar.read'] });
    const tokens = await client.redeem(answer.redirect_uri);
    assert.equal(tokens.scope, 'openid');
  });
});
