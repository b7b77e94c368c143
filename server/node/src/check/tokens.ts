/** The client's side: metadata, registration, the code and its tokens, by `oauth4webapi`. All of it goes through the outlet. */
import * as oauth from 'oauth4webapi';
import { readAnswer } from './answer.ts';
import type { Outlet } from './client.ts';
import type { ClientState, Site } from './config.ts';
import type { Any } from './contract.ts';
import { Failed, NotApplicable, Stopped } from './errors.ts';

/** An authorization request, and what its client keeps for the answer. */
export interface AuthorizationRequest {
  readonly client: ClientState;
  readonly parameters: Readonly<Record<string, string>>;
  /** The raw query. */
  readonly query: string;
  readonly state: string;
  readonly verifier: string;
}

/** The client's own key for a code exchange, from its secret. */
function authenticationOf({ client_secret: secret }: ClientState, server: oauth.AuthorizationServer): oauth.ClientAuth {
  if (secret === undefined) return oauth.None();
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_basic') ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret);
}

/** How `oauth4webapi` makes its requests. */
interface Options {
  readonly [oauth.customFetch]: (url: string, init: Any) => Promise<Response>;
  readonly [oauth.allowInsecureRequests]: boolean;
}

/** Why metadata cannot be used, with what they say. */
async function unusable(response: Response, { href }: URL, message: string): Promise<string> {
  if (response.status !== 200) return `it answered ${response.status}`;
  const read = readAnswer(await response.text());
  const found = 'value' in read ? read.value?.issuer : undefined;
  const wanted = href.replace(/\/$/, '');
  if (typeof found !== 'string' || found.replace(/\/$/, '') === wanted) return message;
  return `their issuer is ${JSON.stringify(found)}, and the config's is ${JSON.stringify(wanted)}`;
}

export class TokenSide {
  readonly server: oauth.AuthorizationServer;
  readonly #options: Options;

  constructor(server: oauth.AuthorizationServer, options: Options) {
    this.server = server;
    this.#options = options;
  }

  /** Reads the server's metadata. */
  static async discover(outlet: Outlet, { issuer, openid }: Site): Promise<TokenSide> {
    const options: Options = {
      [oauth.customFetch]: (url, { headers: { 'user-agent': library, ...headers }, ...init }) => outlet.send(url, { ...init, headers }),
      // A server on this machine has no certificate.
      [oauth.allowInsecureRequests]: outlet.origin.startsWith('http:'),
    };
    const own = new URL(issuer);
    let [asked, response]: [string, Response | undefined] = ['', undefined];
    const noted: Options = { ...options, [oauth.customFetch]: (url, init) => options[oauth.customFetch](asked = url, init) };
    try {
      response = await oauth.discoveryRequest(own, { algorithm: openid ? 'oidc' : 'oauth2', ...noted });
      return new TokenSide(await oauth.processDiscoveryResponse(own, response.clone()), options);
    } catch (error) {
      const why = response === undefined ? (error as Error).message : await unusable(response, own, (error as Error).message);
      const hint = response === undefined ? '' : ' Set "issuer" or "openid" in the config, or "tokens": false.';
      throw new Stopped(`The metadata of ${issuer} cannot be read${asked && `, at ${asked}`}: ${why.replace(/\.?$/, '.')}${hint}`, { cause: error });
    }
  }

  async register(metadata: Readonly<Record<string, unknown>>): Promise<ClientState> {
    if (this.server.registration_endpoint === undefined) throw new NotApplicable('The metadata names no registration endpoint.');
    const response = await oauth.dynamicClientRegistrationRequest(this.server, metadata as Any, this.#options);
    const client: Any = await oauth.processDynamicClientRegistrationResponse(response);
    const secret = client.token_endpoint_auth_method === 'none' ? {} : { client_secret: client.client_secret };
    return { client_id: client.client_id, redirect_uri: client.redirect_uris?.[0] ?? (metadata as Any).redirect_uris[0], ...secret };
  }

  /** Pushes a request (RFC 9126) and returns the query that refers to it. */
  async push({ client, parameters }: AuthorizationRequest): Promise<string> {
    const own = { client_id: client.client_id };
    const response = await oauth.pushedAuthorizationRequest(this.server, own, authenticationOf(client, this.server), new URLSearchParams(parameters), this.#options);
    const { request_uri: uri } = await oauth.processPushedAuthorizationResponse(this.server, own, response);
    return new URLSearchParams({ client_id: client.client_id, request_uri: uri }).toString();
  }

  /** Whether the server says that its answers name the issuer (RFC 9207). */
  get namesIssuer(): boolean {
    return this.server.authorization_response_iss_parameter_supported === true;
  }

  /** The parameters of an answer, if its state and issuer are right and it is no error. */
  validate(answer: URL, { client, state }: AuthorizationRequest): URLSearchParams {
    return oauth.validateAuthResponse(this.server, { client_id: client.client_id }, answer, state);
  }

  /** An answer as it should be, so that one without a state or issuer fails the check about that alone. */
  #completed(answer: URL, { state }: AuthorizationRequest): URL {
    const parameters = { code: answer.searchParams.get('code') ?? '', state, iss: this.server.issuer };
    return new URL(`?${new URLSearchParams(parameters)}`, answer);
  }

  /** Redeems the code of an answer. */
  async redeem(answer: URL, request: AuthorizationRequest, { verifier = request.verifier }: { verifier?: string } = {}): Promise<oauth.TokenEndpointResponse> {
    const { client } = request;
    const own = { client_id: client.client_id };
    const parameters = this.validate(this.#completed(answer, request), request);
    const resource = request.parameters['resource'];
    const response = await oauth.authorizationCodeGrantRequest(
      this.server, own, authenticationOf(client, this.server), parameters, client.redirect_uri, verifier,
      { ...this.#options, ...(resource === undefined ? {} : { additionalParameters: { resource } }) },
    );
    return oauth.processAuthorizationCodeResponse(this.server, own, response);
  }

  /** Whose token it is, if the server tells this client (RFC 7662). Only one with a secret can ask. */
  async introspect(client: ClientState, token: string): Promise<string | undefined> {
    if (this.server.introspection_endpoint === undefined || client.client_secret === undefined) return undefined;
    const own = { client_id: client.client_id };
    try {
      const response = await oauth.introspectionRequest(this.server, own, authenticationOf(client, this.server), token, this.#options);
      const found = await oauth.processIntrospectionResponse(this.server, own, response);
      return found.active ? found.sub : undefined;
    } catch (error) {
      if (error instanceof Stopped) throw error;
      return undefined;
    }
  }

  /** Fails unless the token endpoint refuses. */
  async refuses(answer: URL, request: AuthorizationRequest, options: { verifier?: string } = {}): Promise<void> {
    let tokens: unknown;
    try {
      tokens = await this.redeem(answer, request, options);
    } catch (error) {
      if (error instanceof oauth.ResponseBodyError && error.status < 500) return;
      throw error;
    }
    throw new Failed(`The token endpoint must answer with an error, such as invalid_grant, and gave ${Object.keys(tokens as object).join(', ')}.`);
  }
}
