/**
 * The configuration of the engine (npm `oidc-provider`, OpenID certified). It includes every
 * function whose default the engine warns about.
 */
import { errors } from 'oidc-provider';
import { contextOf } from '../../../server/node/src/engines/oidc-provider.ts';
import { trustOf } from '../fixtures/clients.mjs';
import { resourceServer, scopeNames } from '../fixtures/scopes.mjs';
import { richAuthorizationRequests } from './details.mjs';
import { metadata } from './metadata.mjs';
import { createPolicy } from './policy.mjs';
import { extraClientMetadata } from './registration.mjs';
import { checkScope, scopesInUse } from './scopes.mjs';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * RFC 7009 section 2.1: a client revokes its own tokens only. A public client learns nothing about
 * others.
 */
function mayRevoke(ctx, client, token) {
  if (token.clientId === client.clientId) return true;
  if (client.clientAuthMethod === 'none') return false;
  throw new errors.InvalidRequest('the token belongs to another client');
}

/**
 * RFC 7662 section 4: a client introspects its own tokens, and the service behind an API those for
 * that API. Nobody else learns anything.
 */
function mayIntrospect(ctx, client, token) {
  const { serves } = trustOf(client.clientId);
  return token.clientId === client.clientId || (serves !== undefined && token.aud === serves);
}

/**
 * The API behind a resource indicator. A client that acts for itself reaches the API that it serves
 * and no other.
 */
async function getResourceServerInfo(ctx, resource, client) {
  const server = resourceServer(resource, scopesInUse(ctx, resource));
  const own = ctx.oidc.params.grant_type !== 'client_credentials' || trustOf(client.clientId).serves === resource;
  if (server === undefined || !own) throw new errors.InvalidTarget();
  return server;
}

const features = {
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  dPoP: { enabled: true },
  introspection: { enabled: true, allowedPolicy: mayIntrospect },
  jwtResponseModes: { enabled: true },
  pushedAuthorizationRequests: { enabled: true },
  // Open registration, because the demo listens on loopback only.
  registration: { enabled: true },
  requestObjects: { enabled: true },
  resourceIndicators: {
    enabled: true,
    getResourceServerInfo,
  },
  richAuthorizationRequests,
  revocation: { enabled: true, allowedPolicy: mayRevoke },
  // The engine's two logout pages are never shown: this server has its own.
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: async (ctx) => { ctx.body = ''; },
    postLogoutSuccessSource: async (ctx) => { ctx.body = ''; },
  },
};

const routes = {
  authorization: '/oauth/authorize',
  end_session: '/oauth/logout',
  introspection: '/oauth/introspect',
  jwks: '/oauth/jwks',
  pushed_authorization_request: '/oauth/par',
  registration: '/oauth/register',
  revocation: '/oauth/revoke',
  token: '/oauth/token',
  userinfo: '/oauth/userinfo',
};

const ttl = {
  AccessToken: HOUR,
  AuthorizationCode: MINUTE,
  ClientCredentials: 10 * MINUTE,
  Grant: 14 * DAY,
  IdToken: HOUR,
  Interaction: HOUR,
  RefreshToken: 14 * DAY,
  Session: 14 * DAY,
};

/**
 * Refuses a request that is over a limit of the host, also a pushed or signed one. The engine calls
 * this after it has checked where an error may go, so that the client hears it.
 */
const withinLimits = (requests) => (ctx) => {
  const parameters = Object.entries(ctx.oidc.params).map(([name, value]) => [name, [value ?? ''].flat()]);
  const refusal = contextOf(ctx.req)?.refusal ?? requests.tooLargeParameters(parameters);
  if (refusal !== undefined) throw new errors.InvalidRequest(refusal);
};

/** An error that must not be redirected, at an endpoint that was called directly. */
function renderError(ctx, out) {
  ctx.type = 'json';
  ctx.body = out;
}

/**
 * @param realm `{ name, organizations }`
 * @param parts `adapter`, `fetch`, `keys`, `clients`, `clock`, `requests`, `findAccount`,
 *   `loadExistingGrant`, `extraTokenClaims`, `mustChoose`
 */
export function engineConfiguration(realm, parts) {
  return {
    ...metadata,
    adapter: parts.adapter,
    allowOmittingSingleRegisteredRedirectUri: false,
    claims: {
      acr: null,
      auth_time: null,
      email: ['email', 'email_verified'],
      iss: null,
      openid: realm.organizations ? ['sub', 'organization_id', 'organization_name'] : ['sub'],
      profile: ['name'],
    },
    // Otherwise the ID token of a code has no claims but `sub`, and many clients read nothing else.
    conformIdTokenClaims: false,
    // `http/cors.mjs` answers other origins.
    clientBasedCORS: () => true,
    // No type by default: `registration.mjs` takes it from the addresses.
    clientDefaults: { application_type: null },
    clients: parts.clients,
    // With `true` the engine binds a token to its session's last grant for the client, so that a
    // decision in one tab ends the code of another. `engine/session.mjs` ends what belongs to a
    // login.
    expiresWithSession: () => false,
    extraClientMetadata,
    extraParams: { countersign_limits: withinLimits(parts.requests), countersign_scope: (ctx) => checkScope(ctx) },
    extraTokenClaims: parts.extraTokenClaims,
    features,
    fetch: parts.fetch,
    fetchResponseBodyLimits: { jwks_uri: 64 * 1024, sector_identifier_uri: 64 * 1024 },
    findAccount: parts.findAccount,
    interactions: {
      policy: createPolicy({ clock: parts.clock, mustChoose: parts.mustChoose }),
      url: (ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    jwks: parts.keys,
    loadExistingGrant: parts.loadExistingGrant,
    renderError,
    routes,
    scopes: scopeNames(realm.name),
    ttl,
  };
}
