/**
 * Rich authorization requests (RFC 9396): the grant and its tokens carry the details exactly as
 * they were shown.
 */
import { isDeepStrictEqual } from 'node:util';
import { errors } from 'oidc-provider';
import { DETAIL_TYPES } from '../fixtures/details.mjs';

/** The requested details, normalized as JSON, so that they equal what the page sends back. */
export const detailsOf = (params) => JSON.parse(JSON.stringify(JSON.parse(params.authorization_details ?? '[]')));

const typed = (fits) => ({
  validate(ctx, detail) {
    if (!fits(detail)) throw new errors.InvalidAuthorizationDetails('authorization_details do not fit their type');
  },
});

/** A token request may name a subset of the granted details (RFC 9396 section 6). */
function forAccessToken(ctx, token, source) {
  const granted = source?.rar ?? [];
  if (ctx.oidc.params.authorization_details === undefined) return granted;
  const requested = detailsOf(ctx.oidc.params);
  const known = requested.every((detail) => granted.some((other) => isDeepStrictEqual(other, detail)));
  if (!known) throw new errors.InvalidAuthorizationDetails('authorization_details were not granted');
  return requested;
}

/** The engine's feature `richAuthorizationRequests`. */
export const richAuthorizationRequests = {
  enabled: true,
  types: Object.fromEntries(Object.entries(DETAIL_TYPES).map(([type, fits]) => [type, typed(fits)])),
  authorizationDetailsForGrantSource: (ctx) => ctx.oidc.grant.rar,
  authorizationDetailsForAccessToken: forAccessToken,
  authorizationDetailsForIntrospection: (ctx, token) => token.rar,
};
