// Everything OpenID Connect, done by the unmodified library: requests with PKCE, state and nonce, and every check it knows.
import * as client from 'openid-client';
import { clientById, payment, realms } from './clients.mjs';

/** The authorization server cannot be asked right now; the next request tries again. */
export class Unreachable extends Error {}

/**
 * @param {{issuer: string, url: string}} options the consumer issuer's address and this application's own
 */
export function createOidc({ issuer, url }) {
  const configurations = new Map();
  const issuerOf = (realm) => issuer + realms[realm].path;

  async function discover(realm, clientId, jarm) {
    const { secret } = clientById(clientId);
    const configuration = await client.discovery(
      new URL(issuerOf(realm)),
      clientId,
      undefined,
      secret ? client.ClientSecretBasic(secret) : client.None(),
      { execute: [client.allowInsecureRequests] }, // plain http, on loopback only
    );
    if (jarm) client.useJwtResponseMode(configuration);
    return configuration;
  }

  // Kept once it worked; a server that is not up yet is asked again next time.
  function configurationFor({ realm, clientId, jarm = false }) {
    const key = [realm, clientId, jarm].join(' ');
    if (!configurations.has(key)) {
      const pending = discover(realm, clientId, jarm).catch((cause) => {
        configurations.delete(key);
        throw new Unreachable(`${issuerOf(realm)} does not answer.`, { cause });
      });
      configurations.set(key, pending);
    }
    return configurations.get(key);
  }

  /** Starts a login: what to remember about it (by `state`), and the address to send the browser to; or what refused the push. */
  async function begin({ realm, clientId, scope, prompt, display, responseMode, pushed, pays }) {
    const login = {
      realm,
      clientId,
      scope,
      jarm: responseMode === 'jwt',
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const parameters = {
      redirect_uri: url + realms[realm].callback,
      scope,
      state: login.state,
      nonce: login.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(login.verifier),
      code_challenge_method: 'S256',
      ...(prompt && { prompt }),
      ...(display === 'popup' && { display }),
      ...(responseMode && { response_mode: responseMode }),
      ...(pays && { resource: payment.resource, authorization_details: JSON.stringify(payment.details) }),
    };
    const configuration = await configurationFor(login);
    if (!pushed) return { login, address: client.buildAuthorizationUrl(configuration, parameters) };
    try {
      return { login, address: await client.buildAuthorizationUrlWithPAR(configuration, parameters) };
    } catch (error) {
      return { refused: failure(login, error) };
    }
  }

  /**
   * Takes the answer of a login, a URL or (form_post) a Request, through all checks, and fetches userinfo.
   * Never throws for anything the server or the answer did: the result says what went wrong.
   */
  async function finish(login, answer) {
    try {
      const configuration = await configurationFor(login);
      const tokens = await client.authorizationCodeGrant(configuration, answer, {
        pkceCodeVerifier: login.verifier,
        expectedState: login.state,
        expectedNonce: login.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      const asked = login.scope.split(' ');
      const granted = (tokens.scope ?? login.scope).split(' ').filter(Boolean);
      return {
        outcome: 'connected', realm: login.realm, clientId: login.clientId, claims, userinfo, granted,
        who: userinfo.name ?? claims.sub,
        withheld: asked.filter((scope) => !granted.includes(scope)),
        details: tokens.authorization_details ?? [],
        refreshToken: Boolean(tokens.refresh_token),
        idToken: tokens.id_token,
      };
    } catch (error) {
      return failure(login, error);
    }
  }

  /** Where to send the browser to sign out at the authorization server as well. */
  async function signOutAddress({ realm, clientId, idToken, state }) {
    const configuration = await configurationFor({ realm, clientId });
    return client.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${url}/signed-out`,
      state,
      ...(idToken && { id_token_hint: idToken }),
    });
  }

  /** What the server says it can do besides the ordinary; all of it as long as it does not answer. */
  async function abilities() {
    const metadata = await configurationFor({ realm: 'consumer', clientId: 'third-party-public' }).then((one) => one.serverMetadata(), () => undefined);
    if (!metadata) return { pushed: true, silent: true, pays: true, modes: undefined };
    return {
      pushed: metadata.pushed_authorization_request_endpoint !== undefined,
      silent: metadata.prompt_values_supported?.includes('none') ?? true,
      pays: metadata.authorization_details_types_supported?.includes('payment_initiation') ?? false,
      modes: metadata.response_modes_supported,
    };
  }

  return { abilities, begin, finish, signOutAddress };
}

/** The parameters of an answer, before any check: only good for finding the login that waits for it. */
export function unverifiedState(parameters) {
  const jwt = parameters.get('response');
  if (!jwt) return parameters.get('state');
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url')).state;
  } catch {
    return undefined;
  }
}

function failure({ realm, clientId }, error) {
  return { outcome: 'not connected', realm, clientId, ...explain(error) };
}

// An OAuth error the server sent, or a check of the library that failed. The library checks issuer and state before it
// looks at an error, so one that gets here is the server's own and belongs to this login.
function explain(error) {
  if (error instanceof client.AuthorizationResponseError) {
    return { error: error.error, description: error.error_description, state: 'matched' };
  }
  if (error instanceof client.ResponseBodyError) return { error: error.error, description: error.error_description };
  const reason = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
  return { error: error.code ?? 'failed_check', description: reason };
}
