import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { createStore } from '../../examples/authorization-server/engine/store.mjs';
import { Browser, CLIENT_ORIGIN, Client, card, connect, startServer } from './harness.mjs';

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

test('browsers of other origins', async (t) => {
  const { origin } = await startServer(t);
  const from = (where) => ({ headers: { origin: where } });
  const allowed = (response) => response.headers.get('access-control-allow-origin');

  await t.test('read metadata and keys', async () => {
    for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/oauth/jwks', '/b2b/.well-known/openid-configuration']) {
      assert.equal(allowed(await fetch(origin + path, from('https://anywhere.example'))), 'https://anywhere.example', path);
    }
  });

  await t.test('redeem and revoke for a public client registered there', async () => {
    const client = await Client.known(origin);
    const address = new URL(await connect(new Browser(origin), client));
    const token = (where, id) => fetch(`${origin}/oauth/token`, {
      method: 'POST', ...from(where), body: new URLSearchParams({ grant_type: 'authorization_code', client_id: id, code: address.searchParams.get('code'), redirect_uri: client.redirectUri, code_verifier: 'v'.repeat(43) }),
    });
    assert.equal(allowed(await token(CLIENT_ORIGIN, 'third-party-public')), CLIENT_ORIGIN);
    assert.equal(allowed(await token('https://evil.example', 'third-party-public')), null);
    const tokens = await client.redeem(await connect(new Browser(origin), client));
    const userinfo = (where) => fetch(`${origin}/oauth/userinfo`, { headers: { origin: where, authorization: `Bearer ${tokens.access_token}` } });
    assert.equal(allowed(await userinfo(CLIENT_ORIGIN)), CLIENT_ORIGIN);
    assert.equal(allowed(await userinfo('https://evil.example')), null);
    const revoke = (where) => fetch(`${origin}/oauth/revoke`, { method: 'POST', ...from(where), body: new URLSearchParams({ client_id: 'third-party-public', token: tokens.access_token }) });
    assert.equal(allowed(await revoke(CLIENT_ORIGIN)), CLIENT_ORIGIN);
  });

  await t.test('get nothing anywhere else', async () => {
    for (const [path, init] of [
      ['/oauth/par', { method: 'POST', body: new URLSearchParams({ client_id: 'third-party-public' }) }],
      ['/oauth/introspect', { method: 'POST', body: new URLSearchParams({ client_id: 'third-party-public', token: 'x' }) }],
      ['/oauth/register', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
      ['/oauth/authorize', {}], ['/oauth/logout', {}], ['/login', {}], ['/', {}], ['/favicon.svg', {}],
    ]) {
      const response = await fetch(origin + path, { ...init, headers: { ...init.headers, origin: CLIENT_ORIGIN } });
      assert.equal(allowed(response), null, path);
    }
    assert.equal((await fetch(`${origin}/oauth/par`, { method: 'OPTIONS', ...from(CLIENT_ORIGIN) })).status, 405);
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

  await t.test('a registered client stays for a year', async () => {
    const client = await Client.registered(origin, { client_name: 'Older' });
    clock.advance(365 * 24 * 60 * 60);
    const shown = await card(new Browser(origin), client);
    assert.equal(shown.client.name, 'Older');
  });
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
