import assert from 'node:assert/strict';
import test from 'node:test';
import { ADA, Browser, CLIENT_ORIGIN, Client, card, connect, errorOf, startServer } from './harness.mjs';

test('the way from a request to tokens', async (t) => {
  const { origin } = await startServer(t);

  await t.test('a client gets verified tokens and userinfo', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    const tokens = await client.redeem(await connect(browser, client, { nonce: 'a-nonce' }), { expectedNonce: 'a-nonce' });
    assert.equal(tokens.claims().sub, 'account-ada');
    assert.equal(tokens.scope, 'openid profile email');
    const userinfo = await client.userinfo(tokens);
    assert.deepEqual(userinfo, { sub: 'account-ada', name: 'Ada Lovelace', email: ADA, email_verified: true });
    assert.equal(tokens.refresh_token, undefined);
  });

  await t.test('a confidential client gets tokens too', async () => {
    const client = await Client.known(origin, 'third-party-confidential');
    const tokens = await client.redeem(await connect(new Browser(origin), client));
    assert.equal(tokens.claims().aud, 'third-party-confidential');
  });

  await t.test('the card says who asks for what, in the server’s words', async () => {
    const client = await Client.known(origin);
    const shown = await card(new Browser(origin), client, { scope: 'openid photos.write unheard.of' });
    assert.equal(shown.outcome, 'consent');
    assert.equal(shown.client.name, 'Photo Printer');
    assert.equal(shown.client.party, 'third');
    assert.equal(shown.client.verified, true);
    assert.equal(shown.client.registration, 'managed');
    assert.equal(shown.client.logo_uri, '/logos/third-party-public');
    assert.deepEqual(shown.account, { sub: 'account-ada', name: 'Ada Lovelace', email: ADA });
    assert.deepEqual(shown.scopes.map(({ scope, required, sensitive }) => [scope, required, sensitive]), [
      ['openid', true, false], ['photos.write', false, true],
    ]);
    assert.equal(shown.redirect_uri, `${CLIENT_ORIGIN}/callback`);
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

  await t.test('deny works without a session', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    const { outcome, reason, transaction } = await browser.start('consumer', await client.query());
    assert.deepEqual([outcome, reason], ['login', 'no_session']);
    const { answer } = await browser.deny(transaction);
    assert.equal(errorOf(answer.redirect_uri), 'access_denied');
  });

  await t.test('deny works after the session has ended', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, await Client.known(origin));
    await browser.ok('/account/logout', {});
    const { answer } = await browser.deny(shown.transaction);
    assert.equal(errorOf(answer.redirect_uri), 'access_denied');
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

  await t.test('the raw query reaches the engine untouched', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    const query = `${(await client.query({ prompt: 'consent' })).replace(/&state=[^&]*/, '')}&state='%22%3C"<>%C3%A9'`;
    await browser.login(ADA);
    const shown = await browser.start('consumer', query.replace(/["<>]/g, (character) => (character === '"' ? '%22' : encodeURIComponent(character))));
    const { answer } = await browser.deny(shown.transaction);
    assert.equal(new URL(answer.redirect_uri).searchParams.get('state'), '\'"<"<>é\'');
  });

  await t.test('quotes and brackets as they are reach the engine, too', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin);
    await browser.login(ADA);
    const shown = await browser.start('consumer', `${(await client.query({ prompt: 'consent' })).replace(/&state=[^&]*/, '')}&state='"<>|^\``);
    const { answer } = await browser.deny(shown.transaction);
    assert.equal(new URL(answer.redirect_uri).searchParams.get('state'), '\'"<>|^`');
  });

  await t.test('no scope asked for gets the default', async () => {
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
