// A client that knows nothing but the issuer's address: discovery, dynamic registration, and the unmodified library.
import * as client from 'openid-client';

const insecure = { execute: [client.allowInsecureRequests] };

/**
 * Registers a client at an issuer.
 *
 * @param {string} issuer
 * @param {object} metadata at least `redirect_uris`
 */
export async function registerClient(issuer, metadata) {
  const configuration = await client.dynamicClientRegistration(
    new URL(issuer),
    { client_name: 'Generic Client', token_endpoint_auth_method: 'none', ...metadata },
    client.None(),
    insecure,
  );
  const [registered] = metadata.redirect_uris;

  return {
    id: configuration.clientMetadata().client_id,
    server: configuration.serverMetadata(),

    /** A request: its address, and what to check the answer against. Without `openid` in its scope, it is one of plain OAuth. */
    async request({ state = client.randomState(), redirectUri = registered, scope = 'openid profile email', ...parameters } = {}) {
      const verifier = client.randomPKCECodeVerifier();
      const nonce = scope.split(' ').includes('openid') ? client.randomNonce() : undefined;
      const address = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope,
        state,
        ...(nonce && { nonce }),
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...parameters,
      });
      return { address, checks: { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier } };
    },

    /** Tokens for an answer that arrived, through all checks of the library. */
    tokens(answer, { checks }) {
      return client.authorizationCodeGrant(configuration, answer, { ...checks, idTokenExpected: checks.expectedNonce !== undefined });
    },

    userinfo(tokens) {
      return client.fetchUserInfo(configuration, tokens.access_token, tokens.claims().sub);
    },
  };
}
