// A web app with `openid-client` (certified by the OpenID Foundation) on a loopback port of its own.
import { generateKeyPair } from 'jose';
import * as oauth from 'openid-client';
import { listen } from '../../e2e/support/listener.mjs';

const insecure = { execute: [oauth.allowInsecureRequests] };
const NAME = 'Ledger';

/** The public part of a key, as client metadata has it. */
const publicKeys = async (key) => ({ keys: [{ ...await crypto.subtle.exportKey('jwk', key), use: 'sig', alg: 'ES256' }] });

/**
 * Starts the app and registers it.
 *
 * @param site the demo's system
 * @param visitor whose browser may go to the app
 * @param options `metadata` of the client; `authentication`, made from the registered secret or the key; `realm`;
 *   `host`, the name of this machine in its address
 */
export async function startApp(site, visitor, { metadata = {}, authentication = () => oauth.None(), method = 'none', realm = '', host = 'localhost' } = {}) {
  const listener = await listen({ host });
  visitor.origins.add(listener.origin);
  const redirectUri = `${listener.origin}/callback`;
  const keys = await generateKeyPair('ES256', { extractable: true });
  const issuer = new URL(site.issuer + realm);
  const registered = await oauth.dynamicClientRegistration(issuer, {
    client_name: NAME,
    application_type: 'web',
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [`${listener.origin}/bye`],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: method,
    jwks: await publicKeys(keys.publicKey),
    ...metadata,
  }, oauth.None(), insecure);
  const client = registered.clientMetadata();
  // What is not registered here is read from discovery again, as the app does at its next start.
  const config = await oauth.discovery(issuer, client.client_id, client, authentication(client.client_secret, keys.privateKey), insecure);
  return {
    name: NAME, config, keys, redirectUri, origin: listener.origin, received: listener.received, close: listener.close,
    request: (parameters) => newRequest(redirectUri, parameters),
  };
}

/** The parameters of a request, and what its answer is checked against. */
async function newRequest(redirectUri, more = {}) {
  const verifier = oauth.randomPKCECodeVerifier();
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    state: oauth.randomState(),
    nonce: oauth.randomNonce(),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  };
  const checks = { expectedState: parameters.state, expectedNonce: parameters.nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
  return { parameters, checks };
}

/** The answer that arrived at the app's callback in this tab, as the library takes it. */
export async function answerOf(app, { page }) {
  const { method, url, body } = await app.received();
  await page.waitForURL((shown) => shown.origin === app.origin);
  if (method !== 'POST') return url;
  return new Request(url, { method, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
}

/** Tokens for the answer that arrived, through all checks of the library. */
export async function tokensOf(app, tab, { checks }, ...more) {
  return oauth.authorizationCodeGrant(app.config, await answerOf(app, tab), checks, ...more);
}
