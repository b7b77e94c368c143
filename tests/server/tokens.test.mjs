// The clients that may get a token without a user, and those that may introspect and revoke tokens.
import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { trustOf } from '../../examples/authorization-server/fixtures/clients.mjs';
import { Browser, Client, card, connect, startServer } from './harness.mjs';

const CALENDAR = 'https://calendar.example/api';
const PHOTOS = 'https://photos.example/api';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

const execute = { execute: [oauth.allowInsecureRequests] };
const registered = (origin, metadata = {}) => oauth.dynamicClientRegistration(new URL(origin), {
  redirect_uris: ['https://somewhere.example/callback'], ...metadata,
}, oauth.ClientSecretBasic(), execute);

async function post(address, body, headers = {}) {
  const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return { status: response.status, answer: await response.json() };
}

/** Requests a token with a client's secret only. */
function tokenFor(origin, { client_id: id, client_secret: secret }, parameters) {
  const headers = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
  return fetch(`${origin}/oauth/token`, { method: 'POST', headers, body: new URLSearchParams({ grant_type: 'client_credentials', ...parameters }) });
}

test('a token without a user', async (t) => {
  const { origin, site } = await startServer(t);
  const service = await Client.known(origin, 'calendar-service');
  const ask = (more) => oauth.clientCredentialsGrant(service.config, more);

  await t.test('is not for a client that registers itself, in whatever way it asks for the grant', async () => {
    const wishes = [
      ['client_credentials'], ['authorization_code', 'client_credentials'], ['client_credentials', 'refresh_token', 'authorization_code'], ['client_credentials', 'client_credentials'],
      'client_credentials', ['CLIENT_CREDENTIALS'], ['client_credentials '], [DEVICE], [EXCHANGE], ['urn:openid:params:grant-type:ciba'], ['urn:ietf:params:oauth:grant-type:jwt-bearer'], ['password'],
    ];
    const shapes = [
      { redirect_uris: [], response_types: [] }, { client_id: 'calendar-service' }, { token_endpoint_auth_method: 'none' }, { application_type: 'native', redirect_uris: ['app.example:/back'] },
      { scope: 'calendar.read' }, { party: 'first', verified: true, registration: 'managed', serves: CALENDAR }, { 'client_name#de': 'Fotodruck' },
    ];
    const registrations = [...wishes.map((wish) => ({ grant_types: wish })), ...shapes.map((shape) => ({ grant_types: ['authorization_code', 'client_credentials'], ...shape }))];
    for (const prefix of ['', '/b2b']) {
      for (const metadata of registrations) {
        const { status, answer } = await post(`${origin}${prefix}/oauth/register`, { redirect_uris: ['https://somewhere.example/callback'], ...metadata });
        assert.deepEqual([status, answer.error], [400, 'invalid_client_metadata'], JSON.stringify(metadata));
      }
    }
  });

  await t.test('is not for a client that registered itself for something else, whatever it names', async () => {
    for (const metadata of [{}, { grant_types: ['authorization_code', 'refresh_token'] }, { scope: 'openid calendar.read' }, { response_types: [], grant_types: [] }]) {
      const config = await registered(origin, metadata);
      for (const more of [{}, { scope: 'photos.write', resource: PHOTOS }, { scope: 'calendar.read', resource: CALENDAR }, { resource: 'http://localhost:9/api' }, { scope: 'openid' }]) {
        const response = await tokenFor(origin, config.clientMetadata(), more);
        assert.equal(response.status, 400, JSON.stringify([metadata, more]));
        assert.equal((await response.json()).access_token, undefined);
      }
    }
  });

  await t.test('is not for a client whose registration is changed later, over HTTP or in the store', async () => {
    const { registration_client_uri: address, registration_access_token: key, ...client } = (await registered(origin)).clientMetadata();
    const changed = { ...client, grant_types: ['authorization_code', 'client_credentials'] };
    const update = await fetch(address, { method: 'PUT', headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` }, body: JSON.stringify(changed) });
    assert.equal(update.status, 405);
    await site.realms.consumer.store.adapter('Client').upsert(client.client_id, changed);
    const response = await tokenFor(origin, client, { scope: 'photos.write', resource: PHOTOS });
    assert.equal(response.status, 400);
    assert.equal((await response.json()).access_token, undefined);
  });

  await t.test('is not for a managed client that has users', async () => {
    for (const id of ['first-party-confidential', 'third-party-confidential']) {
      const { config } = await Client.known(origin, id);
      await assert.rejects(oauth.clientCredentialsGrant(config, { scope: 'photos.read', resource: PHOTOS }), { status: 400 });
    }
  });

  await t.test('is for a managed client that has none, for its own scope at its own API', async () => {
    assert.equal((await ask({ scope: 'calendar.read', resource: CALENDAR })).scope, 'calendar.read');
    assert.equal((await ask({ scope: 'calendar.read' })).scope, 'calendar.read');
    for (const scope of ['contacts.read', 'calendar.read contacts.read', 'photos.write', 'openid']) {
      await assert.rejects(ask({ scope, resource: CALENDAR }), { error: 'invalid_scope' }, scope);
      await assert.rejects(ask({ scope }), { error: 'invalid_scope' }, scope);
    }
    for (const resource of [PHOTOS, 'https://payments.example/api', 'http://localhost:9/api', `${CALENDAR}/`, 'https://unknown.example/api']) {
      await assert.rejects(ask({ scope: 'calendar.read', resource }), { error: 'invalid_target' }, resource);
    }
    const two = new URLSearchParams([['resource', CALENDAR], ['resource', PHOTOS], ['scope', 'calendar.read']]);
    await assert.rejects(ask(two), { error: 'invalid_target' });
  });

  await t.test('is announced, and its client cannot send users here', async () => {
    assert.ok(service.config.serverMetadata().grant_types_supported.includes('client_credentials'));
    const query = await service.query({ redirect_uri: 'http://localhost:4401/callback' });
    assert.equal((await new Browser(origin).start('consumer', query)).outcome, 'error');
  });
});

test('introspection and revocation', async (t) => {
  const { origin } = await startServer(t);
  const [owner, billing, service, open] = await Promise.all(['third-party-confidential', 'first-party-confidential', 'calendar-service', 'third-party-public'].map((id) => Client.known(origin, id)));
  const stranger = await registered(origin);
  const publicStranger = (await Client.registered(origin, {})).config;
  const browser = new Browser(origin);

  /** The opaque tokens of a client: for userinfo, for the calendar, and to renew them. */
  async function tokensOf(client) {
    const asked = { scope: 'openid offline_access calendar.read', resource: CALENDAR };
    const address = (await browser.allow(await card(browser, client, asked))).answer.redirect_uri;
    const calendar = await client.redeem(address, { parameters: { resource: CALENDAR } });
    const { access_token: userinfo } = await client.redeem(await connect(browser, client));
    return { calendar: calendar.access_token, refresh: calendar.refresh_token, userinfo };
  }
  const activeTo = async (config, token) => (await oauth.tokenIntrospection(config, token)).active;

  await t.test('a client introspects and revokes its own tokens', async () => {
    for (const client of [owner, open]) {
      const { userinfo, refresh, calendar } = await tokensOf(client);
      const inspected = await oauth.tokenIntrospection(client.config, userinfo);
      assert.deepEqual([inspected.active, inspected.client_id, inspected.sub], [true, client.id, 'account-ada']);
      for (const token of [refresh, calendar]) assert.equal(await activeTo(client.config, token), true);
      await oauth.tokenRevocation(client.config, userinfo);
      assert.equal(await activeTo(client.config, userinfo), false);
    }
    const { access_token: own } = await oauth.clientCredentialsGrant(service.config, { scope: 'calendar.read' });
    assert.equal(await activeTo(service.config, own), true);
  });

  await t.test('nobody learns anything of another client’s token, whether it registered itself or is managed, with a secret or without', async () => {
    const theirs = Object.values(await tokensOf(owner));
    const { access_token: machine } = await oauth.clientCredentialsGrant(service.config, { scope: 'calendar.read', resource: CALENDAR });
    for (const config of [stranger, publicStranger, billing.config, open.config]) {
      for (const token of [...theirs, machine]) {
        for (const hint of [undefined, 'access_token', 'refresh_token', 'other']) {
          const answer = await oauth.tokenIntrospection(config, token, hint && { token_type_hint: hint });
          assert.deepEqual(answer, { active: false });
        }
      }
    }
  });

  await t.test('the service behind an API introspects the tokens for that API, and no others', async () => {
    const { calendar, userinfo, refresh } = await tokensOf(owner);
    const inspected = await oauth.tokenIntrospection(service.config, calendar);
    assert.deepEqual([inspected.active, inspected.aud, inspected.scope, inspected.client_id], [true, CALENDAR, 'calendar.read', owner.id]);
    for (const token of [userinfo, refresh]) assert.deepEqual(await oauth.tokenIntrospection(service.config, token), { active: false });
    assert.equal(trustOf(stranger.clientMetadata().client_id).serves, undefined);
  });

  await t.test('nobody revokes another client’s token', async () => {
    const theirs = await tokensOf(owner);
    for (const token of Object.values(theirs)) {
      for (const config of [stranger, billing.config, service.config]) await assert.rejects(oauth.tokenRevocation(config, token), { error: 'invalid_request', error_description: 'the token belongs to another client' });
      for (const config of [publicStranger, open.config]) await oauth.tokenRevocation(config, token);
      assert.equal(await activeTo(owner.config, token), true);
    }
  });

  await t.test('a token is unknown in the other realm', async () => {
    const { userinfo } = await tokensOf(owner);
    const other = await Client.known(origin, 'third-party-confidential', { realm: 'b2b' });
    assert.deepEqual(await oauth.tokenIntrospection(other.config, userinfo), { active: false });
  });
});
