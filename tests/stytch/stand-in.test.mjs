// The stand-in keeps to Stytch's API: what it refuses, in which shape, and what its answers carry.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { demoStandIn } from '../support/stytch/demo.mjs';
import { createStandIn } from '../support/stytch/stand-in.mjs';
import { signed } from './support/tokens.mjs';

const APP = 'https://app.countersign.test';
const REDIRECT = 'https://client.example/cb';
const BYE = 'https://client.example/bye';

function fresh(options = {}) {
  return createStandIn({ origins: [APP], addresses: { redirect: [REDIRECT], logout: [BYE] }, ...options });
}

const base64 = (text) => Buffer.from(text).toString('base64');
const client = {
  event_id: 'e', app_session_id: 'a', persistent_id: 'p', client_sent_at: '2026-01-01T00:00:00.000Z', timezone: 'UTC',
  app: { identifier: 'app.countersign.test' }, sdk: { identifier: 'test', version: '1' },
};

/** A call as a correct page makes it, with changes. */
async function call(standIn, path, body, { host = 'test.stytch.com', method = 'POST', public_token, session, headers = {} } = {}) {
  const token = public_token ?? standIn.projects[path.includes('b2b') ? 'b2b' : 'consumer'].publicTokens[0];
  const answer = await standIn.handle({
    method,
    url: `https://${host}/sdk/v1${path}`,
    headers: {
      origin: APP, 'content-type': 'application/json', authorization: `Basic ${base64(`${token}:${session ?? token}`)}`,
      'x-sdk-client': base64(JSON.stringify(client)), 'x-sdk-parent-host': APP, ...headers,
    },
    body: body === undefined ? '' : JSON.stringify(body),
  });
  return { ...answer, json: answer.body ? JSON.parse(answer.body) : undefined };
}

const request = { client_id: 'third-party-public', redirect_uri: REDIRECT, response_type: 'code', scopes: ['openid', 'photos.read'], code_challenge: 'c' };
const START = '/idp/oauth/authorize/start';
const SUBMIT = '/idp/oauth/authorize/submit';
const tokenOf = (standIn, email = 'ada@example.com') => standIn.signIn('consumer', email).session.token;

test('a login page with Stytch\'s SDK signs in with a password, in both realms', async () => {
  const standIn = fresh();
  const ada = { email: 'ada@example.com', password: 'demo', session_duration_minutes: 5 };
  const { email: email_address, ...rest } = ada;
  const { status, json } = await call(standIn, '/passwords/authenticate', ada);
  assert.deepEqual([status, json.data.user.emails[0].email], [200, ada.email]);
  assert.equal((await call(standIn, START, request, { session: json.data.session_token })).status, 200);
  const member = await call(standIn, '/b2b/passwords/authenticate', { ...rest, email_address, organization_id: 'organization-test-globex' });
  assert.equal(member.json.data.member.member_id, 'member-test-ada-globex');
  assert.equal((await call(standIn, '/passwords/authenticate', { ...ada, password: 'wrong' })).status, 401);
  assert.deepEqual(standIn.misuses, []);
});

test('the demo\'s clients are led to an app of one\'s own, which may call the API', async () => {
  const app = 'http://localhost:5173/consent';
  const standIn = demoStandIn({ site: 4400, client: 4401, app });
  const { body } = await standIn.handle({ method: 'GET', url: 'http://localhost:4402/.well-known/openid-configuration', headers: {}, body: '' });
  assert.equal(JSON.parse(body).authorization_endpoint, app);
  const asked = await call(standIn, '/sessions/authenticate', {}, { headers: { origin: 'http://localhost:5173', 'x-sdk-parent-host': 'http://localhost:5173' } });
  assert.deepEqual([asked.status, asked.headers['access-control-allow-origin']], [404, 'http://localhost:5173']);
});

describe('a call that no correct page makes is refused and kept', () => {
  const misuses = {
    'without JSON as content type': { headers: { 'content-type': 'text/plain' } },
    'without X-SDK-Client': { headers: { 'x-sdk-client': '' } },
    'with an X-SDK-Client that lacks a field': { headers: { 'x-sdk-client': base64(JSON.stringify({ ...client, timezone: undefined })) } },
    'with another parent host than its origin': { headers: { 'x-sdk-parent-host': 'https://elsewhere.example' } },
  };
  for (const [name, options] of Object.entries(misuses)) {
    test(name, async () => {
      const standIn = fresh();
      assert.equal((await call(standIn, '/sessions/authenticate', {}, options)).status, 400);
      assert.equal(standIn.misuses.length, 1);
    });
  }

  for (const [name, body] of Object.entries({
    'an unknown field': { ...request, resource: 'https://api.example' },
    'a wrong type': { ...request, scopes: 'openid' },
    'a missing field': { ...request, client_id: undefined },
    'an empty field': { ...request, state: '' },
  })) {
    test(`${name} gets a schema error`, async () => {
      const standIn = fresh();
      const { status, json } = await call(standIn, START, body, { session: tokenOf(standIn) });
      assert.equal(status, 400);
      assert.ok(Array.isArray(json.body));
      assert.equal(standIn.misuses.length, 1);
    });
  }

  test('a path that is not there, and a body where none belongs', async () => {
    const standIn = fresh();
    assert.equal((await call(standIn, '/idp/oauth/authorize', request)).status, 404);
    assert.equal((await call(standIn, '/sessions/revoke', {})).status, 400);
    assert.equal(standIn.misuses.length, 2);
  });

  test('a public token of the other realm', async () => {
    const standIn = fresh();
    await call(standIn, '/b2b/sessions/authenticate', {}, { public_token: standIn.projects.consumer.publicTokens[0] });
    assert.equal(standIn.misuses.length, 1);
  });
});

describe('credentials', () => {
  test('an unknown public token and a token of the other kind are unauthorized, in Stytch’s shape', async () => {
    const standIn = fresh();
    const live = standIn.projects.consumer.publicTokens[1];
    for (const options of [{ public_token: 'public-token-test-nobody' }, { public_token: live }, { host: 'api.stytch.com' }]) {
      const { status, json } = await call(standIn, '/sessions/authenticate', {}, options);
      assert.equal(status, 401);
      assert.equal(json.error_type, 'unauthorized_credentials');
      assert.match(json.request_id, /^request-id-test-/);
      assert.equal(json.status_code, 401);
      assert.ok(json.error_message && json.error_url);
    }
    assert.equal((await call(standIn, '/sessions/authenticate', {}, { host: 'api.stytch.com', public_token: live })).json.error_type, 'session_not_found');
  });

  test('another origin may neither call nor read', async () => {
    const standIn = fresh();
    const answer = await call(standIn, '/sessions/authenticate', {}, { headers: { origin: 'https://evil.example' } });
    assert.equal(answer.status, 403);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
    const preflight = await standIn.handle({ method: 'OPTIONS', url: 'https://test.stytch.com/sdk/v1/x', headers: { origin: APP, 'access-control-request-headers': 'authorization,x-other' }, body: '' });
    assert.equal(preflight.status, 403);
  });

  test('a session counts by its token, and by its cookie on the team’s own domain alone', async () => {
    const standIn = fresh();
    const session = tokenOf(standIn);
    const cookie = { headers: { cookie: `stytch_session=${session}` } };
    assert.equal((await call(standIn, '/sessions/authenticate', {}, { session })).json.data.user.user_id, 'user-test-ada');
    assert.equal((await call(standIn, '/sessions/authenticate', {}, { ...cookie, host: 'login.countersign.test' })).status, 200);
    assert.equal((await call(standIn, '/sessions/authenticate', {}, cookie)).status, 404);
    assert.equal((await call(standIn, START, request)).json.error_type, 'user_unauthenticated');
  });

  test('a session that is over or revoked is not found', async () => {
    let now = 1_000_000;
    const standIn = fresh({ now: () => now });
    const [one, other] = [tokenOf(standIn), tokenOf(standIn)];
    assert.equal((await call(standIn, '/sessions/revoke', undefined, { session: one })).status, 200);
    assert.equal((await call(standIn, '/sessions/authenticate', {}, { session: one })).status, 404);
    now += 3601;
    assert.equal((await call(standIn, '/sessions/authenticate', {}, { session: other })).status, 404);
  });
});

describe('consent', () => {
  test('a third party needs it once for the same scopes, and always when it asks for it', async () => {
    const standIn = fresh();
    const session = tokenOf(standIn);
    const needs = async (more = {}) => (await call(standIn, START, { ...request, ...more }, { session })).json.data.consent_required;
    assert.equal(await needs(), true);
    await call(standIn, SUBMIT, { ...request, consent_granted: true }, { session });
    assert.deepEqual([await needs(), await needs({ prompt: 'consent' }), await needs({ scopes: ['openid', 'photos.write'] })], [false, true, true]);
    assert.equal(await needs({ client_id: 'first-party-public' }), false);
  });

  test('a denial gets access_denied with its state and no code', async () => {
    const standIn = fresh();
    const { json } = await call(standIn, SUBMIT, { ...request, state: 's', consent_granted: false }, { session: tokenOf(standIn) });
    assert.equal(json.data.redirect_uri, `${REDIRECT}?error=access_denied&state=s`);
    assert.equal(json.data.authorization_code, undefined);
  });

  test('what a person may not grant is said and not granted', async () => {
    const standIn = fresh();
    const session = tokenOf(standIn, 'grace@example.com');
    const asked = { ...request, scopes: ['openid', 'photos.write'] };
    const { json } = await call(standIn, START, asked, { session });
    assert.deepEqual(json.data.scope_results.map(({ scope, is_grantable }) => [scope, is_grantable]), [['openid', true], ['photos.write', false]]);
    const submitted = await call(standIn, SUBMIT, { ...asked, consent_granted: true }, { session });
    assert.deepEqual(standIn.codes.get(submitted.json.data.authorization_code).scopes, ['openid']);
  });

  for (const [change, type] of [
    [{ client_id: 'nobody' }, 'connected_app_not_found'],
    [{ redirect_uri: 'https://evil.example/' }, 'connected_app_supplied_redirect_url_not_found_in_client'],
    [{ scopes: ['everything'] }, 'oauth_invalid_scope_requested'],
    [{ scopes: ['full_access'] }, 'oauth_invalid_scope_requested'],
    [{ prompt: 'none consent' }, 'oidc_prompt_none_must_be_exclusive'],
  ]) {
    test(`${JSON.stringify(change)} is ${type}`, async () => {
      const standIn = fresh();
      assert.equal((await call(standIn, START, { ...request, ...change }, { session: tokenOf(standIn) })).json.error_type, type);
    });
  }

  test('a public client needs PKCE for its code', async () => {
    const standIn = fresh();
    const { json } = await call(standIn, SUBMIT, { ...request, code_challenge: undefined, consent_granted: true }, { session: tokenOf(standIn) });
    assert.equal(json.error_type, 'pkce_required_for_idp_authorization_flow');
  });

  test('an organization may forbid a client', async () => {
    const standIn = fresh();
    standIn.projects.b2b.clients[0].blockedIn = ['organization-test-acme'];
    const { session } = standIn.signIn('b2b', 'ada@example.com');
    assert.equal((await call(standIn, '/idp/b2b/oauth/authorize/start', request, { session: session.token })).json.error_type, 'connected_app_not_allowed_for_org');
  });
});

describe('trusted tokens and logouts', () => {
  const attest = (standIn, token, more = {}, options = {}) => call(standIn, '/sessions/attest', { token, profile_id: 'trusted-auth-token-profile-test-1', ...more }, options);

  test('a token makes a session, readable or, behind the team’s own domain, in HttpOnly cookies', async () => {
    const standIn = fresh();
    const token = signed({ email: 'ada@example.com' })();
    const { json } = await attest(standIn, token);
    assert.ok(json.data.session_token && json.data.session_jwt && json.data.user);
    standIn.projects.consumer.httpOnly = true;
    const hidden = await attest(standIn, token, {}, { host: 'login.countersign.test' });
    assert.equal(hidden.json.data.session_token, '');
    assert.match(hidden.headers['set-cookie'][0], /^stytch_session=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  test('a forged token, a foreign one and an unknown profile are refused', async () => {
    const standIn = fresh();
    assert.equal((await attest(standIn, 'a.b.c')).json.error_type, 'invalid_trusted_auth_token');
    assert.equal((await attest(standIn, signed({ email: 'ada@example.com', iss: 'https://evil.example' })())).json.error_type, 'invalid_trusted_auth_token');
    assert.equal((await attest(standIn, 'a.b.c', { profile_id: 'nobody' })).json.error_type, 'trusted_token_profile_not_found');
  });

  test('a logout without a hint asks, with the hint of the same user it does not', async () => {
    const standIn = fresh();
    standIn.idTokens.set('HINT', 'user-test-ada');
    const asks = async (id_token_hint, session) => (await call(standIn, '/oauth/logout/start', { client_id: 'third-party-public', post_logout_redirect_uri: BYE, id_token_hint }, { session })).json.data.consent_required;
    assert.deepEqual([await asks(undefined), await asks('HINT', tokenOf(standIn)), await asks('HINT', tokenOf(standIn, 'grace@example.com'))], [true, false, true]);
  });
});
