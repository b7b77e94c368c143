// OpenID Connect by the unmodified library: requests with PKCE, state and nonce, and all of its
// checks. Or plain OAuth, for a server that has no OpenID Connect: without nonce, ID token and userinfo.
import * as client from 'openid-client';
import { clientById, payment, publicMetadata, realms } from './clients.mjs';
import { shortened } from './messages.mjs';

/** The authorization server does not answer. The next request tries again. */
export class Unreachable extends Error {}

/**
 * @param {{issuer: string, url: string, openid?: boolean}} options the consumer issuer's address and
 *   this application's own; `openid: false` for plain OAuth
 */
export function createOidc({ issuer, url, openid = true }) {
  const configurations = new Map();
  const issuerOf = (realm) => issuer + realms[realm].path;

  async function discover(realm, clientId, jarm) {
    const { secret, registers, document } = clientById(clientId);
    const server = new URL(issuerOf(realm));
    const how = { algorithm: openid ? 'oidc' : 'oauth2', execute: [client.allowInsecureRequests] }; // plain http, on loopback only
    const configuration = registers
      ? await client.dynamicClientRegistration(server, { ...publicMetadata(url), ...registers }, client.None(), how)
      : await client.discovery(server, document ? url + document : clientId, undefined, secret ? client.ClientSecretBasic(secret) : client.None(), how);
    if (jarm) client.useJwtResponseMode(configuration);
    return configuration;
  }

  // Keeps a configuration that was discovered. After a failure the next request tries again.
  // `anew` makes a client that registers itself do so again: the server forgets it if nobody allows
  // it anything.
  function configurationFor({ realm, clientId, jarm = false }, { anew = false } = {}) {
    const key = [realm, clientId, jarm].join(' ');
    if (anew && clientById(clientId).registers) configurations.delete(key);
    if (!configurations.has(key)) {
      const pending = discover(realm, clientId, jarm).catch((cause) => {
        configurations.delete(key);
        throw new Unreachable(`${issuerOf(realm)} does not answer.`, { cause });
      });
      configurations.set(key, pending);
    }
    return configurations.get(key);
  }

  /**
   * Starts a login. Answers the login to remember (by `state`) and the address for the browser, or
   * `refused` if a push failed.
   */
  async function begin({ realm, clientId, scope: wanted, prompt, display, responseMode, pushed, pays }) {
    const scope = openid ? wanted : wanted.split(' ').filter((one) => one !== 'openid').join(' ');
    const login = {
      realm,
      clientId,
      scope,
      jarm: responseMode === 'jwt',
      state: client.randomState(),
      nonce: openid ? client.randomNonce() : undefined,
      verifier: client.randomPKCECodeVerifier(),
    };
    const parameters = {
      redirect_uri: url + realms[realm].callback,
      scope,
      state: login.state,
      ...(openid && { nonce: login.nonce }),
      code_challenge: await client.calculatePKCECodeChallenge(login.verifier),
      code_challenge_method: 'S256',
      ...(prompt && { prompt }),
      ...(display === 'popup' && { display }),
      ...(responseMode && { response_mode: responseMode }),
      ...(pays && { resource: payment.resource, authorization_details: JSON.stringify(payment.details) }),
    };
    login.configuration = await configurationFor(login, { anew: true });
    const plain = client.buildAuthorizationUrl(login.configuration, parameters);
    login.request = { parameters: Object.fromEntries(plain.searchParams), address: plain.href, pushed };
    if (!pushed) return { login, address: plain };
    try {
      const address = await client.buildAuthorizationUrlWithPAR(login.configuration, parameters);
      login.request.address = address.href;
      return { login, address };
    } catch (error) {
      return { refused: failure(login, error) };
    }
  }

  /**
   * Checks the answer to a login, a URL or (form_post) a Request, redeems the code and fetches
   * userinfo. Never throws for a fault of the server or the answer: the result describes it.
   */
  async function finish(login, answer) {
    try {
      const { configuration } = login;
      const tokens = await client.authorizationCodeGrant(configuration, answer, {
        pkceCodeVerifier: login.verifier,
        expectedState: login.state,
        expectedNonce: login.nonce,
        idTokenExpected: openid,
      });
      const claims = tokens.claims();
      const userinfo = openid ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : undefined;
      const requested = login.scope.split(' ');
      const granted = (tokens.scope ?? login.scope).split(' ').filter(Boolean);
      return {
        outcome: 'connected', realm: login.realm, clientId: login.clientId, claims, userinfo, granted,
        name: userinfo?.name ?? claims?.sub,
        withheld: requested.filter((scope) => !granted.includes(scope)),
        details: tokens.authorization_details ?? [],
        refreshToken: Boolean(tokens.refresh_token),
        idToken: tokens.id_token,
        silent: login.request.parameters.prompt === 'none',
        request: login.request,
        tokens: shortened(tokens),
      };
    } catch (error) {
      return failure(login, error);
    }
  }

  /** The address at which the browser signs out of the authorization server. */
  async function signOutAddress({ realm, clientId, idToken, state }) {
    const configuration = await configurationFor({ realm, clientId });
    return client.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${url}/signed-out`,
      state,
      ...(idToken && { id_token_hint: idToken }),
    });
  }

  /** The optional features in the server's metadata; all of them while it does not answer. */
  async function abilities() {
    const metadata = await configurationFor({ realm: 'consumer', clientId: 'third-party-public' }).then((one) => one.serverMetadata(), () => undefined);
    if (!metadata) return { pushed: true, silent: true, pays: true, registers: true, documents: true, signsOut: true, modes: undefined };
    return {
      pushed: metadata.pushed_authorization_request_endpoint !== undefined,
      silent: metadata.prompt_values_supported?.includes('none') ?? true,
      pays: metadata.authorization_details_types_supported?.includes('payment_initiation') ?? false,
      registers: metadata.registration_endpoint !== undefined,
      documents: metadata.client_id_metadata_document_supported ?? false,
      signsOut: metadata.end_session_endpoint !== undefined,
      modes: metadata.response_modes_supported,
    };
  }

  return { abilities, begin, finish, signOutAddress };
}

/**
 * The state of an answer before any check. Use it only to find the login that waits for the answer.
 */
export function unverifiedState(parameters) {
  const jwt = parameters.get('response');
  if (!jwt) return parameters.get('state');
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url')).state;
  } catch {
    return undefined;
  }
}

function failure({ realm, clientId, request }, error) {
  return { outcome: 'not connected', realm, clientId, request, ...explain(error) };
}

// An OAuth error from the server, or a failed check of the library. The library checks issuer and
// state before it reads an error, so that an error here is the server's own and belongs to this
// login.
function explain(error) {
  if (error instanceof client.AuthorizationResponseError) {
    return { error: error.error, description: error.error_description, state: 'matched' };
  }
  if (error instanceof client.ResponseBodyError) return { error: error.error, description: error.error_description };
  const reason = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
  return { error: error.code ?? 'failed_check', description: reason };
}
