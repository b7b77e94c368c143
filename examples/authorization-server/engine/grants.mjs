/** The engine's grants. Every decision makes a new one. */
import { allowedOrganizations, findAccount, findOrganization } from '../fixtures/accounts.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { findResource, scopeNames } from '../fixtures/scopes.mjs';

const split = (text) => (text ?? '').split(' ').filter(Boolean);

/**
 * The requested scopes as entries `{ scope, resource? }`. A scope of a requested API belongs to
 * that API and not to the server; an unknown scope is left out.
 */
export function askedFor(realm, params) {
  const own = new Set(scopeNames(realm.name));
  const resources = [params.resource ?? []].flat();
  const entries = [];
  const elsewhere = [];
  for (const scope of new Set(split(params.scope))) {
    const owners = resources.filter((resource) => findResource(resource)?.scopes.includes(scope));
    for (const resource of owners) entries.push({ scope, resource });
    if (!own.has(scope)) continue;
    if (owners.length > 0) elsewhere.push(scope);
    else entries.push({ scope });
  }
  return { entries, elsewhere, resources };
}

/**
 * Saves a new Grant with the ticked scopes added and all others rejected. The engine would ask
 * again and again for a scope that is neither. A grant without offline access ends with the login
 * that made it.
 *
 * @returns the grant's id
 */
export async function saveGrant(realm, { account, clientId, asked, isTicked, details = [], organization, login }) {
  const grant = new realm.provider.Grant({ accountId: account, clientId });
  for (const entry of asked.entries) {
    const verb = isTicked(entry) ? 'add' : 'reject';
    if (entry.resource === undefined) grant[`${verb}OIDCScope`](entry.scope);
    else grant[`${verb}ResourceScope`](entry.resource, entry.scope);
  }
  for (const scope of asked.elsewhere) grant.rejectOIDCScope(scope);
  for (const detail of details) grant.addRar(detail);
  const id = await grant.save();
  // OIDC Core section 11: only offline access outlives the login.
  if (!grant.getOIDCScope().split(' ').includes('offline_access')) login?.grants.push({ realm, id });
  if (organization !== undefined) await realm.grantOrganizations.upsert(id, { organization }, realm.grantTtl);
  return id;
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
 * The engine's `loadExistingGrant`: the grant of the decision just made, or one made from our own
 * record of consent. Never for a native client, which anybody can imitate (RFC 8252 section 8.6),
 * and never for authorization details, which are always shown.
 */
export async function existingGrant(realm, ctx) {
  const { Grant } = realm.provider;
  const { client, params, result, session } = ctx.oidc;
  if (result?.consent !== undefined) return Grant.find(result.consent.grantId);
  if (client.applicationType === 'native' || params.authorization_details !== undefined) return undefined;

  const account = findAccount(session.accountId);
  const organization = realm.organizations ? onlyOrganization(account) : undefined;
  if (realm.organizations && organization === undefined) return undefined;

  const asked = askedFor(realm, params);
  const reasonAgainst = refusalsIn(organization);
  const grantable = (entry) => reasonAgainst(entry) === undefined;
  const entries = asked.entries.filter(grantable);
  const needsNoCard = trustOf(client.clientId).skipsConsent
    || realm.consents.covers(account.sub, client.clientId, organization, params.redirect_uri, entries);
  if (!needsNoCard) return undefined;
  const id = await saveGrant(realm, {
    account: account.sub, clientId: client.clientId, asked, organization, isTicked: grantable, login: ctx.req.note?.login,
  });
  return Grant.find(id);
}

/**
 * A function that answers why an entry cannot be granted in an organization, or `undefined` if it
 * can.
 */
export function refusalsIn(organizationId) {
  const { withheld = {} } = findOrganization(organizationId) ?? {};
  return ({ scope }) => (Object.hasOwn(withheld, scope) ? withheld[scope] : undefined);
}
