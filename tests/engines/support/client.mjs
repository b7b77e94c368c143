// A client by the unmodified library `openid-client`, which makes every check of an answer.
import * as oauth from 'openid-client';

const REDIRECT_URI = 'http://127.0.0.1:9/callback';

/** A client that the engine knows from its start, with a secret. */
export const CONFIDENTIAL = { id: 'confidential', name: 'Books', secret: 'a secret of the tests: 100%', redirectUri: REDIRECT_URI };

const howFor = ({ openid }) => ({ algorithm: openid ? 'oidc' : 'oauth2', execute: [oauth.allowInsecureRequests] });

/** A client that registers itself. No program listens at its address: the tests read what a browser would be sent to. */
export async function registerClient(host) {
  const metadata = {
    client_name: 'Ledger', redirect_uris: [REDIRECT_URI], application_type: 'native', token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
  };
  return clientOf(host, await oauth.dynamicClientRegistration(new URL(host.issuer), metadata, oauth.None(), howFor(host)));
}

/** The client with a secret, which is `secret` if the test knows no better. */
export async function confidentialClient(host, secret = CONFIDENTIAL.secret) {
  return clientOf(host, await oauth.discovery(new URL(host.issuer), CONFIDENTIAL.id, undefined, oauth.ClientSecretBasic(secret), howFor(host)));
}

/** A public client that the engine knows from its start. */
export async function knownClient(host, { id, redirectUri }) {
  return clientOf(host, await oauth.discovery(new URL(host.issuer), id, undefined, oauth.None(), howFor(host)), redirectUri);
}

/** What the tests do with a client. */
export function clientOf({ openid }, config, redirectUri = REDIRECT_URI) {
  /** A request: its query, and what its answer is checked against. */
  async function request(more = {}) {
    const verifier = oauth.randomPKCECodeVerifier();
    const checks = { pkceCodeVerifier: verifier, expectedState: oauth.randomState(), ...(openid && { expectedNonce: oauth.randomNonce(), idTokenExpected: true }) };
    const address = oauth.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: openid ? 'openid profile photos.read' : 'profile email photos.read',
      state: checks.expectedState,
      ...(openid && { nonce: checks.expectedNonce }),
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more,
    });
    return { query: address.search.slice(1), checks };
  }

  return {
    config,
    redirectUri,
    request,
    tokens: ({ checks }, address) => oauth.authorizationCodeGrant(config, new URL(address), checks),
    refresh: (token) => oauth.refreshTokenGrant(config, token),
  };
}
