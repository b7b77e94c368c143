/**
 * The card as `api/openapi.yaml` describes it, and the record that `submit` compares a decision
 * with.
 */
import { detailsOf } from '../engine/details.mjs';
import { askedFor, refusalsIn } from '../engine/grants.mjs';
import { allowedOrganizations, organizationsOf, publicAccount, publicOrganization } from '../fixtures/accounts.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { findResource, findScope } from '../fixtures/scopes.mjs';
import { describeClient, present } from './describe-client.mjs';

/** The scopes on the same card, for the same resource, that a scope implies. */
function impliedBy(known, { resource }, entries) {
  const here = entries.filter((entry) => entry.resource === resource).map(({ scope }) => scope);
  const implied = (known.implies ?? []).filter((scope) => here.includes(scope));
  return implied.length > 0 ? implied : undefined;
}

function describeScope(entry, { entries, refusal, granted }) {
  const known = findScope(entry.scope) ?? {};
  const reason = refusal(entry);
  return present({
    scope: entry.scope,
    title: known.title,
    description: known.description,
    details: known.details,
    group: known.group,
    resource: entry.resource,
    implies: impliedBy(known, entry, entries),
    grantable: reason === undefined,
    reason,
    required: known.required === true,
    granted: granted(entry),
    sensitive: known.sensitive === true,
  });
}

/**
 * The organization of the card: the chosen one, else the first that allows clients, else the first.
 */
function currentOrganization(account, chosen) {
  const all = organizationsOf(account);
  return all.find(({ organization_id: id }) => id === chosen) ?? allowedOrganizations(account)[0] ?? all[0];
}

/** The state of the approval of a client in an organization that requires one. */
function approvalOf(realm, { organization_id: id, status }, client) {
  if (status !== 'needs_approval') return undefined;
  return realm.approvals.requestedBy(id, client.clientId).length > 0 ? 'requested' : 'offered';
}

/**
 * Whether an `allow` can be remembered. Authorization details and a choice among several
 * organizations are always asked again.
 */
function canRemember(realm, client, account, organization, details) {
  if (client.applicationType === 'native' || trustOf(client.clientId).skipsConsent || details.length > 0) return false;
  return !realm.organizations || (organization?.status === 'allowed' && allowedOrganizations(account).length === 1);
}

/**
 * The card for an account, and the record of it for `submit`.
 *
 * @returns `{ answer, shown: { account, organization, allowed, approval, asked, scopes, details,
 *   canNarrow, remember } }`
 */
export function describeConsent({ realm, transaction, params, client, account }) {
  const organization = realm.organizations ? currentOrganization(account, transaction.organization) : undefined;
  const asked = askedFor(realm, params);
  const refusal = refusalsIn(organization?.organization_id);
  const granted = realm.consents.granted(account.sub, client.clientId, organization?.organization_id);
  const scopes = asked.entries.map((entry) => describeScope(entry, { entries: asked.entries, refusal, granted }));
  const details = detailsOf(params);
  const canNarrow = !trustOf(client.clientId).needsAll;
  const remember = canRemember(realm, client, account, organization, details);
  const shape = (one) => publicOrganization(one, approvalOf(realm, one, client));
  const answer = present({
    outcome: 'consent',
    transaction: transaction.id,
    expires_at: Math.floor(transaction.expires / 1000),
    client: describeClient(client, params.redirect_uri),
    account: publicAccount(account),
    organization: organization && shape(organization),
    organizations: realm.organizations ? organizationsOf(account).map(shape) : [],
    scopes,
    resources: asked.resources.map((resource) => present({ resource, name: findResource(resource)?.name })),
    authorization_details: details,
    redirect_uri: params.redirect_uri,
    can_narrow: canNarrow,
    remember,
  });
  const shown = {
    account: account.sub,
    organization: organization?.organization_id,
    allowed: !realm.organizations || organization?.status === 'allowed',
    approval: answer.organization?.approval,
    asked,
    scopes,
    details,
    canNarrow,
    remember,
  };
  return { answer, shown };
}
