/** From what a request asks to the engine's Grant. Every decision makes a new one. */
import { allowedOrganizations, findAccount, findOrganization } from '../fixtures/accounts.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { findResource, scopeNames } from '../fixtures/scopes.mjs';

const words = (text) => (text ?? '').split(' ').filter(Boolean);

/**
 * What a request asks for, as entries `{ scope, resource? }`. A scope that a requested API carries
 * is asked for at that API and not at the server; a scope nobody carries is not asked for at all.
 */
export function askedFor(realm, params) {
  const own = new Set(scopeNames(realm.name));
  const resources = [params.resource ?? []].flat();
  const entries = [];
  const elsewhere = [];
  for (const scope of new Set(words(params.scope))) {
    const carriers = resources.filter((resource) => findResource(resource)?.scopes.includes(scope));
    for (const resource of carriers) entries.push({ scope, resource });
    if (!own.has(scope)) continue;
    if (carriers.length > 0) elsewhere.push(scope);
    else entries.push({ scope });
  }
  return { entries, elsewhere, resources };
}

/**
 * A new Grant: what is ticked is added, everything else is rejected. What is neither would be asked
 * for again without end. A grant without offline access belongs to the login it was made under.
 *
 * @returns the grant's id
 */
export async function saveGrant(realm, { account, clientId, asked, ticked, details = [], organization, login }) {
  const grant = new realm.provider.Grant({ accountId: account, clientId });
  for (const entry of asked.entries) {
    const yes = ticked(entry);
    if (entry.resource === undefined) grant[yes ? 'addOIDCScope' : 'rejectOIDCScope'](entry.scope);
    else grant[yes ? 'addResourceScope' : 'rejectResourceScope'](entry.resource, entry.scope);
  }
  for (const scope of asked.elsewhere) grant.rejectOIDCScope(scope);
  for (const detail of details) grant.addRar(detail);
  const id = await grant.save();
  // OIDC Core section 11: offline access is what outlives the login.
  if (!grant.getOIDCScope().split(' ').includes('offline_access')) login?.grants.push({ realm, id });
  if (organization !== undefined) await realm.grantOrganizations.upsert(id, { organization }, realm.grantTtl);
  return id;
}

/** The organization a grant was given in. */
export async function organizationOf(realm, grantId) {
  if (!realm.organizations || grantId === undefined) return undefined;
  return (await realm.grantOrganizations.find(grantId))?.organization;
}

/** The one organization a request without a card can act in: `undefined` where the user has to say. */
function onlyOrganization(account) {
  const all = allowedOrganizations(account);
  return all.length === 1 ? all[0].organization_id : undefined;
}

/**
 * The engine's `loadExistingGrant`: the decision just made, or a Grant made of our own record.
 * Nothing for native clients, since nobody can tell them apart (RFC 8252 section 8.6), and nothing
 * where details are asked for: each of them is shown.
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
  const refusal = refusalsIn(organization);
  const grantable = (entry) => refusal(entry) === undefined;
  const wanted = asked.entries.filter(grantable);
  const free = trustOf(client.clientId).straightThrough
    || realm.consents.covers(account.sub, client.clientId, organization, params.redirect_uri, wanted);
  if (!free) return undefined;
  const id = await saveGrant(realm, {
    account: account.sub, clientId: client.clientId, asked, organization, ticked: grantable, login: ctx.req.note?.login,
  });
  return Grant.find(id);
}

/** Why an entry cannot be granted in an organization, as a test for one; outside of any, everything can. */
export function refusalsIn(organizationId) {
  const { withheld = {} } = findOrganization(organizationId) ?? {};
  return ({ scope }) => (Object.hasOwn(withheld, scope) ? withheld[scope] : undefined);
}
