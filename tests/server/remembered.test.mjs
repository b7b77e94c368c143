import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { ADA, Browser, Client, KEPT, card, connect, errorOf, startServer } from './harness.mjs';

const ask = async (browser, client, more, realm = 'consumer') => browser.start(realm, await client.query(more));
const silently = async (browser, client, more) => {
  const response = await browser.fetch(`/oauth/authorize?${await client.query({ prompt: 'none', ...more })}`);
  return response.headers.get('location');
};
const scopes = ({ scopes: all }, what) => all.filter((entry) => entry[what]).map(({ scope }) => scope);

test('remembered consent', async (t) => {
  const { origin } = await startServer(t);
  const fresh = (metadata = {}) => Client.registered(origin, { client_name: 'Fresh', ...metadata });

  await t.test('a third-party web client asks once, also one that registered itself', async () => {
    for (const client of [
      await Client.known(origin), await Client.known(origin, 'third-party-confidential'), await fresh(), await fresh({ application_type: 'native' }),
    ]) {
      const browser = new Browser(origin);
      const shown = await card(browser, client, { prompt: undefined });
      assert.equal(shown.remember, 'choice');
      await browser.allow(shown, KEPT);
      const again = await ask(browser, client);
      assert.equal(again.outcome, 'redirect');
      assert.ok((await client.redeem(again.redirect_uri)).access_token);
      assert.equal(errorOf(await silently(browser, client)), null);
    }
  });

  await t.test('a first-party confidential client needs no card, except with prompt=consent', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const client = await Client.known(origin, 'first-party-confidential');
    const answer = await ask(browser, client, { scope: 'openid profile photos.write' });
    assert.equal((await client.redeem(answer.redirect_uri)).scope, 'openid profile photos.write');
    assert.equal(errorOf(await silently(browser, client)), null);
    const shown = await ask(browser, client, { prompt: 'consent' });
    assert.deepEqual([shown.outcome, shown.client.party], ['consent', 'first']);
  });

  await t.test('a first-party public client needs a card like a third party', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin, 'first-party-public');
    const shown = await card(browser, client, { prompt: undefined });
    assert.deepEqual([shown.outcome, shown.client.party, shown.remember], ['consent', 'first', 'choice']);
    await browser.allow(shown, KEPT);
    assert.equal((await ask(browser, client)).outcome, 'redirect');
  });

  await t.test('asks again when scopes grow, and not when they shrink', async () => {
    const browser = new Browser(origin);
    const client = await fresh();
    await connect(browser, client, { scope: 'openid profile' });
    assert.equal((await ask(browser, client, { scope: 'openid' })).outcome, 'redirect');
    const grown = await ask(browser, client, { scope: 'openid profile calendar.read' });
    assert.deepEqual(scopes(grown, 'granted'), ['openid', 'profile']);
    assert.equal(errorOf(await silently(browser, client, { scope: 'openid profile calendar.read' })), 'consent_required');
    await browser.allow(grown, KEPT);
    assert.equal((await ask(browser, client, { scope: 'openid profile calendar.read' })).outcome, 'redirect');
  });

  await t.test('a scope that was unticked is asked for again and can be allowed later', async () => {
    const browser = new Browser(origin);
    const client = await fresh();
    const scope = 'openid profile photos.write';
    const shown = await card(browser, client, { scope, prompt: undefined });
    const first = await browser.allow(shown, { ...KEPT, without: ['photos.write'] });
    assert.equal((await client.redeem(first.answer.redirect_uri)).scope, 'openid profile');
    const again = await ask(browser, client, { scope });
    assert.deepEqual(scopes(again, 'granted'), ['openid', 'profile']);
    const second = await browser.allow(again, KEPT);
    assert.equal((await client.redeem(second.answer.redirect_uri)).scope, scope);
    const third = await ask(browser, client, { scope });
    assert.equal((await client.redeem(third.redirect_uri)).scope, scope);
  });

  await t.test('a scope that was allowed and is unticked later is withdrawn', async () => {
    const browser = new Browser(origin);
    const client = await fresh();
    const scope = 'openid profile photos.write';
    await connect(browser, client, { scope });
    const shown = await ask(browser, client, { scope, prompt: 'consent' });
    await browser.allow(shown, { without: ['photos.write'] });
    assert.equal((await ask(browser, client, { scope })).outcome, 'consent');
    assert.equal((await ask(browser, client, { scope: 'openid profile' })).outcome, 'redirect');
  });

  await t.test('is kept only if the user chooses it', async () => {
    for (const remember of [undefined, false]) {
      const browser = new Browser(origin);
      const client = await fresh();
      const shown = await card(browser, client, { prompt: undefined });
      assert.equal(shown.remember, 'choice');
      await browser.allow(shown, remember === undefined ? {} : { remember });
      const again = await ask(browser, client);
      assert.equal(again.outcome, 'consent');
      assert.deepEqual(scopes(again, 'granted'), ['openid', 'profile', 'email'], 'the card says what was allowed before');
    }
  });

  await t.test('is not kept if the card did not offer it', async () => {
    const browser = new Browser(origin);
    const client = await Client.known(origin, 'first-party-confidential');
    const shown = await card(browser, client);
    assert.equal(shown.remember, 'never');
    await browser.allow(shown, KEPT);
    assert.equal((await card(browser, client)).remember, 'never');
    const several = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
    const theirs = await card(browser, several, {}, { realm: 'b2b' });
    assert.equal(theirs.remember, 'never');
    await browser.allow(theirs, KEPT);
    assert.equal((await ask(browser, several, {}, 'b2b')).outcome, 'consent');
  });

  await t.test('stays after a later decision without it', async () => {
    const browser = new Browser(origin);
    const client = await fresh();
    await connect(browser, client);
    await browser.allow(await ask(browser, client, { prompt: 'consent' }));
    assert.equal((await ask(browser, client)).outcome, 'redirect');
  });

  await t.test('is not kept for a denial', async () => {
    const browser = new Browser(origin);
    const client = await fresh();
    const shown = await card(browser, client, { prompt: undefined });
    await browser.deny(shown.transaction);
    assert.equal((await ask(browser, client)).outcome, 'consent');
  });

  await t.test('holds for the redirect address it was given for', async () => {
    const browser = new Browser(origin);
    const client = await fresh({ redirect_uris: ['https://app.example/one', 'https://app.example/two'] });
    await connect(browser, client);
    const two = { redirect_uri: 'https://app.example/two' };
    const there = await ask(browser, client, { ...two, scope: 'openid calendar.read' });
    assert.equal(there.outcome, 'consent');
    await browser.allow(there, KEPT);
    assert.equal((await ask(browser, client, { ...two, scope: 'openid calendar.read' })).outcome, 'redirect');
    assert.equal((await ask(browser, client, two)).outcome, 'consent');
    assert.equal((await ask(browser, client)).outcome, 'redirect');
    assert.equal((await ask(browser, client, { scope: 'openid calendar.read' })).outcome, 'consent');
  });

  await t.test('survives a logout', async () => {
    const browser = new Browser(origin);
    const client = await fresh();
    await connect(browser, client);
    await browser.ok('/account/logout', {});
    await browser.login(ADA);
    assert.equal((await ask(browser, client)).outcome, 'redirect');
  });

  await t.test('belongs to the account', async () => {
    const browser = new Browser(origin);
    const client = await fresh();
    await connect(browser, client);
    await browser.login('grace@example.com');
    assert.equal((await ask(browser, client)).outcome, 'consent');
  });

  await t.test('holds for an API’s scopes at that API', async () => {
    const browser = new Browser(origin);
    const client = await fresh();
    const photos = { scope: 'openid photos.read', resource: 'https://photos.example/api' };
    await connect(browser, client, photos);
    assert.equal((await ask(browser, client, photos)).outcome, 'redirect');
    assert.equal((await ask(browser, client, { scope: 'openid photos.read' })).outcome, 'consent');
    assert.equal((await ask(browser, client, { ...photos, resource: 'http://localhost:9000/api' })).outcome, 'consent');
  });
});

test('offline_access', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const scope = 'openid profile offline_access';

  await t.test('is its own line with prompt=consent, and gives a refresh token that outlives the login', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { scope });
    assert.ok(shown.scopes.some((entry) => entry.scope === 'offline_access' && entry.title));
    const { answer } = await browser.allow(shown);
    const tokens = await client.redeem(answer.redirect_uri);
    assert.ok(tokens.refresh_token);
    await browser.ok('/account/logout', {});
    const renewed = await oauth.refreshTokenGrant(client.config, tokens.refresh_token);
    assert.equal((await client.userinfo(renewed)).name, 'Ada Lovelace');
  });

  await t.test('is dropped without prompt=consent', async () => {
    const shown = await card(new Browser(origin), client, { scope: `${scope} contacts.read`, prompt: undefined });
    assert.deepEqual(shown.scopes.map((entry) => entry.scope), ['openid', 'profile', 'contacts.read']);
  });

  await t.test('can be unticked', async () => {
    const browser = new Browser(origin);
    const { answer } = await browser.allow(await card(browser, client, { scope }), { without: ['offline_access'] });
    assert.equal((await client.redeem(answer.redirect_uri)).refresh_token, undefined);
  });

  await t.test('without it, tokens end with the login', async () => {
    const browser = new Browser(origin);
    const tokens = await client.redeem(await connect(browser, client));
    await client.userinfo(tokens);
    await browser.ok('/account/logout', {});
    await assert.rejects(client.userinfo(tokens));
  });
});
