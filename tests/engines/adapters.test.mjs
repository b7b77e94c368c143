// What adapters make of answers that the start programs never get from their engines.
import assert from 'node:assert/strict';
import test from 'node:test';
import { EngineUnavailable, RequestGone } from '../../server/node/src/engine.ts';
import { betterAuth } from '../../server/node/src/engines/better-auth.ts';
import { workersOAuthProvider } from '../../server/node/src/engines/workers-oauth-provider.ts';

const BASE = 'https://id.example/api/auth';
const ada = { sub: 'tenant:ada', signed_in_at: 2000 };

function contextOf(more = {}) {
  const cookies = [];
  const request = new Request('https://id.example/countersign/authorize/start', { method: 'POST', headers: { cookie: 'a=b' } });
  return { cookies, realm: 'consumer', request, account: ada, signal: AbortSignal.timeout(10_000), setCookie: (value) => cookies.push(value), ...more };
}

/** Better Auth, which gives these answers one after the other. `requests` has what it was asked. */
function authWith(...all) {
  const [answers, options] = Array.isArray(all[0]?.[0]) ? [[...all[0]], all[1]] : [all, {}];
  const requests = [];
  const handler = async (request) => {
    requests.push(request);
    const [status, body, headers] = answers.shift();
    return new Response(JSON.stringify(body), { status, headers });
  };
  return { requests, engine: betterAuth({ auth: { handler }, base: BASE, consentPage: '/consent', ...options }) };
}

test('Better Auth: too many calls wait as long as it says', async () => {
  const { engine } = authWith([429, {}, { 'x-retry-after': '17' }]);
  await assert.rejects(engine.open('client_id=a', contextOf()), (error) => error instanceof EngineUnavailable && error.retryAfter === 17);
});

test('Better Auth: its handler gets the cookies of the browser and our origin, and its own cookies reach the browser', async () => {
  const { engine, requests } = authWith([200, { url: 'https://client.example/cb?code=1' }, [['set-cookie', 'one=1'], ['set-cookie', 'two=2']]]);
  const context = contextOf();
  assert.deepEqual(await engine.open('client_id=a&sig=x&ba_pl=y', context), { kind: 'done', to: 'https://client.example/cb?code=1' });
  assert.equal(requests.length, 1);
  assert.equal(requests[0].url, `${BASE}/oauth2/authorize?client_id=a`);
  assert.deepEqual(['cookie', 'origin', 'accept'].map((name) => requests[0].headers.get(name)), ['a=b', 'https://id.example', 'application/json']);
  assert.deepEqual(context.cookies, ['one=1', 'two=2']);
});

test('Better Auth: its handler gets the address of the browser, since it limits by that, and no other header of the call', async () => {
  const answer = [200, { url: 'https://client.example/cb?code=1' }];
  const headers = { 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.8', authorization: 'Bearer x', 'x-countersign': '1' };
  const request = new Request('https://id.example/countersign/authorize/start', { method: 'POST', headers });
  const seen = async (options) => {
    const { engine, requests } = authWith([answer], options);
    await engine.open('client_id=a', contextOf({ request }));
    return Object.keys(headers).map((name) => requests[0].headers.get(name));
  };
  assert.deepEqual(await seen(), ['203.0.113.7', null, null, null]);
  assert.deepEqual(await seen({ addressHeaders: ['x-real-ip'] }), [null, '203.0.113.8', null, null]);
});

test('Better Auth: an app with a scheme of its own is native', async () => {
  const { engine } = authWith([200, { url: 'com.example.app:/cb?code=1' }]);
  assert.equal((await engine.open('client_id=a', contextOf())).native, true);
});

test('Better Auth: its page to choose an account is the login page, until somebody has signed in there', async () => {
  const chooses = [200, { url: '/choose?prompt=select_account&sig=x' }];
  const { engine, requests } = authWith(chooses, chooses);
  const query = 'client_id=a&prompt=select_account+consent&max_age=60';
  const { kind, reason } = await engine.open(query, contextOf({ handedOffAt: 2001 }));
  assert.deepEqual([kind, reason], ['login', 'select_account']);
  assert.equal(new URL(requests[0].url).search, `?${query}`);
  await engine.open(query, contextOf({ handedOffAt: 1999 }));
  assert.equal(new URL(requests[1].url).search, '?client_id=a&prompt=consent');
});

test('Better Auth: a decision that it does not take is gone', async () => {
  const grant = { scopes: [{ scope: 'openid' }] };
  for (const answer of [[400, { error: 'invalid_signature' }], [401, {}], [200, { url: '/login?sig=x' }], [200, {}]]) {
    await assert.rejects(authWith(answer).engine.allow('sig=x', grant, contextOf()), RequestGone);
  }
});

test('Better Auth: a client that is gone when its name is asked for is refused', async () => {
  const { engine } = authWith([200, { url: '/consent?client_id=a&scope=openid&redirect_uri=https%3A%2F%2Fclient.example&sig=x' }], [404, {}]);
  assert.deepEqual(await engine.open('client_id=a', contextOf()), { kind: 'refused', error: 'invalid_client', description: undefined });
});

const asked = { clientId: 'https://client.example/id', redirectUri: 'com.example.app:/cb', scope: ['a', 'b'], state: '', issuer: 'https://id.example' };

/** workers-oauth-provider, with some of its helpers replaced. `grants` has what was granted. */
function providerWith(helpers, options) {
  const grants = [];
  const provider = {
    parseAuthRequest: async () => asked,
    lookupClient: async (clientId) => ({ clientId, i18n: { 'client_name#de': 'Name' } }),
    completeAuthorization: async (grant) => { grants.push(grant); return { redirectTo: 'com.example.app:/cb?code=1' }; },
    ...helpers,
  };
  return { grants, engine: workersOAuthProvider({ provider, endpoint: 'https://id.example/oauth/authorize', ...options }) };
}

test('workers: a client’s document that cannot be read is refused', async () => {
  const error = Object.assign(new Error('The document is not there.'), { name: 'CimdFetchError' });
  const { kind, error: code } = await providerWith({ parseAuthRequest: () => Promise.reject(error) }).engine.open('client_id=a', contextOf());
  assert.deepEqual([kind, code], ['refused', 'invalid_client']);
});

test('workers: a client that is known by its document is shown as one, with its names', async () => {
  const { client, redirect_uri: address } = await providerWith().engine.open('client_id=a', contextOf());
  assert.deepEqual([client.registration, client['client_name#de'], address], ['metadata_document', 'Name', asked.redirectUri]);
});

test('workers: a client that is gone is refused', async () => {
  assert.equal((await providerWith({ lookupClient: async () => null }).engine.open('client_id=a', contextOf())).error, 'invalid_client');
});

test('workers: a grant is stored under a subject that has none of its separators, and earlier ones are kept only if the host says so', async () => {
  for (const keepGrants of [undefined, false, true]) {
    const { engine, grants } = providerWith({}, { keepGrants });
    assert.deepEqual(await engine.allow(asked, { scopes: [{ scope: 'a' }] }, contextOf()), { to: 'com.example.app:/cb?code=1', native: true });
    assert.deepEqual(grants, [{ request: asked, userId: 'tenant%3Aada', scope: ['a'], metadata: {}, props: { sub: 'tenant:ada' }, revokeExistingGrants: keepGrants !== true }]);
  }
});

test('workers: a grant that cannot be stored leaves the request open', async () => {
  const { engine } = providerWith({ completeAuthorization: () => Promise.reject(new Error('KV is down.')) });
  await assert.rejects(engine.allow(asked, { scopes: [] }, contextOf()), EngineUnavailable);
});

test('workers: an error without state has none', async () => {
  assert.deepEqual(await providerWith().engine.deny(asked), { to: 'com.example.app:/cb?error=access_denied&iss=https%3A%2F%2Fid.example', native: true });
});

test('workers: prompt=select_account asks for the account, and resources are shown if they were asked for', async () => {
  const { engine } = providerWith({ parseAuthRequest: async () => ({ ...asked, resource: 'https://api.example' }) });
  assert.equal((await engine.open('prompt=select_account', contextOf())).reason, 'select_account');
  assert.deepEqual((await engine.open('resource=https%3A%2F%2Fapi.example', contextOf())).resources, ['https://api.example']);
  assert.deepEqual((await engine.open('', contextOf())).resources, []);
});
