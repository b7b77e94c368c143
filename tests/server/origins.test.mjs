/** Calls from pages of other origins, and connections that are kept. */
import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import test from 'node:test';
import { createListener } from '../../examples/authorization-server/http/listener.mjs';
import { Browser, CLIENT_ORIGIN, Client, card, connect, startServer } from './harness.mjs';

const ANYWHERE = 'https://anywhere.example';
const OPEN = [
  ['/oauth/token', ['POST']], ['/oauth/userinfo', ['GET', 'POST']], ['/oauth/revoke', ['POST']], ['/oauth/par', ['POST']], ['/oauth/register', ['POST']],
  ['/oauth/register/somebody', ['GET']], ['/oauth/jwks', ['GET', 'HEAD']],
];
const PREFIXES = ['', '/b2b'];
const METADATA = [
  '/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/b2b/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server/b2b', '/.well-known/openid-configuration/b2b',
];
const endpoints = [...PREFIXES.flatMap((prefix) => OPEN.map(([path, methods]) => [prefix + path, methods])), ...METADATA.map((path) => [path, ['GET', 'HEAD']])];

const cors = (response) => Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('access-control-')));
const form = (fields) => ({ method: 'POST', body: new URLSearchParams(fields) });

/** Without a browser's rules for headers, which `fetch` here has in part. */
function raw(origin, path, method, headers) {
  return new Promise((resolve, reject) => {
    request(new URL(path, origin), { method, headers }, (response) => { response.resume(); resolve(response); }).on('error', reject).end();
  });
}

test('a page of any origin may call the endpoints that need no cookie', async (t) => {
  const { origin } = await startServer(t);

  await t.test('a preflight allows their methods and the headers that are asked for, and no credentials', async () => {
    for (const [path, methods] of endpoints) {
      for (const from of [ANYWHERE, CLIENT_ORIGIN, 'http://localhost:6274']) {
        const asked = 'authorization, content-type, dpop, mcp-protocol-version';
        const { statusCode, headers } = await raw(origin, path, 'OPTIONS', { origin: from, 'access-control-request-method': methods[0], 'access-control-request-headers': asked });
        const allowed = Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));
        assert.deepEqual([statusCode, allowed], [204, {
          'access-control-allow-origin': from, 'access-control-allow-methods': methods.join(', '), 'access-control-allow-headers': asked, 'access-control-max-age': '3600',
        }], path);
        assert.match(headers.vary, /Origin/);
        assert.equal(headers['set-cookie'], undefined);
      }
    }
  });

  await t.test('a preflight repeats no header names that are none, and needs an origin', async () => {
    const ask = { 'access-control-request-method': 'POST' };
    for (const names of ['a: b', 'a;b', 'x'.repeat(1001)]) {
      const { headers } = await raw(origin, '/oauth/token', 'OPTIONS', { ...ask, origin: ANYWHERE, 'access-control-request-headers': names });
      assert.deepEqual([headers['access-control-allow-origin'], headers['access-control-allow-headers']], [ANYWHERE, undefined]);
    }
    const { headers: long } = await raw(origin, '/oauth/token', 'OPTIONS', { ...ask, origin: ANYWHERE, 'access-control-request-headers': 'x'.repeat(1000) });
    assert.equal(long['access-control-allow-headers'], 'x'.repeat(1000));
    const plain = await raw(origin, '/oauth/token', 'OPTIONS', ask);
    assert.deepEqual([plain.statusCode, plain.headers.allow, plain.headers['access-control-allow-origin']], [204, 'POST', undefined]);
  });

  await t.test('errors can be read, also those of another method, a bad body and an unknown client', async () => {
    for (const [path, methods] of endpoints) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
        const response = await fetch(origin + path, { method, headers: { origin: ANYWHERE } });
        assert.deepEqual([cors(response)['access-control-allow-origin'], cors(response)['access-control-allow-credentials']], [ANYWHERE, undefined], `${method} ${path}`);
        assert.match(cors(response)['access-control-expose-headers'], /WWW-Authenticate/);
        assert.match(response.headers.get('vary'), /Origin/, `${method} ${path}`);
        assert.equal(response.status === 405, !methods.includes(method), `${method} ${path}`);
      }
    }
    for (const [path, init] of [
      ['/oauth/token', form({ grant_type: 'authorization_code', client_id: 'nobody' })],
      ['/oauth/token', form({ grant_type: 'authorization_code', client_id: 'third-party-confidential', code: 'x' })],
      ['/oauth/par', form({ client_id: 'third-party-confidential' })],
      ['/oauth/register', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
      ['/oauth/register', { method: 'POST', body: '{"redirect_uris":["ms-msdt:/id"]}', headers: { 'content-type': 'application/json' } }],
      ['/oauth/userinfo', { headers: { authorization: 'Bearer none' } }],
    ]) {
      const response = await fetch(origin + path, { ...init, headers: { ...init.headers, origin: ANYWHERE } });
      assert.ok(response.status >= 400 && response.status < 500, path);
      assert.equal(cors(response)['access-control-allow-origin'], ANYWHERE, path);
    }
  });

  await t.test('from registration to userinfo, public or with a secret, whatever its redirect addresses are', async () => {
    for (const method of ['none', 'client_secret_post']) {
      const headers = { origin: ANYWHERE };
      const metadata = { redirect_uris: ['https://app.example/callback'], token_endpoint_auth_method: method };
      const registered = await fetch(`${origin}/oauth/register`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(metadata) });
      const own = await registered.json();
      const read = await fetch(own.registration_client_uri, { headers: { ...headers, authorization: `Bearer ${own.registration_access_token}` } });
      const auth = { client_id: own.client_id, ...(own.client_secret ? { client_secret: own.client_secret } : {}) };
      const request = { redirect_uri: metadata.redirect_uris[0], response_type: 'code', scope: 'openid', code_challenge: 'qjrzSW9gMiUgpUvqgEPE4_-8swvyCtfOVvg55o5S_es', code_challenge_method: 'S256' };
      const pushed = await fetch(`${origin}/oauth/par`, { ...form({ ...auth, ...request }), headers });
      const browser = new Browser(origin);
      await browser.login('ada@example.com');
      const { answer } = await browser.allow(await browser.start('consumer', new URLSearchParams({ client_id: own.client_id, ...request }).toString()));
      const code = new URL(answer.redirect_uri).searchParams.get('code');
      const token = await fetch(`${origin}/oauth/token`, { ...form({ ...auth, grant_type: 'authorization_code', code, redirect_uri: request.redirect_uri, code_verifier: 'M25iVXpKU3puUjFaYWg3T1NDTDQtcW1ROUY5YXlwalNoc0hhakxifmZHag' }), headers });
      const { access_token: access } = await token.json();
      const userinfo = await fetch(`${origin}/oauth/userinfo`, { headers: { ...headers, authorization: `Bearer ${access}` } });
      const revoked = await fetch(`${origin}/oauth/revoke`, { ...form({ ...auth, token: access }), headers });
      for (const [response, status] of [[registered, 201], [read, 200], [pushed, 201], [token, 200], [userinfo, 200], [revoked, 200]]) {
        assert.deepEqual([response.status, cors(response)['access-control-allow-origin']], [status, ANYWHERE], response.url);
      }
    }
  });

  await t.test('without an origin there are no such headers, and a page without one is anybody', async () => {
    for (const [path] of endpoints) {
      assert.deepEqual(cors(await fetch(origin + path)), {}, path);
      assert.equal(cors(await fetch(origin + path, { headers: { origin: 'null' } }))['access-control-allow-origin'], '*', path);
    }
  });

  await t.test('and nothing else: neither introspection, nor the pages, nor the API', async () => {
    for (const prefix of PREFIXES) {
      for (const path of ['/oauth/introspect', '/oauth/authorize', '/oauth/logout', '/login', '/', '/favicon.svg', '/countersign/authorize/start', '/account/session', '/countersign/finish/x']) {
        for (const method of ['OPTIONS', 'GET', 'POST']) {
          const headers = { origin: ANYWHERE, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-countersign' };
          const response = await fetch(origin + prefix + path, { method, headers });
          assert.deepEqual(cors(response), {}, `${method} ${prefix}${path}`);
          if (method === 'OPTIONS') assert.notEqual(response.status, 204, path);
        }
      }
    }
    const client = await Client.known(origin, 'third-party-confidential');
    const tokens = await client.redeem(await connect(new Browser(origin), client));
    const basic = Buffer.from('third-party-confidential:demo-secret-third-party-confidential-not-for-production').toString('base64');
    const response = await fetch(`${origin}/oauth/introspect`, { ...form({ token: tokens.access_token }), headers: { origin: ANYWHERE, authorization: `Basic ${basic}` } });
    assert.deepEqual([response.status, cors(response)], [200, {}]);
    assert.ok((await card(new Browser(origin), client)).transaction);
  });
});

test('a connection is kept for more than a minute between two calls', async (t) => {
  const { origin } = await startServer(t);
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const { headers } = await new Promise((resolve, reject) => {
    request(`${origin}/oauth/jwks`, { agent }, (response) => { response.resume(); resolve(response); }).on('error', reject).end();
  });
  const [, seconds] = /timeout=(\d+)/.exec(headers['keep-alive']);
  assert.ok(Number(seconds) >= 65, headers['keep-alive']);
  const { keepAliveTimeout, headersTimeout, requestTimeout } = createListener();
  assert.equal(keepAliveTimeout, Number(seconds) * 1000);
  assert.ok(headersTimeout > keepAliveTimeout && requestTimeout > headersTimeout);
});
