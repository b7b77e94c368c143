/**
 * Cloudflare's `@cloudflare/workers-oauth-provider`, in the same Worker, by its helpers (`env.OAUTH_PROVIDER`).
 *
 * What the engine cannot do: OpenID Connect, sign-out, remember a decision. It knows no `prompt`, so that the adapter answers that.
 */
import { errorResponse, leadsTo } from '../addresses.ts';
import { EngineUnavailable, type Destination, type Engine, type Opened } from '../engine.ts';
import type { Account, ClientMetadata, Json } from '../model.ts';
import { forcedBy, isFresh } from './prompt.ts';

/** `AuthRequest` of the engine. */
interface AuthRequest {
  clientId: string;
  redirectUri: string;
  scope: string[];
  state: string;
  codeChallenge?: string;
  resource?: string;
  issuer?: string;
}

/** What the adapter uses of `ClientInfo`. */
interface ClientInfo {
  clientId: string;
  clientName?: string;
  clientUri?: string;
  logoUri?: string;
  policyUri?: string;
  tosUri?: string;
  i18n?: Record<string, string>;
}

export interface WorkersOptions {
  /** `env.OAUTH_PROVIDER`. */
  readonly provider: {
    parseAuthRequest(request: Request): Promise<AuthRequest>;
    lookupClient(clientId: string): Promise<ClientInfo | null>;
    completeAuthorization(options: { request: AuthRequest; userId: string; scope: string[]; metadata: unknown; props: unknown; revokeExistingGrants?: boolean }): Promise<{ redirectTo: string }>;
  };
  /** `authorizeEndpoint`, as an address. */
  readonly endpoint: string;
  /** What the API's handlers get with a token of this account. */
  props?(account: Account): unknown;
  /** `true` keeps a client's earlier grants: by default a new one ends them, and the tokens of the user's other devices. */
  readonly keepGrants?: boolean;
}

/** An error of the engine. It has an address only if that is verified. */
function refusal(error: unknown): Opened {
  const { name, code, description, redirectTo } = error as { name?: string; code?: string; description?: string; redirectTo?: string };
  if (redirectTo) return { kind: 'done', ...leadsTo(redirectTo) };
  if (code && description) return { kind: 'refused', error: code, description };
  // The document at a client's id (CIMD) is not there, or wrong.
  if (name === 'CimdFetchError') return { kind: 'refused', error: 'invalid_client', description: 'The client’s metadata cannot be read.' };
  throw new EngineUnavailable('The storage of the engine failed.', { cause: error });
}

const metadata = (client: ClientInfo): ClientMetadata => ({
  ...client.i18n,
  client_id: client.clientId,
  client_name: client.clientName,
  client_uri: client.clientUri,
  logo_uri: client.logoUri,
  policy_uri: client.policyUri,
  tos_uri: client.tosUri,
  registration: /^https:/.test(client.clientId) ? 'metadata_document' : 'dynamic',
});

export function workersOAuthProvider({ provider, endpoint, props = ({ sub }) => ({ sub }), keepGrants = false }: WorkersOptions): Engine {
  const fails = (request: AuthRequest, error: string): Destination => leadsTo(errorResponse(request.redirectUri, { error, state: request.state || null, iss: request.issuer }));

  return {
    name: 'workers-oauth-provider',
    narrows: true,
    remembers: 'never',

    async open(query, context) {
      const parameters = new URLSearchParams(query);
      // The engine reads the first of two (RFC 6749 section 3.1).
      const twice = [...parameters.keys()].find((name) => name !== 'resource' && parameters.getAll(name).length > 1);
      if (twice) return { kind: 'refused', error: 'invalid_request', description: `${twice} is there twice.` };
      try {
        const request = await provider.parseAuthRequest(new Request(`${endpoint}?${query}`));
        const resume = request as unknown as Json;
        const prompt = parameters.get('prompt');
        const reason = context.account === null ? 'no_session' : isFresh(context) ? undefined : forcedBy(prompt);
        if (prompt === 'none') return { kind: 'done', ...fails(request, reason ? 'login_required' : 'consent_required') };
        if (reason) return { kind: 'login', reason, resume };
        const client = await provider.lookupClient(request.clientId);
        if (client === null) return { kind: 'refused', error: 'invalid_client' };
        const { codeChallenge: challenge, resource } = request;
        return {
          kind: 'ask',
          client: metadata(client),
          scopes: request.scope.map((scope) => ({ scope })),
          resources: parameters.has('resource') && resource ? [resource] : [],
          redirect_uri: request.redirectUri,
          // The engine gives a code as often as it is asked to.
          request_id: challenge && JSON.stringify([request.clientId, context.account?.sub, challenge]),
          ui_locales: parameters.get('ui_locales') ?? undefined,
          resume,
        };
      } catch (error) {
        return refusal(error);
      }
    },

    async allow(resume, { scopes }, { account }) {
      const request = resume as unknown as AuthRequest;
      // A ":" separates the parts of the engine's tokens.
      const userId = encodeURIComponent(account!.sub);
      const options = { request, userId, scope: scopes.map(({ scope }) => scope), metadata: {}, props: props(account!), revokeExistingGrants: !keepGrants };
      try {
        return leadsTo((await provider.completeAuthorization(options)).redirectTo);
      } catch (cause) {
        throw new EngineUnavailable('The engine could not store the grant.', { cause });
      }
    },

    // The engine leaves this answer to its host, `iss` included (RFC 9207).
    async deny(resume) {
      return fails(resume as unknown as AuthRequest, 'access_denied');
    },
  };
}
