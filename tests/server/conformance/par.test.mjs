/** The modules of the plan `fapi2-security-profile-final-test-plan` for pushed and signed requests. */
import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { transactionOf } from '../answers.mjs';
import { ADA, Browser, Client, connect, errorOf } from '../harness.mjs';
import { signedIn, signing, suiteModule } from './suite.mjs';

const PUBLIC = { id: 'third-party-public' };
const named = (name) => `fapi2-security-profile-final-${name}`;
const query = (client, requestUri) => new URLSearchParams({ client_id: client.id, request_uri: requestUri });

/** Pushes parameters as they are; the answer of the endpoint. */
async function push(client, parameters) {
  const { pushed_authorization_request_endpoint: endpoint } = client.config.serverMetadata();
  const body = new URLSearchParams({ client_id: client.id, response_type: 'code', ...parameters });
  const response = await fetch(endpoint, { method: 'POST', body });
  return { status: response.status, ...await response.json() };
}

/** The card for a pushed request, in a browser that is signed in. */
async function open(browser, client, requestUri) {
  const response = await browser.fetch(`/oauth/authorize?${query(client, requestUri)}`);
  assert.equal(response.status, 303);
  return browser.start('consumer', { transaction: transactionOf(response) });
}

suiteModule(named('par-without-duplicate-parameters'), 'client_id and request_uri are enough', async ({ origin, client }) => {
  const browser = await signedIn(origin);
  const { request_uri: uri } = await push(client, await client.parameters());
  const { answer } = await browser.allow(await open(browser, client, uri));
  assert.ok((await client.redeem(answer.redirect_uri)).access_token);
}, PUBLIC);

suiteModule(named('par-attempt-reuse-request_uri'), 'a request that was allowed is not answered again', async ({ origin, client }) => {
  const browser = await signedIn(origin);
  const { request_uri: uri } = await push(client, await client.parameters());
  const { answer } = await browser.allow(await open(browser, client, uri));
  await client.redeem(answer.redirect_uri);
  const again = await browser.fetch(`/oauth/authorize?${query(client, uri)}`);
  const { location } = Object.fromEntries(again.headers);
  if (location === undefined) assert.equal(again.status, 400);
  else assert.equal(errorOf(new URL(location, origin)), 'invalid_request_uri');
}, PUBLIC);

suiteModule(named('par-ensure-reused-request-uri-prior-to-auth-completion-succeeds'), 'a request that was only looked at is still good', async ({ origin, client, browser }) => {
  const { request_uri: uri } = await push(client, await client.parameters());
  const first = await browser.fetch(`/oauth/authorize?${query(client, uri)}`);
  assert.equal((await browser.start('consumer', { transaction: transactionOf(first) })).outcome, 'login');
  const later = await signedIn(origin);
  const { answer } = await later.allow(await open(later, client, uri));
  assert.ok((await client.redeem(answer.redirect_uri)).access_token);
}, PUBLIC);

/** A pushed request that must not work: an error on our page, or to the client. */
async function fails(origin, client, requestUri, expected) {
  const browser = await signedIn(origin);
  const response = await browser.fetch(`/oauth/authorize?${query(client, requestUri)}`);
  const location = response.headers.get('location');
  if (location === null) assert.equal(response.status, 400);
  else assert.match(errorOf(new URL(location, origin)), expected);
}

suiteModule(named('par-attempt-to-use-expired-request_uri'), 'after its time a request is refused', async ({ origin, client, clock }) => {
  const { request_uri: uri, expires_in: lifetime } = await push(client, await client.parameters());
  clock.advance(lifetime + 1);
  await fails(origin, client, uri, /^invalid_request_uri$/);
}, PUBLIC);

suiteModule(named('par-attempt-to-use-request_uri-for-different-client'), 'a request of one client is refused for another', async ({ origin, client }) => {
  const { request_uri: uri } = await push(client, await client.parameters());
  await fails(origin, await Client.known(origin, 'first-party-public'), uri, /^invalid_request(_uri)?$/);
}, PUBLIC);

suiteModule(named('par-authorization-request-containing-request_uri-form-param'), 'a request_uri is not pushed', async ({ client }) => {
  const { status, error } = await push(client, { ...await client.parameters(), request_uri: 'urn:ietf:params:oauth:request_uri:random' });
  assert.equal(status, 400);
  assert.match(error, /^(invalid_request(_object)?|request_uri_not_supported)$/);
}, PUBLIC);

suiteModule(named('par-authorization-request-containing-request_uri'), 'nor is a signed request that names one', async ({ origin }) => {
  const { client, sign } = await signing(origin);
  const inside = { ...await client.parameters(), response_type: 'code', client_id: client.id, request_uri: 'urn:ietf:params:oauth:request_uri:random' };
  const { status, error } = await push(client, { request: await sign(inside) });
  assert.equal(status, 400);
  assert.match(error, /^invalid_request(_object)?$/);
}, PUBLIC);

suiteModule(named('par-attempt-invalid-http-method'), 'the endpoint answers POST alone', async ({ client }) => {
  const { pushed_authorization_request_endpoint: endpoint } = client.config.serverMetadata();
  assert.equal((await fetch(endpoint, { method: 'PUT' })).status, 405);
}, PUBLIC);

const PKCE = {
  'par-ensure-pkce-required': { code_challenge: undefined, code_challenge_method: undefined },
  'par-plain-pkce-rejected': { code_challenge_method: 'plain' },
};
for (const [name, change] of Object.entries(PKCE)) {
  suiteModule(named(name), 'a request of a public client without S256 is refused where it is pushed', async ({ client }) => {
    const { status, error } = await push(client, await client.parameters(change));
    assert.deepEqual([status, error], [400, 'invalid_request']);
  }, PUBLIC);
}

const VERIFIERS = { 'ensure-pkce-code-verifier-required': undefined, 'incorrect-pkce-code-verifier-rejected': oauth.randomPKCECodeVerifier() };
for (const [name, verifier] of Object.entries(VERIFIERS)) {
  suiteModule(named(name), 'a code without the right verifier gives nothing', async ({ origin, client, browser }) => {
    const address = new URL(await connect(browser, client));
    const body = { grant_type: 'authorization_code', client_id: client.id, redirect_uri: client.redirectUri, code: address.searchParams.get('code') };
    const response = await fetch(`${origin}/oauth/token`, { method: 'POST', body: new URLSearchParams(verifier ? { ...body, code_verifier: verifier } : body) });
    assert.deepEqual([response.status, (await response.json()).error], [400, 'invalid_grant']);
  }, PUBLIC);
}

suiteModule(named('user-rejects-authentication'), 'a user who denies gives the client access_denied, with its state', async ({ origin, client }) => {
  const browser = await signedIn(origin);
  const parameters = await client.parameters();
  const { request_uri: uri } = await push(client, parameters);
  const card = await open(browser, client, uri);
  const { answer } = await browser.deny(card.transaction);
  assert.equal(errorOf(answer.redirect_uri), 'access_denied');
  assert.equal(new URL(answer.redirect_uri).searchParams.get('state'), parameters.state);
}, PUBLIC);

const LENGTHS = {
  'ensure-authorization-request-with-long-state': { state: 's'.repeat(1000) },
  'ensure-authorization-request-with-long-nonce': { nonce: 'n'.repeat(384) },
  'ensure-authorization-request-with-64-char-nonce-success': { nonce: 'n'.repeat(64) },
  'ensure-authorization-request-without-nonce-success': { nonce: undefined },
};
for (const [name, more] of Object.entries(LENGTHS)) {
  suiteModule(named(name), 'state and nonce come back as they were, however long', async ({ client, browser }) => {
    const address = await connect(browser, client, more);
    const tokens = await client.redeem(address, { expectedNonce: more.nonce });
    if (more.state) assert.equal(new URL(address).searchParams.get('state'), more.state);
    assert.equal(tokens.claims().nonce, more.nonce);
  }, PUBLIC);
}

suiteModule(named('ensure-authorization-request-without-state-success'), 'a request without a state is answered without one', async ({ client, browser }) => {
  const verifier = oauth.randomPKCECodeVerifier();
  const address = new URL(await connect(browser, client, { state: undefined, code_challenge: await oauth.calculatePKCECodeChallenge(verifier) }));
  assert.ok(!address.searchParams.has('state'));
  assert.ok((await oauth.authorizationCodeGrant(client.config, address, { pkceCodeVerifier: verifier })).access_token);
}, PUBLIC);

suiteModule(named('state-only-outside-request-object-not-used'), 'a state beside a signed request does not count', async ({ origin }) => {
  const { client, sign } = await signing(origin);
  const { state, ...inside } = await client.parameters();
  const browser = await signedIn(origin);
  const outside = new URLSearchParams({ client_id: client.id, state, request: await sign({ ...inside, response_type: 'code', client_id: client.id }) });
  const response = await browser.fetch(`/oauth/authorize?${outside}`);
  const { answer } = await browser.allow(await browser.start('consumer', { transaction: transactionOf(response) }));
  const { searchParams } = new URL(answer.redirect_uri);
  assert.ok(searchParams.has('code'));
  assert.ok(!searchParams.has('state'));
});

for (const name of ['state', 'nonce']) {
  suiteModule(named(`ensure-different-${name}-inside-and-outside-request-object`), 'what is signed counts', async ({ origin }) => {
    const { client, sign } = await signing(origin);
    const inside = { ...await client.parameters({ nonce: 'inside' }), response_type: 'code', client_id: client.id };
    const browser = await signedIn(origin);
    const outside = new URLSearchParams({ ...inside, [name]: 'outside', request: await sign(inside) });
    const response = await browser.fetch(`/oauth/authorize?${outside}`);
    const { answer } = await browser.allow(await browser.start('consumer', { transaction: transactionOf(response) }));
    assert.ok((await client.redeem(answer.redirect_uri, { state: inside.state, expectedNonce: 'inside' })).id_token);
  });
}

suiteModule(named('ensure-unsigned-authorization-request-without-using-par-fails'), 'a client that must push is not answered without it', async ({ origin }) => {
  const client = await Client.registered(origin, { redirect_uris: ['https://client.example/cb'], require_pushed_authorization_requests: true });
  const browser = await signedIn(origin);
  const outcome = await browser.start('consumer', await client.query());
  assert.notEqual(outcome.outcome, 'consent');
  const { request_uri: uri } = await push(client, await client.parameters());
  assert.equal((await open(browser, client, uri)).outcome, 'consent');
});

suiteModule(named('ensure-authorization-code-is-bound-to-client'), 'a code of one client is nothing for another', async ({ origin, client, browser }) => {
  const verifier = oauth.randomPKCECodeVerifier();
  const address = new URL(await connect(browser, client, { code_challenge: await oauth.calculatePKCECodeChallenge(verifier) }));
  const body = {
    grant_type: 'authorization_code', client_id: 'first-party-public', redirect_uri: client.redirectUri, code_verifier: verifier, code: address.searchParams.get('code'),
  };
  const response = await fetch(`${origin}/oauth/token`, { method: 'POST', body: new URLSearchParams(body) });
  assert.deepEqual([response.status, (await response.json()).error], [400, 'invalid_grant']);
}, PUBLIC);

for (const type of ['token', 'code id_token']) {
  suiteModule(named(`ensure-response-type-${type.replace(' ', '-').replace('_', '')}-fails`), 'a client of the code flow gets nothing else', async ({ origin, client }) => {
    const outcome = await (await signedIn(origin)).start('consumer', await client.query({ response_type: type, nonce: 'n' }));
    assert.equal(outcome.outcome, 'redirect');
    const address = new URL(outcome.redirect_uri);
    const answer = address.hash ? new URLSearchParams(address.hash.slice(1)) : address.searchParams;
    assert.match(answer.get('error'), /^(unsupported_response_type|unauthorized_client|invalid_request)$/);
  }, PUBLIC);
}

suiteModule(named('ensure-request-object-without-redirect-uri-fails'), 'a signed request without an address is refused here, also if there is one beside it', async ({ origin }) => {
  const { client, sign } = await signing(origin);
  const { redirect_uri: address, ...inside } = { ...await client.parameters(), response_type: 'code', client_id: client.id };
  const request = await sign(inside);
  assert.equal((await push(client, { request })).status, 400);
  const browser = await signedIn(origin);
  const response = await browser.fetch(`/oauth/authorize?${new URLSearchParams({ client_id: client.id, redirect_uri: address, request })}`);
  assert.deepEqual([response.status, response.headers.get('location')], [400, null]);
});

/** Request objects that must be refused: how each is made of good parameters. */
const BAD_OBJECTS = {
  'ensure-expired-request-object-fails': (parameters, { sign }) => sign(parameters, { lifetime: '-1h' }),
  'ensure-request-object-with-bad-aud-fails': (parameters, { sign }) => sign(parameters, { audience: 'https://www.other1.example.com/' }),
  'ensure-request-object-signature-algorithm-is-not-none': (parameters, { client, origin }) => (
    new UnsecuredJWT(parameters).setIssuer(client.id).setAudience(origin).setExpirationTime('1m').encode()
  ),
  'ensure-request-object-with-invalid-signature-fails': async (parameters, { sign }) => (
    sign(parameters, { key: (await generateKeyPair('ES256')).privateKey })
  ),
};
for (const [name, make] of Object.entries(BAD_OBJECTS)) {
  suiteModule(named(name), 'a bad request object is refused, pushed or not', async ({ origin }) => {
    const { client, sign } = await signing(origin);
    const parameters = { ...await client.parameters(), response_type: 'code', client_id: client.id };
    const request = await make(parameters, { client, sign, origin });
    const pushed = await push(client, { request });
    assert.deepEqual([pushed.status, pushed.error], [400, 'invalid_request_object']);
    const browser = new Browser(origin);
    await browser.login(ADA);
    const response = await browser.fetch(`/oauth/authorize?${new URLSearchParams({ client_id: client.id, request })}`);
    assert.equal(response.headers.get('location'), null);
    assert.equal(response.status, 400);
  });
}
