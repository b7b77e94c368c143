// The library `openid-client` as the client: every way to send a request and to get an answer.
import assert from 'node:assert/strict';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oauth from 'openid-client';
import { journeys } from '../e2e/support/journey.mjs';
import { answerOf, startApp, tokensOf } from './support/openid-client.mjs';
import { allow, signInAndAllow } from './support/person.mjs';

const { journey } = journeys();

/** The half of the token's hash that an ID token carries (OpenID Connect Core 3.1.3.6). */
async function halfHash(token) {
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(token));
  return Buffer.from(digest).subarray(0, 16).toString('base64url');
}

/** Checks what the library does not: whose token it is, and `at_hash` where it is given. */
async function checkTokens(app, site, tokens, { scope = 'openid profile email', realm = '' } = {}) {
  const claims = tokens.claims();
  assert.equal(claims.iss, site.issuer + realm);
  assert.equal(claims.aud, app.config.clientMetadata().client_id);
  if (claims.at_hash !== undefined) assert.equal(claims.at_hash, await halfHash(tokens.access_token));
  assert.deepEqual(tokens.scope.split(' ').sort(), scope.split(' ').sort());
  const user = await oauth.fetchUserInfo(app.config, tokens.access_token, claims.sub);
  assert.deepEqual([user.name, user.email], ['Ada Lovelace', 'ada@example.com']);
}

journey('a plain request: the ID token is verified, and userinfo has name and email', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.tab();
  const app = await startApp(site, ada);
  const request = await app.request();
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await signInAndAllow(tab, app.name);
  await checkTokens(app, site, await tokensOf(app, tab, request));
});

journey('a pushed request (PAR) shows the browser nothing but its reference', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada, { metadata: { require_pushed_authorization_requests: true } });
  const request = await app.request();
  const address = await oauth.buildAuthorizationUrlWithPAR(app.config, request.parameters);
  assert.deepEqual([...address.searchParams.keys()].sort(), ['client_id', 'request_uri']);
  await tab.page.goto(address.href);
  await allow(tab, app.name);
  await checkTokens(app, site, await tokensOf(app, tab, request));
});

journey('a signed request (JAR) counts as it was signed', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada, { metadata: { request_object_signing_alg: 'ES256' } });
  const request = await app.request();
  const address = await oauth.buildAuthorizationUrlWithJAR(app.config, request.parameters, app.keys.privateKey);
  await tab.page.goto(address.href);
  await allow(tab, app.name);
  await checkTokens(app, site, await tokensOf(app, tab, request));
});

journey('a signed request can be pushed (JAR in PAR)', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada, { metadata: { request_object_signing_alg: 'ES256' } });
  const request = await app.request();
  const signed = await oauth.buildAuthorizationUrlWithJAR(app.config, request.parameters, app.keys.privateKey);
  const address = await oauth.buildAuthorizationUrlWithPAR(app.config, { request: signed.searchParams.get('request') });
  await tab.page.goto(address.href);
  await allow(tab, app.name);
  await checkTokens(app, site, await tokensOf(app, tab, request));
});

journey('a signed answer (JARM) is verified, allowed and denied', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada, { metadata: { authorization_signed_response_alg: 'ES256' } });
  oauth.useJwtResponseMode(app.config);
  const request = await app.request();
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await allow(tab, app.name);
  await checkTokens(app, site, await tokensOf(app, tab, request));

  const again = await app.request({ prompt: 'consent' });
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, again.parameters).href);
  await tab.card.asks(app.name);
  await tab.card.deny.click();
  await assert.rejects(tokensOf(app, tab, again), { error: 'access_denied' });
});

journey('an answer by form_post arrives in the body of a POST, allowed and denied', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const request = await app.request({ response_mode: 'form_post' });
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await allow(tab, app.name);
  await checkTokens(app, site, await tokensOf(app, tab, request));

  const again = await app.request({ response_mode: 'form_post', prompt: 'consent' });
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, again.parameters).href);
  await tab.card.asks(app.name);
  await tab.card.deny.click();
  await assert.rejects(tokensOf(app, tab, again), { error: 'access_denied' });
});

journey('a token bound to a key (DPoP) is accepted with a proof of that key, and refused with none or another’s', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const DPoP = oauth.getDPoPHandle(app.config, await oauth.randomDPoPKeyPair('ES256'));
  const request = await app.request();
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, { ...request.parameters, dpop_jkt: await DPoP.calculateThumbprint() }).href);
  await allow(tab, app.name);
  const tokens = await tokensOf(app, tab, request, undefined, { DPoP });
  assert.equal(tokens.token_type, 'dpop');
  const { sub } = tokens.claims();
  assert.equal((await oauth.fetchUserInfo(app.config, tokens.access_token, sub, { DPoP })).sub, sub);

  await assert.rejects(oauth.fetchUserInfo(app.config, tokens.access_token, sub), 'without a proof');
  const other = oauth.getDPoPHandle(app.config, await oauth.randomDPoPKeyPair('ES256'));
  await assert.rejects(oauth.fetchUserInfo(app.config, tokens.access_token, sub, { DPoP: other }), 'with another key');
});

journey('a code for one key (dpop_jkt) is not redeemed with another', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const DPoP = oauth.getDPoPHandle(app.config, await oauth.randomDPoPKeyPair('ES256'));
  const request = await app.request({ dpop_jkt: await DPoP.calculateThumbprint() });
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await allow(tab, app.name);
  const other = oauth.getDPoPHandle(app.config, await oauth.randomDPoPKeyPair('ES256'));
  await assert.rejects(tokensOf(app, tab, request, undefined, { DPoP: other }), { error: 'invalid_grant' });
});

const METHODS = {
  client_secret_basic: (secret) => oauth.ClientSecretBasic(secret),
  client_secret_post: (secret) => oauth.ClientSecretPost(secret),
  client_secret_jwt: (secret) => oauth.ClientSecretJwt(secret),
  private_key_jwt: (secret, key) => oauth.PrivateKeyJwt(key),
};

for (const [method, authentication] of Object.entries(METHODS)) {
  journey(`a client that authenticates by ${method} gets its tokens`, async ({ site, visitor }) => {
    const ada = await visitor();
    const tab = await ada.signedIn();
    const app = await startApp(site, ada, { method, authentication });
    const request = await app.request();
    await tab.page.goto((await oauth.buildAuthorizationUrlWithPAR(app.config, request.parameters)).href);
    await allow(tab, app.name);
    await checkTokens(app, site, await tokensOf(app, tab, request));
  });
}

journey('a program registers its loopback address without a port and says nothing of its kind, and is answered at the port that it has', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const metadata = { redirect_uris: ['http://127.0.0.1/callback'], application_type: undefined, post_logout_redirect_uris: undefined };
  const app = await startApp(site, ada, { metadata, host: '127.0.0.1' });
  const request = await app.request();
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await tab.card.asks(app.name);
  assert.equal(await tab.card.remember.count(), 0);
  await allow(tab, app.name);
  await checkTokens(app, site, await tokensOf(app, tab, request));
});

journey('the tokens of an organization name it, and are the B2B issuer’s', async ({ site, visitor }) => {
  const grace = await visitor();
  const tab = await grace.signedIn('grace@example.com');
  const app = await startApp(site, grace, { realm: '/b2b' });
  const request = await app.request();
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await allow(tab, app.name, { organization: 'Acme Corporation' });
  const claims = (await tokensOf(app, tab, request)).claims();
  assert.deepEqual([claims.iss, claims.sub, claims.organization_id], [`${site.issuer}/b2b`, 'account-grace', 'acme']);
});

journey('a refresh token gives new tokens, fewer scopes if fewer are asked, and never more', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const scope = 'openid profile email offline_access photos.read';
  const request = await app.request({ scope, prompt: 'consent' });
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await tab.card.asks(app.name);
  await tab.card.tick('See your photos', false);
  await allow(tab, app.name);
  const granted = 'openid profile email offline_access';
  const first = await tokensOf(app, tab, request);
  await checkTokens(app, site, first, { scope: granted });

  const second = await oauth.refreshTokenGrant(app.config, first.refresh_token);
  await checkTokens(app, site, second, { scope: granted });
  assert.notEqual(second.access_token, first.access_token);
  const narrow = await oauth.refreshTokenGrant(app.config, second.refresh_token, { scope: 'openid email' });
  assert.deepEqual(narrow.scope.split(' ').sort(), ['email', 'openid']);
  await assert.rejects(
    oauth.refreshTokenGrant(app.config, narrow.refresh_token, { scope: 'openid photos.read' }),
    { error: 'invalid_scope' },
  );
});

journey('a token for an API (resource) is a JWT for that API alone, with its scopes', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const resource = 'https://photos.example/api';
  const request = await app.request({ scope: 'openid photos.read photos.write', resource });
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await allow(tab, app.name);
  const tokens = await tokensOf(app, tab, request, { resource });
  const { jwks_uri: keys } = app.config.serverMetadata();
  const { payload } = await jwtVerify(tokens.access_token, createRemoteJWKSet(new URL(keys)), { issuer: site.issuer, audience: resource });
  assert.equal(payload.sub, tokens.claims().sub);
  assert.deepEqual(payload.scope.split(' ').sort(), ['photos.read', 'photos.write']);
});

journey('authorization details come back as they were allowed (RAR)', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada, { metadata: { authorization_details_types: ['payment_initiation'] } });
  const payment = { type: 'payment_initiation', instructedAmount: { currency: 'EUR', amount: '12.50' }, creditorName: 'Tea Room' };
  const resource = 'https://payments.example/api';
  const request = await app.request({ scope: 'openid', resource, authorization_details: JSON.stringify([payment]) });
  await tab.page.goto((await oauth.buildAuthorizationUrlWithPAR(app.config, request.parameters)).href);
  await allow(tab, app.name);
  const tokens = await tokensOf(app, tab, request, { resource });
  assert.deepEqual(tokens.authorization_details, [payment]);
});

journey('sign-out by the library: signed out here, back at the app with its state, and no longer known', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const request = await app.request();
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await allow(tab, app.name);
  const tokens = await tokensOf(app, tab, request);

  const bye = oauth.buildEndSessionUrl(app.config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: `${app.origin}/bye`, state: 'left' });
  await tab.page.goto(bye.href);
  const url = await answerOf(app, tab);
  assert.equal(`${url.pathname}${url.search}`, '/bye?state=left');

  const silent = await app.request({ prompt: 'none' });
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, silent.parameters).href);
  await assert.rejects(tokensOf(app, tab, silent), { error: 'login_required' });
});
