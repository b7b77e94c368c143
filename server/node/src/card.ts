/** The card as `api/openapi.yaml` describes it, and the facts that a decision is compared with. */
import { checkDestination, isNativeAddress, isUsable, ownPath, UncheckedAddress } from './addresses.ts';
import { SCOPE_TOKEN } from './calls.ts';
import { cut, describeClient } from './client.ts';
import type { DescribeContext, ScopeWord } from './describe.ts';
import type { Asked } from './engine.ts';
import type { Call, Kit } from './kit.ts';
import { known } from './kit.ts';
import type { Account, Detail, Organization, RequestedScope } from './model.ts';
import { hash } from './seal.ts';
import type { State } from './transactions.ts';

/** A scope on the card. */
export interface CardScope extends RequestedScope {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly details?: readonly string[] | undefined;
  readonly group?: string | undefined;
  readonly implies?: readonly string[] | undefined;
  readonly grantable: boolean;
  readonly reason?: string | undefined;
  readonly required: boolean;
  readonly granted: boolean;
  readonly sensitive: boolean;
  readonly unticked?: true;
}

/** What a decision is compared with. */
export interface Facts {
  readonly version: string;
  readonly scopes: readonly CardScope[];
  readonly resources: readonly string[];
  readonly details: readonly Detail[];
  readonly canNarrow: boolean;
  readonly remember: 'choice' | 'always' | 'never';
  readonly organization?: Organization | undefined;
  /** Whether the organization allows the client. */
  readonly isAllowed: boolean;
}

export interface Card {
  readonly answer: Record<string, unknown>;
  readonly facts: Facts;
}

export const isSame = (one: RequestedScope, other: RequestedScope): boolean => one.scope === other.scope && one.resource === other.resource;
export const isIn = (list: readonly RequestedScope[] | undefined, entry: RequestedScope): boolean => list?.some((other) => isSame(other, entry)) ?? false;

/** A scope without what a card or an engine says of it. */
export const entryOf = ({ scope, resource }: RequestedScope): RequestedScope => (resource === undefined ? { scope } : { scope, resource });

/** Each scope of a resource once. What a card cannot show cannot be asked for. */
function distinct(asked: Asked): RequestedScope[] {
  const scopes: RequestedScope[] = [];
  for (const one of asked.scopes) {
    const entry = entryOf(one);
    if (!SCOPE_TOKEN.test(entry.scope)) throw new Error('The engine asks for a scope that is none.');
    if (!isIn(scopes, entry)) scopes.push(entry);
  }
  if (scopes.length > 256 || (asked.resources ?? []).length > 64 || (asked.details ?? []).length > 64) throw new Error('The engine asks for too much.');
  return scopes;
}

function describeScope(entry: RequestedScope, word: ScopeWord, all: readonly RequestedScope[], { narrows, granted }: { narrows: unknown; granted: boolean }): CardScope {
  const grantable = word.grantable !== false;
  // What was granted before comes back whatever the user answers.
  const stays = narrows === 'new-only' && granted;
  const required = grantable && (word.required === true || entry.scope === 'openid' || stays);
  const implies = word.implies?.filter((scope) => isIn(all, { ...entry, scope }));
  return {
    ...entry,
    title: cut(word.title, 200),
    description: cut(word.description, 2000),
    details: word.details?.slice(0, 50).map((line) => cut(line, 1000)).filter((line) => line !== undefined),
    group: cut(word.group, 200),
    implies: implies?.length ? implies : undefined,
    grantable,
    reason: !grantable || required ? cut(word.reason, 1000) : undefined,
    required,
    granted,
    sensitive: word.sensitive === true,
  };
}

/** The account as the card shows it. */
export const publicAccount = ({ sub, name, email, picture }: Account): Record<string, unknown> =>
  ({ sub, name: cut(name, 1000), email: cut(email, 320), picture: ownPath(picture) });

/** An organization without what the contract does not know. */
const publicOrganization = ({ organization_id, name, slug, logo_uri, status, approval }: Organization): Organization => ({
  organization_id,
  name: cut(name, 1000) ?? organization_id,
  slug: slug?.slice(0, 255),
  logo_uri: ownPath(logo_uri),
  status,
  approval: status === 'needs_approval' ? approval : undefined,
});

/** The organizations of an account in realm `b2b`. */
export async function organizationsOf({ describe }: Kit, state: State, account: Account, client: Asked['client']): Promise<readonly Organization[]> {
  if (state.realm !== 'b2b') return [];
  return (await describe.organizations?.(account, client) ?? []).slice(0, 500).map(publicOrganization);
}

/** The organization of the card: the chosen one, else the first that allows the client, else the first. */
const currentOf = (all: readonly Organization[], chosen: string | undefined): Organization | undefined =>
  all.find(({ organization_id: id }) => id === chosen) ?? all.find(({ status }) => status === 'allowed') ?? all[0];

/** A native client's address, authorization details and a choice among several organizations are always asked again. */
function rememberOf({ engine }: Kit, asked: Asked, organizations: readonly Organization[]): Facts['remember'] {
  const remembers = asked.remembers ?? engine.remembers;
  if (remembers !== 'choice') return remembers;
  const isAskedAgain = isNativeAddress(asked.redirect_uri) || (asked.details?.length ?? 0) > 0 || organizations.length > 1;
  return isAskedAgain ? 'never' : 'choice';
}

/** The choices on this card that the user had made before a sign-in. */
function withChoices(scopes: readonly CardScope[], { chosen }: State, { version, canNarrow }: Facts): readonly CardScope[] {
  if (chosen?.version !== version) return scopes;
  return scopes.map((entry) => (canNarrow && entry.grantable && !entry.required && !isIn(chosen.scopes, entry) ? { ...entry, unticked: true } : entry));
}

/** Scopes and resources with their texts. */
async function describeAsked({ describe, engine }: Kit, asked: Asked, context: DescribeContext): Promise<{ scopes: CardScope[]; resources: { resource: string; name?: string | undefined }[] }> {
  const all = distinct(asked);
  const scopes = await Promise.all(all.map(async (entry) => {
    const word = await describe.scope?.(entry, context) ?? {};
    return describeScope(entry, word, all, { narrows: engine.narrows, granted: isIn(asked.granted, entry) });
  }));
  const named = [...new Set([...(asked.resources ?? []), ...all.flatMap(({ resource }) => resource ?? [])])];
  const resources = await Promise.all(named.map(async (resource) => ({ resource, name: cut(await describe.resource?.(resource, context), 200) })));
  return { scopes, resources };
}

/**
 * A value that changes with everything that a decision is made on: account, organization, client, address, scopes and details.
 * Texts differ by language, so that they are no part of it.
 */
function versionOf(id: string, account: Account, client: unknown, asked: Asked, facts: Omit<Facts, 'version'>): Promise<string> {
  const scopes = facts.scopes.map(({ scope, resource, implies, grantable, required, sensitive }) => [scope, resource, implies, grantable, required, sensitive]);
  const { organization, resources, details, canNarrow } = facts;
  return hash(JSON.stringify([
    id, account.sub, organization?.organization_id, organization?.status, client, asked.redirect_uri, scopes, resources, details, canNarrow,
  ]));
}

/** Where the page goes to change an account that the engine has fixed. Version 1 of the API has no word for it. */
function switchOf(kit: Kit, { v2 }: Call, { switch_account: to }: Asked): Record<string, unknown> | undefined {
  if (to === undefined || !v2) return undefined;
  const { redirect_uri, intermediate } = checkDestination(to, known(kit, { isOurs: true }));
  return { redirect_uri, intermediate };
}

/** The card of a transaction for an account, in the languages of the call. */
export async function describeCard(kit: Kit, call: Call, id: string, state: State, asked: Asked, account: Account): Promise<Card> {
  if (!isUsable(asked.redirect_uri)) throw new UncheckedAddress();
  const { realm } = state;
  const organizations = await organizationsOf(kit, state, account, asked.client);
  const organization = currentOf(organizations, state.organization);
  const languages = [...(asked.ui_locales?.split(' ') ?? []), ...call.languages];
  const context = { realm, account, client: asked.client, languages, organization };
  const client = await describeClient(kit.describe, asked.client, realm, asked.redirect_uri);
  const { scopes, resources } = await describeAsked(kit, asked, context);
  const rest = {
    scopes,
    resources: resources.map(({ resource }) => resource),
    details: asked.details ?? [],
    canNarrow: (asked.narrows ?? kit.engine.narrows) !== false,
    remember: rememberOf(kit, asked, organizations),
    organization,
    isAllowed: realm !== 'b2b' || organization?.status === 'allowed',
  };
  const facts = { ...rest, version: await versionOf(id, account, client, asked, rest) };
  const answer = {
    outcome: 'consent',
    transaction: id,
    version: facts.version,
    site_name: cut(kit.describe.site_name, 1000),
    expires_at: state.expires,
    client,
    account: publicAccount(account),
    organization,
    organizations,
    scopes: withChoices(scopes, state, facts),
    resources,
    authorization_details: facts.details,
    redirect_uri: asked.redirect_uri,
    can_narrow: facts.canNarrow,
    remember: call.v2 ? facts.remember : facts.remember === 'choice',
    remember_ticked: facts.remember === 'choice' && state.chosen?.version === facts.version && state.chosen.remember ? true : undefined,
    switch_account: switchOf(kit, call, asked),
  };
  return { answer, facts };
}
