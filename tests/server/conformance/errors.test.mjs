/** The modules of the basic and dynamic plans for requests that must fail, and for what is used twice. */
import assert from 'node:assert/strict';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify, UnsecuredJWT } from 'jose';
import * as oauth from 'openid-client';
import { transactionOf } from '../answers.mjs';
import { ADA, Browser, Client, connect } from '../harness.mjs';
import { asked, authorize, redeem, send, show, signedIn, signing, suiteModule } from './suite.mjs';

const REFUSED = /^(invalid_request|unsupported_response_type)$/;
const errorIn = ({ redirect_uri: address }) => new URL(address).searchParams.get('error');

suiteModule('oidcc-response-type-missing', 'an error to the client, with its state', async ({ client, browser }) => {
  const { outcome, parameters } = await show(browser, client, { response_type: '' });
  assert.equal(outcome.outcome, 'redirect');
  assert.match(errorIn(outcome), REFUSED);
  assert.equal(new URL(outcome.redirect_uri).searchParams.get('state'), parameters.state);
});

/** The page says that the request cannot be used, signed in or not, and nobody is sent anywhere. */
async function staysHere(origin, client, more) {
  for (const browser of [new Browser(origin), await signedIn(origin)]) {
    assert.equal((await show(browser, client, more)).outcome.outcome, 'error');
    const silent = await send(browser, client, { ...more, prompt: 'none' });
    assert.deepEqual([silent.status, silent.location], [400, null]);
  }
}

suiteModule('oidcc-ensure-registered-redirect-uri', 'an address that is not registered is shown as an error, never gone to', async ({ origin, client }) => {
  await staysHere(origin, client, { redirect_uri: 'https://client.example/other' });
});

suiteModule('oidcc-ensure-redirect-uri-in-authorization-request', 'a request without an address is an error here', async ({ origin, client }) => {
  await staysHere(origin, client, { redirect_uri: undefined });
});

const WITH_QUERY = 'https://client.example/cb?dummy1=lorem&dummy2=ipsum';
const registered = (origin, redirectUri) => Client.registered(origin, { redirect_uris: [redirectUri], application_type: 'web' });

suiteModule('oidcc-redirect-uri-query-OK', 'the query of a registered address is kept, and the code is for that address', async ({ origin, browser }) => {
  const client = await registered(origin, WITH_QUERY);
  const verifier = oauth.randomPKCECodeVerifier();
  const address = new URL(await connect(browser, client, { scope: 'openid', code_challenge: await oauth.calculatePKCECodeChallenge(verifier) }));
  assert.deepEqual([address.searchParams.get('dummy1'), address.searchParams.get('dummy2')], ['lorem', 'ipsum']);
  const body = { grant_type: 'authorization_code', client_id: client.id, redirect_uri: WITH_QUERY, code_verifier: verifier, code: address.searchParams.get('code') };
  const response = await fetch(`${origin}/oauth/token`, { method: 'POST', body: new URLSearchParams(body) });
  assert.ok((await response.json()).id_token);
});

const MISMATCHES = {
  'oidcc-redirect-uri-query-mismatch': [WITH_QUERY, 'https://client.example/cb?dummy1=lorem&dummy2=other'],
  'oidcc-redirect-uri-query-added': ['https://client.example/cb', 'https://client.example/cb?foo=bar'],
};
for (const [name, [known, used]] of Object.entries(MISMATCHES)) {
  suiteModule(name, 'another query is another address', async ({ origin }) => {
    await staysHere(origin, await registered(origin, known), { redirect_uri: used });
  });
}

suiteModule('oidcc-redirect-uri-regfrag', 'an address with a fragment is not registered', async ({ origin }) => {
  await assert.rejects(registered(origin, 'https://client.example/cb#foobar'), { error: 'invalid_redirect_uri' });
});

suiteModule('oidcc-codereuse', 'a code works once', async ({ client, browser }) => {
  const { address, parameters } = await authorize(browser, client);
  await assert.rejects(redeem(client, address, parameters), { error: 'invalid_grant' });
});

suiteModule('oidcc-codereuse-30seconds', 'a code that comes a second time ends the tokens of the first', async ({ client, browser, clock }) => {
  const { address, parameters, tokens } = await authorize(browser, client);
  clock.advance(30);
  await assert.rejects(redeem(client, address, parameters), { error: 'invalid_grant' });
  const userinfo = await fetch(client.config.serverMetadata().userinfo_endpoint, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  assert.equal(userinfo.status, 401);
});

suiteModule('oidcc-idtoken-signature', 'an ID token is signed by a key that is published, and names it', async ({ client, browser }) => {
  const { tokens } = await authorize(browser, client);
  assert.ok(decodeProtectedHeader(tokens.id_token).kid);
  await jwtVerify(tokens.id_token, createRemoteJWKSet(new URL(client.config.serverMetadata().jwks_uri)));
});

suiteModule('oidcc-server-client-secret-post', 'a client may send its secret in the body', async ({ origin, browser }) => {
  const redirectUri = 'https://client.example/cb';
  const config = await oauth.dynamicClientRegistration(new URL(origin), {
    redirect_uris: [redirectUri], token_endpoint_auth_method: 'client_secret_post',
  }, oauth.ClientSecretPost(), { execute: [oauth.allowInsecureRequests] });
  assert.ok((await authorize(browser, new Client(config, redirectUri))).tokens.id_token);
});

suiteModule('oidcc-ensure-request-object-with-redirect-uri', 'the address in a request object counts, and not the one beside it', async ({ origin, browser }) => {
  const { client, sign } = await signing(origin);
  const inside = { ...await client.parameters({ scope: 'openid', nonce: 'n' }), response_type: 'code', client_id: client.id };
  await browser.login(ADA);
  const outside = { ...inside, redirect_uri: 'https://client.example/elsewhere', request: await sign(inside) };
  const response = await browser.fetch(`/oauth/authorize?${new URLSearchParams(outside)}`);
  const card = await browser.start('consumer', { transaction: transactionOf(response) });
  const { answer } = await browser.allow(card);
  assert.ok(answer.redirect_uri.startsWith('https://client.example/cb?'));
  assert.ok((await client.redeem(answer.redirect_uri, { expectedNonce: 'n' })).id_token);
});

suiteModule('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported', 'an unsigned request object is refused, and never ignored', async ({ origin, client, browser }) => {
  const { request_object_signing_alg_values_supported: supported } = client.config.serverMetadata();
  assert.ok(!supported.includes('none'));
  const parameters = asked();
  const request = new UnsecuredJWT({ ...parameters, response_type: 'code', client_id: client.id, redirect_uri: client.redirectUri })
    .setIssuer(client.id).setAudience(origin).encode();
  const { location } = await send(browser, client, { ...parameters, request });
  assert.match(errorIn({ redirect_uri: location }), /^(invalid_request_object|request_not_supported)$/);
});

suiteModule('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported', 'a request elsewhere (request_uri) is refused, and never fetched or ignored', async ({ client, browser }) => {
  assert.equal(client.config.serverMetadata().request_uri_parameter_supported, false);
  const { location } = await send(browser, client, { request_uri: 'https://client.example/request.jwt' });
  assert.equal(errorIn({ redirect_uri: location }), 'request_uri_not_supported');
});
