/** The scope of a request, and the scopes of APIs that this server does not know. */
import { errors } from 'oidc-provider';
import { requestedScopes } from '../../../server/node/src/engines/oidc-provider.ts';
import { DEFAULT_SCOPE } from '../fixtures/scopes.mjs';

/** The claims of a request object that the engine has verified. */
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

/**
 * The scope as the client sent it, also in a pushed or signed request. An empty value counts as
 * omitted (RFC 6749 section 3.1). The engine has removed what it does not grant by now.
 */
function sentScope({ oidc, query, method }) {
  const sent = method === 'POST' ? oidc.body : query;
  const object = oidc.entities.PushedAuthorizationRequest?.request ?? sent.request;
  return (object ? claimsOf(object) : sent).scope || undefined;
}

/**
 * RFC 6749 section 3.3: an omitted scope gets the default. A scope of which nothing is left is an
 * error, and never the default, which nobody asked for. The engine alone would answer
 * `access_denied` after login.
 */
export function checkScope(ctx) {
  const { params } = ctx.oidc;
  if (sentScope(ctx) === undefined) params.scope = DEFAULT_SCOPE;
  else if (requestedScopes(ctx).length === 0) throw new errors.InvalidScope('the request names no scope that can be granted');
}

/**
 * The names of scopes that a request has, or the grant that it uses, for an API with scopes of its
 * own.
 */
export function scopesInUse({ oidc }, resource) {
  const texts = [oidc.params.scope, oidc.entities.Grant?.getResourceScope(resource)];
  return [...new Set(texts.flatMap((text) => text?.split(' ') ?? []))].filter(Boolean);
}
