/**
 * The card as `api/openapi.yaml` describes it, and the record that `submit` compares a decision
 * with.
 */
import { createHash } from 'node:crypto';
import { refusalsIn } from '../engine/grants.mjs';
import { allowedOrganizations, organizationsOf, publicAccount, publicOrganization } from '../fixtures/accounts.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { findResource, findScope } from '../fixtures/scopes.mjs';
import { SITE_NAME } from '../fixtures/site.mjs';
import { textsIn } from '../fixtures/texts.mjs';
import { languageFor } from '../http/language.mjs';
import { isNativeAddress } from '../registration/addresses.mjs';
import { describeClient, present } from './describe-client.mjs';

/** The scopes on the same card, for the same resource, that a scope implies. */
function impliedBy(known, { resource }, entries) {
  const here = entries.filter((entry) => entry.resource === resource).map(({ scope }) => scope);
  const implied = (known.implies ?? []).filter((scope) => here.includes(scope));
  return implied.length > 0 ? implied : undefined;
}

function describeScope(entry, { entries, refusal, granted, texts }) {
  const known = findScope(entry.scope) ?? {};
  const { title, description, details } = known.scope === undefined ? {} : texts.scopes[known.scope];
  const reason = refusal(entry);
  return present({
    scope: entry.scope,
    title,
    description,
    details,
    group: texts.groups[known.group],
    resource: entry.resource,
    implies: impliedBy(known, entry, entries),
    grantable: reason === undefined,
    reason: texts.reasons[reason],
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
 * Whether an `allow` can be remembered. A native client's address, authorization details and a
 * choice among several organizations are always asked again.
 */
function canRemember({ realm, client, account, asked }, organization, details) {
  if (isNativeAddress(asked.redirect_uri) || trustOf(client.clientId).skipsConsent || details.length > 0) return false;
  return !realm.organizations || (organization?.status === 'allowed' && allowedOrganizations(account).length === 1);
}

/**
 * A value that changes with everything that a decision is made on: account, organization, client,
 * address, scopes and details. What was granted before is no part of it, and neither are the other
 * organizations: they change no decision.
 */
function versionOf(answer) {
  const { transaction, client, account, organization, scopes, resources, authorization_details: details, redirect_uri: redirectUri } = answer;
  const asked = scopes.map(({ granted, ...scope }) => scope);
  const parts = [transaction, client, account.sub, organization?.organization_id, organization?.status, asked, resources, details, redirectUri];
  return createHash('sha256').update(JSON.stringify([...parts, answer.can_narrow])).digest('base64url');
}

/**
 * The choices on a card that the user had made before a sign-in. They are for the same card only:
 * not for another account or organization.
 */
function withChoices(answer, chosen) {
  if (chosen?.version !== answer.version) return answer;
  const isChosen = (entry) => chosen.scopes.some(({ scope, resource }) => scope === entry.scope && resource === entry.resource);
  const canUntick = ({ grantable, required }) => answer.can_narrow && grantable && !required;
  const scopes = answer.scopes.map((entry) => (canUntick(entry) && !isChosen(entry) ? { ...entry, unticked: true } : entry));
  return { ...answer, scopes, ...(answer.remember === 'choice' && chosen.remember ? { remember_ticked: true } : {}) };
}

/** The parts of a card that are texts of this server's, by language. */
function describeAsked(asked, { refusal, granted }, language) {
  const texts = textsIn(language);
  return {
    scopes: asked.scopes.map((entry) => describeScope(entry, { entries: asked.scopes, refusal, granted, texts })),
    resources: asked.resources.map((resource) => present({ resource, name: texts.resources[findResource(resource)?.name] })),
  };
}

/**
 * The card for an account, and the record of it for `submit`. Version and record are the same in
 * every language.
 *
 * @param options.asked what the engine asks for (`Asked` of the kit)
 * @returns `{ answer, shown: { account, organization, allowed, approval, scopes, details, canNarrow,
 *   remember } }`
 */
export function describeConsent({ realm, transaction, asked, client, account, languages }) {
  const organization = realm.organizations ? currentOrganization(account, transaction.organization) : undefined;
  const refusal = refusalsIn(organization?.organization_id);
  const granted = realm.consents.granted(account.sub, client.clientId, organization?.organization_id);
  const { scopes, resources } = describeAsked(asked, { refusal, granted }, 'en');
  const { details } = asked;
  const canNarrow = !trustOf(client.clientId).needsAll;
  const remember = canRemember({ realm, client, account, asked }, organization, details);
  const shape = (one) => publicOrganization(one, approvalOf(realm, one, client));
  const card = present({
    outcome: 'consent',
    transaction: transaction.id,
    site_name: SITE_NAME,
    expires_at: Math.floor(transaction.expires / 1000),
    client: describeClient(client, asked.redirect_uri),
    account: publicAccount(account),
    organization: organization && shape(organization),
    organizations: realm.organizations ? organizationsOf(account).map(shape) : [],
    scopes,
    resources,
    authorization_details: details,
    redirect_uri: asked.redirect_uri,
    can_narrow: canNarrow,
    remember: remember ? 'choice' : 'never',
  });
  const shown = {
    account: account.sub,
    organization: organization?.organization_id,
    allowed: !realm.organizations || organization?.status === 'allowed',
    approval: card.organization?.approval,
    scopes,
    details,
    canNarrow,
    remember,
  };
  const { lang } = languageFor(asked.ui_locales, languages);
  const answer = { ...card, version: versionOf(card), ...describeAsked(asked, { refusal, granted }, lang) };
  return { answer: withChoices(answer, transaction.chosen), shown };
}
