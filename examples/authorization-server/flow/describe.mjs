/** What the card shows, in the shapes of api/openapi.yaml. */
import { askedFor, grantableIn } from '../engine/grants.mjs';
import { choosable, organizationsOf, publicAccount, publicOrganization } from '../fixtures/accounts.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { findResource, findScope } from '../fixtures/scopes.mjs';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A client's link is passed on where a browser can open it safely. */
function link(value) {
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value)) return undefined;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)) ? value : undefined;
}

const present = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

const nameOf = (client) => (client.clientName || client.clientId).slice(0, 1000);

/** @param client the engine's client */
export function describeClient(client) {
  const { straightThrough, ...trust } = trustOf(client.clientId);
  return present({
    client_id: client.clientId,
    name: nameOf(client),
    client_uri: link(client.clientUri),
    policy_uri: link(client.policyUri),
    tos_uri: link(client.tosUri),
    ...trust,
    native: client.applicationType === 'native',
  });
}

/** What is told of a client when its request is over: its name, and the way back to it. */
export function describeBriefly(client) {
  return present({ name: nameOf(client), client_uri: link(client.clientUri) });
}

function describeScope({ scope, resource }, grantable, granted) {
  const known = findScope(scope) ?? {};
  return present({
    scope,
    title: known.title,
    description: known.description,
    group: known.group,
    resource,
    grantable: grantable({ scope }),
    required: known.required === true,
    granted: granted({ scope, resource }),
    sensitive: known.sensitive === true,
  });
}

/** The organization a card is shown for: the one chosen, if it may be, else the first that may be. */
function currentOrganization(account, chosen) {
  const all = choosable(account);
  return all.find(({ organization_id: id }) => id === chosen) ?? all[0];
}

/** Whether an allowed request will not be asked about again. */
function willRemember(realm, client, account) {
  if (client.applicationType === 'native' || trustOf(client.clientId).straightThrough) return false;
  return !realm.organizations || choosable(account).length === 1;
}

/**
 * The card for an account, and beside it what submit needs to know of it.
 *
 * @returns `{ answer, shown: { account, organization, asked, scopes } }`
 */
export function describeConsent({ realm, transaction, params, client, account }) {
  const organization = realm.organizations ? currentOrganization(account, transaction.organization) : undefined;
  const asked = askedFor(realm, params);
  const grantable = grantableIn(organization?.organization_id, account);
  const granted = realm.consents.granted(account.sub, client.clientId, organization?.organization_id);
  const scopes = asked.entries.map((entry) => describeScope(entry, grantable, granted));
  const answer = present({
    outcome: 'consent',
    transaction: transaction.id,
    expires_at: Math.floor(transaction.expires / 1000),
    client: describeClient(client),
    account: publicAccount(account),
    organization: organization && publicOrganization(organization),
    organizations: realm.organizations ? organizationsOf(account).map(publicOrganization) : [],
    scopes,
    resources: asked.resources.map((resource) => present({ resource, name: findResource(resource)?.name })),
    authorization_details: [],
    redirect_uri: params.redirect_uri,
    can_narrow: true,
    remember: willRemember(realm, client, account),
  });
  return { answer, shown: { account: account.sub, organization: organization?.organization_id, asked, scopes } };
}
