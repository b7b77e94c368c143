import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { createStore } from '../../examples/authorization-server/engine/store.mjs';
import { Browser, Client, card, connect, startServer } from './harness.mjs';

test('the token side', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('a client needs only discovery and registration', async () => {
    const config = await oauth.dynamicClientRegistration(new URL(origin), {
      redirect_uris: ['https://somewhere.example/callback'], client_name: 'Anybody', grant_types: ['authorization_code', 'refresh_token'],
    }, oauth.ClientSecretBasic(), { execute: [oauth.allowInsecureRequests] });
    const app = new Client(config, 'https://somewhere.example/callback');
    const tokens = await app.redeem(await connect(new Browser(origin), app, { scope: 'openid offline_access', prompt: 'consent' }));
    assert.ok(tokens.refresh_token);
  });

  await t.test('PKCE is required of public clients and checked', async () => {
    const browser = new Browser(origin);
    const address = await connect(browser, client);
    const wrong = oauth.authorizationCodeGrant(client.config, new URL(address), {
      pkceCodeVerifier: oauth.randomPKCECodeVerifier(), expectedState: new URL(address).searchParams.get('state'),
    });
    await assert.rejects(wrong, { error: 'invalid_grant' });
  });

  await t.test('a code works once', async () => {
    const address = await connect(new Browser(origin), client);
    await client.redeem(address);
    await assert.rejects(client.redeem(address), { error: 'invalid_grant' });
  });

  await t.test('an API gets a signed token for itself', async () => {
    const resource = 'https://photos.example/api';
    const app = await Client.registered(origin, {});
    const address = await connect(new Browser(origin), app, { scope: 'openid photos.read', resource });
    const tokens = await app.redeem(address, { parameters: { resource } });
    const payload = JSON.parse(Buffer.from(tokens.access_token.split('.')[1], 'base64url'));
    assert.deepEqual([payload.aud, payload.scope, payload.iss], [resource, 'photos.read', origin]);
  });

  await t.test('DPoP binds a token to a key', async () => {
    const handle = oauth.getDPoPHandle(client.config, await oauth.randomDPoPKeyPair());
    const tokens = await client.redeem(await connect(new Browser(origin), client), { options: { DPoP: handle } });
    assert.equal(tokens.token_type, 'dpop');
    const userinfo = await oauth.fetchUserInfo(client.config, tokens.access_token, 'account-ada', { DPoP: handle });
    assert.equal(userinfo.name, 'Ada Lovelace');
    await assert.rejects(oauth.fetchUserInfo(client.config, tokens.access_token, 'account-ada'));
  });

  await t.test('errors of the endpoints are JSON, whatever is accepted', async () => {
    const response = await fetch(`${origin}/oauth/token`, { method: 'POST', headers: { accept: 'text/html' }, body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'third-party-public' }) });
    assert.equal(response.status, 400);
    assert.equal((await response.json()).error, 'invalid_request');
  });
});

test('state', async (t) => {
  const { origin, clock, site } = await startServer(t);

  await t.test('no number of anonymous requests evicts a registered client', async () => {
    const client = await Client.registered(origin, { client_name: 'Long-lived' });
    const { search } = await oauth.buildAuthorizationUrlWithPAR(client.config, await client.parameters());
    const { store } = site.realms.consumer;
    const before = store.size;
    const response = await fetch(`${origin}/oauth/authorize${search}`, { redirect: 'manual' });
    assert.match(response.headers.get('location'), /transaction=/);
    assert.ok(store.size > before, 'the engine keeps what it knows of the request in this store');
    const interactions = store.adapter('Interaction');
    for (let count = 0; count < 5000; count += 1) await interactions.upsert(`anonymous-${count}`, { uid: `anonymous-${count}` }, 3600);
    assert.equal((await card(new Browser(origin), client)).client.name, 'Long-lived');
  });

  await t.test('a registered client that a user has allowed stays for a year, any other one for a day', async () => {
    const used = await Client.registered(origin, { client_name: 'Older' });
    const unused = await Client.registered(origin, { client_name: 'Never used' });
    await connect(new Browser(origin), used);
    const denied = await card(new Browser(origin), unused);
    assert.equal(denied.client.name, 'Never used');
    // A minute, for a machine that is busy: the clock runs on.
    clock.advance(24 * 60 * 60 - 60);
    assert.equal((await card(new Browser(origin), unused)).client.name, 'Never used');
    clock.advance(61);
    assert.equal((await new Browser(origin).start('consumer', await unused.query())).error, 'invalid_client');
    clock.advance(365 * 24 * 60 * 60);
    const shown = await card(new Browser(origin), used);
    assert.equal(shown.client.name, 'Older');
  });
});

test('a registration is kept for good once it is used, also if it is changed later; other entries keep their time', async () => {
  let now = 0;
  const store = createStore(() => now, { unusedClient: 10 });
  const [clients, others] = [store.adapter('Client'), store.adapter('GrantOrganization')];
  await clients.upsert('used', { name: 'one' });
  store.keepClient('used');
  store.keepClient('unknown');
  await clients.upsert('unknown', { name: 'late' });
  await others.upsert('other', { kind: 'x' });
  await clients.upsert('used', { name: 'two' });
  now = 10_000;
  assert.equal(await clients.find('unknown'), undefined);
  assert.deepEqual(await others.find('other'), { kind: 'x' });
  assert.deepEqual(await clients.find('used'), { name: 'two' });
});

test('the store', async (t) => {
  let now = 0;
  const store = createStore(() => now);
  const codes = store.adapter('AuthorizationCode');
  const sessions = store.adapter('Session');

  await t.test('returns an entry until it expires', async () => {
    await codes.upsert('a', { kind: 'x' }, 60);
    now += 59_999;
    assert.deepEqual(await codes.find('a'), { kind: 'x' });
    now += 1;
    assert.equal(await codes.find('a'), undefined);
  });

  await t.test('keeps entries without a time to live, and models separate', async () => {
    await store.adapter('Client').upsert('a', { client_id: 'a' });
    now += 1e12;
    assert.deepEqual(await store.adapter('Client').find('a'), { client_id: 'a' });
    assert.equal(await codes.find('a'), undefined);
  });

  await t.test('hands out copies', async () => {
    const payload = { list: [1] };
    await codes.upsert('b', payload, 60);
    payload.list.push(2);
    (await codes.find('b')).list.push(3);
    assert.deepEqual(await codes.find('b'), { list: [1] });
  });

  await t.test('marks a code as consumed', async () => {
    await codes.upsert('c', {}, 60);
    await codes.consume('c');
    assert.equal((await codes.find('c')).consumed, Math.floor(now / 1000));
    await codes.consume('gone');
  });

  await t.test('finds a session by its uid under its newest id', async () => {
    await sessions.upsert('one', { uid: 'u' }, 60);
    await sessions.upsert('two', { uid: 'u' }, 60);
    await sessions.destroy('one');
    assert.deepEqual(await sessions.findByUid('u'), { uid: 'u' });
    await sessions.destroy('two');
    assert.equal(await sessions.findByUid('u'), undefined);
  });

  await t.test('ends everything under a grant but the interaction that led to it', async () => {
    const interactions = store.adapter('Interaction');
    await codes.upsert('d', { grantId: 'g' }, 60);
    await store.adapter('AccessToken').upsert('e', { grantId: 'g' }, 60);
    await interactions.upsert('f', { grantId: 'g' }, 60);
    await codes.revokeByGrantId('g');
    assert.equal(await codes.find('d'), undefined);
    assert.equal(await store.adapter('AccessToken').find('e'), undefined);
    assert.ok(await interactions.find('f'));
  });

  await t.test('removes expired entries', async () => {
    now += 1e9;
    await codes.upsert('last', {}, 60);
    assert.equal(store.size, 2, 'the client and the last code');
  });
});
