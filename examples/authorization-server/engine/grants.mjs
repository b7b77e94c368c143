/** The engine's grants. Every decision makes a new one. */
import { grantScopes, requestedResources, requestedScopes } from '../../../server/node/src/engines/oidc-provider.ts';
import { allowedOrganizations, findAccount, findOrganization } from '../fixtures/accounts.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { isNativeAddress } from '../registration/addresses.mjs';
import { consentsOf } from '../state/login-consents.mjs';
import { loginOf } from './call.mjs';

/**
 * The requested APIs as entries without a scope, for our records of consent: a token for an API
 * needs none, so that an API that was not on the card is more than was allowed.
 */
export const apisOf = ({ resources }) => resources.map((resource) => ({ scope: '', resource }));

/** What a stored grant brings with it: its organization, and its end with the login that made it. */
export async function keepGrant(realm, grant, { organization, login }) {
  // OIDC Core section 11: only offline access outlives the login.
  if (!grant.getOIDCScope().split(' ').includes('offline_access')) login?.grants.push({ realm, id: grant.jti });
  if (organization !== undefined) await realm.grantOrganizations.upsert(grant.jti, { organization }, realm.grantTtl);
}

/** The organization of a grant. */
export async function organizationOf(realm, grantId) {
  if (!realm.organizations || grantId === undefined) return undefined;
  return (await realm.grantOrganizations.find(grantId))?.organization;
}

/** The organization of a request without a card, or `undefined` if the user must choose. */
function onlyOrganization(account) {
  const all = allowedOrganizations(account);
  return all.length === 1 ? all[0].organization_id : undefined;
}

/**
 * Whether an allow may be renewed without a card in its login session: the client is at an https
 * address, proves who it is, or says that it is a web page. Any program can be at another address.
 */
const mayRenew = (client, redirectUri) => !isNativeAddress(redirectUri)
  || client.clientAuthMethod !== 'none'
  || client.applicationType === 'web';

/**
 * Whether a silent request asks for no more than was allowed in this login session, for the same
 * client, organization and exact redirect address. A request that can ask the user does so.
 */
function isAllowedInSession(realm, ctx, organization, entries) {
  const { client, params, prompts, session } = ctx.oidc;
  const login = loginOf(ctx);
  if (login === undefined || !prompts.has('none') || !mayRenew(client, params.redirect_uri)) return false;
  return consentsOf(login, realm).covers(session.accountId, client.clientId, organization, params.redirect_uri, entries);
}

/**
 * Whether the server's own confidential client needs no card. On loopback this holds for the
 * registered port alone.
 */
const skipsCard = (client, redirectUri) => trustOf(client.clientId).skipsConsent && client.redirectUris.includes(redirectUri);

/**
 * The engine's `loadExistingGrant`: the grant of the decision just made, or one made from our own
 * records of consent. Nothing is remembered for a native client's address, where any program can
 * listen (RFC 8252 section 8.6): it gets no more than a silent renewal. Authorization details are
 * always shown.
 */
export async function existingGrant(realm, ctx) {
  const { Grant } = realm.provider;
  const { client, params, result, session } = ctx.oidc;
  if (result?.consent !== undefined) return Grant.find(result.consent.grantId);
  if (params.authorization_details !== undefined) return undefined;

  const account = findAccount(session.accountId);
  const organization = realm.organizations ? onlyOrganization(account) : undefined;
  if (realm.organizations && organization === undefined) return undefined;

  const reasonAgainst = refusalsIn(organization);
  const scopes = requestedScopes(ctx).filter((entry) => reasonAgainst(entry) === undefined);
  const entries = [...scopes, ...apisOf({ resources: requestedResources(ctx) })];
  const isRemembered = !isNativeAddress(params.redirect_uri)
    && realm.consents.covers(account.sub, client.clientId, organization, params.redirect_uri, entries);
  const needsNoCard = isRemembered || skipsCard(client, params.redirect_uri) || isAllowedInSession(realm, ctx, organization, entries);
  if (!needsNoCard) return undefined;
  ctx.state.needsNoCard = true;
  const grant = await grantScopes(ctx, scopes);
  await keepGrant(realm, grant, { organization, login: loginOf(ctx) });
  return grant;
}

/**
 * A function that answers why an entry cannot be granted in an organization, or `undefined` if it
 * can.
 */
export function refusalsIn(organizationId) {
  const { withheld = {} } = findOrganization(organizationId) ?? {};
  return ({ scope }) => (Object.hasOwn(withheld, scope) ? withheld[scope] : undefined);
}
