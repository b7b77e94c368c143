/** The scope of a request: what is asked, what is refused, and whose scopes they are. */
import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { belongsTo } from '../../examples/authorization-server/fixtures/scopes.mjs';
import { transactionOf } from './answers.mjs';
import { ADA, Browser, Client, GRACE, card, errorOf, startServer } from './harness.mjs';

const REALMS = { consumer: '', b2b: '/b2b' };
const LOCAL = 'http://localhost:9000/mcp';
const named = ({ scopes }) => scopes.map(({ scope, resource }) => (resource ? `${scope} at ${resource}` : scope));

async function register(origin, metadata, prefix = '') {
  const response = await fetch(`${origin}${prefix}/oauth/register`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: ['https://app.example/cb'], token_endpoint_auth_method: 'none', ...metadata }),
  });
  return { status: response.status, answer: await response.json() };
}

for (const [realm, prefix] of Object.entries(REALMS)) {
  test(`a scope of which nothing can be granted is invalid_scope at once (${realm})`, async (t) => {
    const { origin } = await startServer(t);
    const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const jwk = { ...await crypto.subtle.exportKey('jwk', publicKey), kid: 'key', use: 'sig', alg: 'ES256' };
    const client = await Client.registered(origin, { jwks: { keys: [jwk] }, grant_types: ['authorization_code', 'refresh_token'] }, prefix);
    const managed = await Client.known(origin, 'third-party-public', { realm });
    const browser = new Browser(origin);
    await browser.login(GRACE);
    const refused = [
      { scope: 'offline_access' }, { scope: 'claudeai' }, { scope: 'claudeai user:profile' }, { scope: 'offline_access claudeai' },
      { scope: 'mcp:tools', resource: 'https://photos.example/api' }, { scope: 'OPENID' }, { scope: 'offline_access', resource: LOCAL },
    ];
    const fails = async (location) => {
      const url = new URL(location);
      assert.deepEqual([url.searchParams.get('error'), url.searchParams.has('error_description')], ['invalid_scope', true]);
    };

    await t.test('with a session and without, with prompt=none, too', async () => {
      for (const parameters of refused) {
        const answer = await browser.start(realm, await client.query(parameters));
        assert.equal(answer.outcome, 'redirect', JSON.stringify(parameters));
        await fails(answer.redirect_uri);
        await fails((await new Browser(origin).start(realm, await managed.query(parameters))).redirect_uri);
        const silent = await browser.fetch(`${prefix}/oauth/authorize?${await client.query({ ...parameters, prompt: 'none' })}`);
        await fails(silent.headers.get('location'));
      }
    });

    await t.test('by POST, pushed and signed', async () => {
      for (const parameters of refused.slice(0, 3)) {
        const posted = await browser.postFrom('null', `${prefix}/oauth/authorize`, await client.query(parameters));
        await fails((await browser.resume(transactionOf(posted), realm)).answer.redirect_uri);
        await assert.rejects(oauth.buildAuthorizationUrlWithPAR(client.config, await client.parameters(parameters)), { error: 'invalid_scope' });
        const signed = await oauth.buildAuthorizationUrlWithJAR(client.config, await client.parameters(parameters), { key: privateKey, kid: 'key' });
        await fails((await browser.fetch(signed.pathname + signed.search)).headers.get('location'));
      }
    });

    await t.test('and what can be granted is asked, without the rest', async () => {
      for (const [parameters, asked] of [
        [{ scope: 'openid claudeai' }, ['openid']], [{ scope: 'photos.read offline_access' }, ['photos.read']],
        [{ scope: 'offline_access', prompt: 'consent' }, ['offline_access']],
        [{ scope: 'claudeai offline_access', prompt: 'consent' }, ['offline_access']],
      ]) assert.deepEqual(named(await browser.start(realm, await client.query(parameters))), asked, JSON.stringify(parameters));
    });

    await t.test('and an omitted or empty scope gets the default, however the request comes', async () => {
      for (const scope of [undefined, '']) {
        const asked = ['openid', 'profile'];
        assert.deepEqual(named(await browser.start(realm, await client.query({ scope }))), asked);
        const posted = await browser.postFrom('null', `${prefix}/oauth/authorize`, await client.query({ scope }));
        assert.deepEqual(named((await browser.resume(transactionOf(posted), realm)).answer), asked);
        const signed = await oauth.buildAuthorizationUrlWithJAR(client.config, await client.parameters({ scope }), { key: privateKey, kid: 'key' });
        assert.deepEqual(named((await browser.resume(transactionOf(await browser.fetch(signed.pathname + signed.search)), realm)).answer), asked);
        const pushed = await oauth.buildAuthorizationUrlWithPAR(client.config, await client.parameters({ scope }));
        assert.deepEqual(named((await browser.resume(transactionOf(await browser.fetch(pushed.pathname + pushed.search)), realm)).answer), asked);
      }
    });

    await t.test('and a scope that was pushed or signed is the one that is asked', async () => {
      const scope = 'openid photos.read';
      const pushed = await oauth.buildAuthorizationUrlWithPAR(client.config, await client.parameters({ scope }));
      const signed = await oauth.buildAuthorizationUrlWithJAR(client.config, await client.parameters({ scope }), { key: privateKey, kid: 'key' });
      for (const address of [pushed, signed]) {
        const { answer } = await browser.resume(transactionOf(await browser.fetch(address.pathname + address.search)), realm);
        assert.deepEqual(named(answer), scope.split(' '));
      }
    });

    await t.test('a client without refresh tokens is not asked for offline_access', async () => {
      const plain = await Client.registered(origin, { grant_types: ['authorization_code'] }, prefix);
      const answer = await browser.start(realm, await plain.query({ scope: 'offline_access', prompt: 'consent' }));
      assert.equal(errorOf(answer.redirect_uri), 'invalid_scope');
    });
  });
}

test('a scope at open registration', async (t) => {
  const { origin, site } = await startServer(t);

  await t.test('is no ceiling, and may be of an API that nobody here knows', async () => {
    for (const [realm, prefix] of Object.entries(REALMS)) {
      for (const scope of ['openid', 'photos.read', 'mcp:tools', 'openid mcp:tools', 'no.such']) {
        const { status, answer } = await register(origin, { scope }, prefix);
        assert.deepEqual([status, answer.scope], [201, undefined], scope);
        const client = await Client.registered(origin, { scope }, prefix);
        const asked = 'openid profile photos.read';
        const shown = await card(new Browser(origin), client, { scope: asked }, { realm, email: GRACE });
        assert.equal(named(shown).join(' '), asked);
      }
    }
  });

  await t.test('that is stored is none, either', async () => {
    const { answer } = await register(origin, {});
    await site.realms.consumer.store.adapter('Client').upsert(answer.client_id, { ...answer, scope: 'openid mcp:tools' });
    const client = await site.realms.consumer.provider.Client.find(answer.client_id);
    assert.equal(client.scope, undefined);
  });

  await t.test('must still be text', async () => {
    assert.equal((await register(origin, { scope: 7 })).status, 400);
  });

  await t.test('of a managed client is one', async () => {
    const entered = { client_id: 'calendar-service', redirect_uris: [], response_types: [], grant_types: ['client_credentials'], client_secret: 'x'.repeat(32) };
    await site.realms.consumer.provider.Client.validate({ ...entered, scope: 'calendar.read' });
    await assert.rejects(site.realms.consumer.provider.Client.validate({ ...entered, scope: 'no.such' }), { error: 'invalid_client_metadata' });
    const service = await Client.known(origin, 'calendar-service');
    const resource = 'https://calendar.example/api';
    const { scope } = await oauth.clientCredentialsGrant(service.config, { resource, scope: 'calendar.read' });
    assert.equal(scope, 'calendar.read');
    await assert.rejects(oauth.clientCredentialsGrant(service.config, { resource, scope: 'contacts.read' }), { error: 'invalid_scope' });
  });
});

test('an API with scopes of its own', async (t) => {
  const { origin } = await startServer(t);
  const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

  await t.test('has them by name on the card, and in its token if they are ticked', async () => {
    for (const [realm, prefix] of Object.entries(REALMS)) {
      const client = await Client.registered(origin, { grant_types: ['authorization_code', 'refresh_token'] }, prefix);
      const browser = new Browser(origin);
      const scope = 'openid offline_access mcp:tools mcp:files';
      const shown = await card(browser, client, { scope, resource: LOCAL }, { realm, email: GRACE });
      assert.deepEqual(named(shown), ['openid', 'offline_access', `mcp:tools at ${LOCAL}`, `mcp:files at ${LOCAL}`]);
      const row = shown.scopes.find((entry) => entry.scope === 'mcp:tools');
      assert.deepEqual([row.title, row.grantable, row.required], [undefined, true, false]);
      const { answer } = await browser.allow(shown, { without: ['mcp:files'] });
      const tokens = await client.redeem(answer.redirect_uri, { parameters: { resource: LOCAL } });
      const { aud, scope: granted } = claims(tokens.access_token);
      assert.deepEqual([aud, granted], [LOCAL, 'mcp:tools']);
      const renewed = await oauth.refreshTokenGrant(client.config, tokens.refresh_token, { resource: LOCAL });
      assert.equal(claims(renewed.access_token).scope, 'mcp:tools');
    }
  });

  await t.test('has none of the account’s scopes, and no other API has its', async () => {
    const client = await Client.registered(origin, {});
    const browser = new Browser(origin);
    await browser.login(ADA);
    const at = async (resource, scope, prompt = 'consent') => named(await browser.start('consumer', await client.query({ resource, scope, prompt })));
    assert.deepEqual(await at(LOCAL, 'mcp:tools', ''), [`mcp:tools at ${LOCAL}`], 'the user is asked');
    assert.deepEqual([belongsTo('https://unknown.example/api', 'mcp:tools'), belongsTo(LOCAL, 'mcp:tools')], [false, true]);
    assert.deepEqual(await at(LOCAL, 'openid profile email offline_access'), ['openid', 'profile', 'email']);
    assert.deepEqual(await at('http://[::1]:9000/mcp', 'mcp:tools'), ['mcp:tools at http://[::1]:9000/mcp']);
    assert.deepEqual(await at('https://photos.example/api', 'openid mcp:tools photos.read'), ['openid', 'photos.read at https://photos.example/api']);
    assert.deepEqual(await at(undefined, 'openid mcp:tools'), ['openid']);
  });
});
