/** Rich authorization requests (RFC 9396): what was allowed goes with the grant into its tokens, as it was shown. */
import { isDeepStrictEqual } from 'node:util';
import { errors } from 'oidc-provider';
import { DETAIL_TYPES } from '../fixtures/details.mjs';

/** The details a request asks for. Written and read once, so that what is kept is what the page can send back. */
export const detailsOf = (params) => JSON.parse(JSON.stringify(JSON.parse(params.authorization_details ?? '[]')));

const typed = (fits) => ({
  validate(ctx, detail) {
    if (!fits(detail)) throw new errors.InvalidAuthorizationDetails('authorization_details do not fit their type');
  },
});

/** A token request may name some of what was granted (RFC 9396 section 6), nothing else. */
function forAccessToken(ctx, token, source) {
  const granted = source?.rar ?? [];
  if (ctx.oidc.params.authorization_details === undefined) return granted;
  const wanted = detailsOf(ctx.oidc.params);
  const known = wanted.every((detail) => granted.some((other) => isDeepStrictEqual(other, detail)));
  if (!known) throw new errors.InvalidAuthorizationDetails('authorization_details were not granted');
  return wanted;
}

/** The engine's feature of that name. */
export const richAuthorizationRequests = {
  enabled: true,
  types: Object.fromEntries(Object.entries(DETAIL_TYPES).map(([type, fits]) => [type, typed(fits)])),
  authorizationDetailsForGrantSource: (ctx) => ctx.oidc.grant.rar,
  authorizationDetailsForAccessToken: forAccessToken,
  authorizationDetailsForIntrospection: (ctx, token) => token.rar,
};
