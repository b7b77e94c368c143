/** The engine's grants. Every decision makes a new one, and what is remembered is another beside them. */
import type { Asked, Grant } from '../../engine.ts';
import type { RequestedScope } from '../../model.ts';
import { hash } from '../../seal.ts';
import type { EngineGrant, KoaContext, OidcContext, Provider } from './types.ts';

/** The scopes of a request. */
export interface AskedScopes {
  readonly scopes: readonly RequestedScope[];
  /** Scopes of the engine that belong to a requested resource here. */
  readonly elsewhere: readonly string[];
  /** Claims that are requested one by one (OpenID Connect Core 5.5). They are not on the card, and not granted. */
  readonly claims: readonly string[];
}

/** For whom something is remembered: at another address, another program may listen. */
interface Owner {
  readonly sub: string;
  readonly client_id: string;
  readonly redirect_uri: string;
}

const isSame = (one: RequestedScope, other: RequestedScope): boolean => one.scope === other.scope && one.resource === other.resource;
const isIn = (list: readonly RequestedScope[], entry: RequestedScope): boolean => list.some((other) => isSame(other, entry));
const split = (text: string | undefined): string[] => text?.split(' ').filter(Boolean) ?? [];

/** Stands for a resource itself in what is remembered: a token for it needs no scope. No scope can be written like this. */
const RESOURCE = '"';

/** A scope of a requested resource belongs to that, and not to the engine's own. */
export function askedOf({ requestParamScopes, requestParamOIDCScopes: own, requestParamClaims, resourceServers }: OidcContext): AskedScopes {
  const [scopes, elsewhere]: [RequestedScope[], string[]] = [[], []];
  for (const scope of requestParamScopes) {
    const owners = Object.entries(resourceServers).filter(([, server]) => server.scopes.has(scope));
    scopes.push(...owners.map(([resource]) => ({ scope, resource })));
    if (own.has(scope)) (owners.length > 0 ? elsewhere.push(scope) : scopes.push({ scope }));
  }
  return { scopes, elsewhere, claims: [...requestParamClaims] };
}

function add(grant: EngineGrant, entries: readonly RequestedScope[]): EngineGrant {
  for (const { scope, resource } of entries) (resource === undefined ? grant.addOIDCScope(scope) : grant.addResourceScope(resource, scope));
  return grant;
}

/** A grant of some of the scopes of a request. The engine asks again for what is neither granted nor rejected. */
function grantOf(provider: Provider, { sub, client_id }: Owner, asked: AskedScopes, granted: readonly RequestedScope[]): EngineGrant {
  const grant = add(new provider.Grant({ accountId: sub, clientId: client_id }), asked.scopes.filter((entry) => isIn(granted, entry)));
  for (const entry of asked.scopes) {
    if (isIn(granted, entry)) continue;
    if (entry.resource === undefined) grant.rejectOIDCScope(entry.scope);
    else grant.rejectResourceScope(entry.resource, entry.scope);
  }
  for (const scope of asked.elsewhere) grant.rejectOIDCScope(scope);
  if (asked.claims.length > 0) grant.rejectOIDCClaims(asked.claims);
  return grant;
}

/** Stores the grant of a decision. */
export async function saveGrant(provider: Provider, owner: Owner, asked: AskedScopes, { scopes, details }: Grant): Promise<EngineGrant> {
  const grant = grantOf(provider, owner, asked, scopes);
  for (const detail of details) grant.addRar(detail);
  await grant.save();
  return grant;
}

const entriesOf = ({ openid, resources = {} }: EngineGrant): RequestedScope[] => [
  ...split(openid?.scope).map((scope) => ({ scope })),
  ...Object.entries(resources).flatMap(([resource, text]) => split(text).map((scope) => ({ scope, resource }))),
];

const nameOf = async (owner: Owner): Promise<string> => `remembered-${await hash(JSON.stringify([owner.sub, owner.client_id, owner.redirect_uri]))}`;

/** What is remembered for somebody. */
export async function rememberedBy(provider: Provider, owner: Owner): Promise<RequestedScope[]> {
  const grant = await provider.Grant.find(await nameOf(owner));
  return grant === undefined ? [] : entriesOf(grant);
}

/** Remembers a decision, if the user wants that. What was shown and not ticked is remembered no longer. */
export async function remember(provider: Provider, owner: Owner, shown: AskedScopes, { scopes, resources, remember: isWanted }: Grant): Promise<void> {
  const before = await rememberedBy(provider, owner);
  if (!isWanted && before.length === 0) return;
  const kept = before.filter((entry) => !isIn(shown.scopes, entry) || isIn(scopes, entry));
  const added = isWanted ? [...scopes, ...resources.map((resource) => ({ scope: RESOURCE, resource }))] : [];
  await add(new provider.Grant({ jti: await nameOf(owner), accountId: owner.sub, clientId: owner.client_id }), [...kept, ...added]).save();
}

/** Of the scopes of a request, those that are remembered. */
export const grantedBefore = (before: readonly RequestedScope[], { scopes }: AskedScopes): Asked['granted'] => scopes.filter((entry) => isIn(before, entry));

/** For a `loadExistingGrant` of the host's own: the scopes of a request, as the card shows them. */
export const requestedScopes = ({ oidc }: Pick<KoaContext, 'oidc'>): readonly RequestedScope[] => askedOf(oidc).scopes;

/** The resources of a request (RFC 8707). */
export const requestedResources = ({ oidc }: Pick<KoaContext, 'oidc'>): string[] => Object.keys(oidc.resourceServers);

/** For a `loadExistingGrant` of the host's own: stores a grant of some of the scopes of a request. */
export async function grantScopes({ oidc }: Pick<KoaContext, 'oidc'>, granted: readonly RequestedScope[]): Promise<EngineGrant> {
  const { provider, client, params = {}, session } = oidc;
  const owner = { sub: session.accountId!, client_id: client!.clientId, redirect_uri: String(params.redirect_uri) };
  const grant = grantOf(provider, owner, askedOf(oidc), granted);
  await grant.save();
  return grant;
}

/**
 * `loadExistingGrant` of the engine's configuration: the grant of the decision that was just made, or one by what is remembered.
 * Authorization details and claims are always asked for.
 */
export async function loadExistingGrant(ctx: KoaContext): Promise<EngineGrant | undefined> {
  const { oidc } = ctx;
  const { provider, client, params = {}, prompts, result, session } = oidc;
  const decided = result?.consent?.grantId;
  if (decided !== undefined) return provider.Grant.find(decided);
  const asked = askedOf(oidc);
  if (prompts.has('consent') || params.authorization_details !== undefined || asked.claims.length > 0) return undefined;
  const owner = { sub: session.accountId!, client_id: client!.clientId, redirect_uri: String(params.redirect_uri) };
  const before = await rememberedBy(provider, owner);
  const needed = [...asked.scopes, ...requestedResources(ctx).map((resource) => ({ scope: RESOURCE, resource }))];
  if (before.length === 0 || !needed.every((entry) => isIn(before, entry))) return undefined;
  return grantScopes(ctx, asked.scopes);
}
