/**
 * `oidc-provider` 9 in the same process (Node). The adapter runs the engine's own authorization endpoint for every request, so that
 * the engine checks all of it, and completes its interactions.
 *
 * The engine's configuration needs `loadExistingGrant` of this module, or the host's own (`remembers` says what that does), and for
 * `prompt=select_account` a prompt of that name. Its routes for authorization, resuming and sign-out stay closed to browsers.
 */
import { EngineUnavailable, RequestGone, type Asked, type CallContext, type Ending, type Engine, type EngineContext, type ForPage, type Grant, type Opened } from '../engine.ts';
import { signOutBy } from '../logout.ts';
import type { Account, Detail, Json, LoginReason, Realm } from '../model.ts';
import { metadataOf } from './oidc-provider/client.ts';
import { askedOf, grantedBefore, remember, rememberedBy, requestedResources, saveGrant, type AskedScopes } from './oidc-provider/grants.ts';
import { claimsIn, createLogout } from './oidc-provider/logout.ts';
import { createRequests, type Answer, type Login, type Requests, type Results } from './oidc-provider/requests.ts';
import type { EngineGrant, Interaction, OidcContext, Provider } from './oidc-provider/types.ts';
import { isChosen, isFresh } from './prompt.ts';

export { grantScopes, loadExistingGrant, requestedResources, requestedScopes } from './oidc-provider/grants.ts';
export { contextOf, endSession } from './oidc-provider/requests.ts';
export type { Provider } from './oidc-provider/types.ts';

type Awaitable<T> = T | Promise<T>;

export interface OidcProviderOptions {
  /** The instance, or that of each realm. Their stores must be separate, or a code of one is redeemed at the other. */
  readonly provider: Provider | Readonly<Record<Realm, Provider>>;
  /** Ends the sign-in at the host. Without it, there is no sign-out here. */
  signOut?(context: CallContext): Awaitable<void>;
  /** How an account has signed in, for `acr` and `amr` of ID tokens. */
  login?(account: Account): Login;
  /** Runs when the grant of a decision is stored, before its code is made. */
  granted?(grant: EngineGrant, decision: Grant, context: EngineContext): Awaitable<void>;
  /** What the engine's `loadExistingGrant` does, if it is not that of this module. */
  readonly remembers?: Engine['remembers'];
  /** Seconds after which an unused session of the engine ends (14 days). */
  readonly sessionTtl?: number;
}

/** What is kept of an open request. */
interface Resume extends AskedScopes {
  readonly uid: string;
  /** Prompts that are satisfied by now. */
  readonly given: readonly string[];
}

/** More prompts than any request goes through. */
const MOST_PROMPTS = 6;
const DENIED = { error: 'access_denied', error_description: 'The user refused the request.' };
/** The engine's reasons for another sign-in, and those of the API. */
const FORCED: readonly (readonly [string, LoginReason])[] = [
  ['login_prompt', 'prompt_login'], ['max_age', 'max_age'], ['id_token_hint', 'select_account'], ['claims_id_token_sub_value', 'select_account'],
];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The engine compares the hint in the first call only, and the account can change later. Some clients have names of their own for it. */
function hintsAtAnother({ params }: Interaction, { client }: OidcContext, { sub }: Account): boolean {
  const hint = text(params.id_token_hint);
  return hint !== undefined && client?.subjectType !== 'pairwise' && claimsIn(hint).sub !== sub;
}

/** Why the user has to sign in or choose an account before the engine can go on. */
function loginReason(interaction: Interaction, oidc: OidcContext, context: EngineContext): LoginReason | undefined {
  const { name, reasons } = interaction.prompt;
  const { account } = context;
  if (account === null) return name === 'select_account' ? name : 'no_session';
  if (name === 'select_account' && !isChosen(context)) return name;
  if (name === 'create' && !isFresh(context)) return name;
  const forced = name === 'login' ? FORCED.find(([reason]) => reasons.includes(reason)) : undefined;
  if (forced !== undefined && !isFresh(context)) return forced[1];
  return hintsAtAnother(interaction, oidc, account) ? 'select_account' : undefined;
}

/** What the page needs before its first call. */
const forPage = ({ params }: Interaction): ForPage => ({ ui_locales: text(params.ui_locales), display: text(params.display) });

/** The results of prompts, with the sign-in as it is now. */
function resultsOf(given: readonly string[], { sub, signed_in_at: at }: Account, login: Login): Results {
  const ts = at === undefined ? {} : { ts: Math.floor(at / 1000) };
  return Object.fromEntries(given.map((name) => [name, name === 'login' ? { accountId: sub, ...ts, ...login } : {}]));
}

/** Whatever the engine's store throws, the engine was not there. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineUnavailable || error instanceof RequestGone) throw error;
    throw new EngineUnavailable('The engine or its store failed.', { cause: error });
  }
}

/** A name of the request that is the same however often it is opened. */
function requestId({ jti, params, parJti }: Interaction, { sub }: Account): string {
  const challenge = text(params.code_challenge);
  return parJti ?? (challenge === undefined ? jti : JSON.stringify([params.client_id, sub, challenge]));
}

function ending(answer: Answer): Ending {
  // The engine asks again, or no longer takes the interaction.
  if (!('opened' in answer) || answer.opened.kind !== 'done') throw new RequestGone();
  const { kind: _, ...rest } = answer.opened;
  return rest;
}

export function oidcProvider({ provider, signOut, login = () => ({}), granted, remembers = 'choice', sessionTtl = 14 * 24 * 60 * 60 }: OidcProviderOptions): Engine {
  const instances = 'issuer' in provider ? { consumer: provider, b2b: provider } : provider;
  const requestsOf = new Map([...new Set(Object.values(instances))].map((one) => [one, createRequests(one, { sessionTtl, login })]));
  const at = ({ realm }: CallContext): { provider: Provider; requests: Requests } => ({ provider: instances[realm], requests: requestsOf.get(instances[realm])! });

  async function card(begun: Interaction, oidc: OidcContext, given: readonly string[], context: EngineContext): Promise<Asked> {
    const account = context.account!;
    const { params } = begun;
    const asked = askedOf(oidc);
    const redirect_uri = String(params.redirect_uri);
    const client = oidc.client!;
    const before = await rememberedBy(at(context).provider, { sub: account.sub, client_id: client.clientId, redirect_uri });
    const resume: Resume = { uid: begun.jti, given, ...asked };
    return {
      kind: 'ask',
      client: metadataOf(client),
      scopes: asked.scopes,
      resources: requestedResources({ oidc }),
      details: JSON.parse(text(params.authorization_details) ?? '[]') as Detail[],
      redirect_uri,
      granted: grantedBefore(before, asked),
      expires_at: begun.exp,
      request_id: requestId(begun, account),
      ...forPage(begun),
      resume: resume as unknown as Json,
    };
  }

  /** Goes on with a request until the user is needed, or the engine has answered. */
  async function advance(first: Answer, template: Interaction | undefined, context: EngineContext): Promise<Opened> {
    const { requests } = at(context);
    let answer = first;
    const given: string[] = [];
    for (let count = 0; count < MOST_PROMPTS; count += 1) {
      if ('opened' in answer) return answer.opened;
      const { interaction, oidc } = answer;
      const begun = template ?? interaction;
      // What the request began with stays, and can be opened again.
      if (interaction.jti !== begun.jti) await interaction.destroy();
      const reason = loginReason(interaction, oidc, context);
      const { name } = interaction.prompt;
      const { login_hint, acr_values } = interaction.params;
      if (reason !== undefined) {
        const more = { ...(text(login_hint) && { login_hint: String(login_hint) }), ...(text(acr_values) && { acr_values: String(acr_values) }) };
        return { kind: 'login', reason, ...more, ...forPage(interaction), resume: { uid: begun.jti } };
      }
      if (name === 'consent') return card(begun, oidc, given, context);
      if (given.includes(name)) return unmet(begun, context);
      given.push(name);
      template = begun;
      answer = await requests.complete(begun, resultsOf(given, context.account!, login(context.account!)), context);
    }
    throw new Error('The engine asks for ever.');
  }

  /** The sign-in is not what the client needs (OpenID Connect Core Error Code unmet_authentication_requirements 1.0). */
  async function unmet(interaction: Interaction, context: EngineContext): Promise<Opened> {
    const answer = await at(context).requests.complete(interaction, { error: 'unmet_authentication_requirements' }, context, null);
    return { kind: 'done', ...ending(answer) };
  }

  const open = (query: string, context: EngineContext): Promise<Opened> => guarded(async () => {
    // By default, the engine would lead to the one address that a client has.
    const twice = ['client_id', 'redirect_uri'].find((name) => new URLSearchParams(query).getAll(name).length > 1);
    if (twice !== undefined) return { kind: 'refused', error: 'invalid_request', description: `${twice} is there twice.` };
    const { requests } = at(context);
    const { uid } = (context.resume ?? {}) as Partial<Resume>;
    if (uid === undefined) return advance(await requests.begin(query, context), undefined, context);
    const template = await requests.find(uid);
    return advance(await requests.complete(template, {}, context), template, context);
  });

  const allow = (resume: Json, decision: Grant, context: EngineContext): Promise<Ending> => guarded(async () => {
    const { provider: own, requests } = at(context);
    const account = context.account!;
    const { uid, given, ...asked } = resume as unknown as Resume;
    const interaction = await requests.find(uid);
    const { client_id, redirect_uri } = interaction.params;
    const owner = { sub: account.sub, client_id: String(client_id), redirect_uri: String(redirect_uri) };
    const grant = await saveGrant(own, owner, asked, decision);
    let answer: Ending;
    try {
      await granted?.(grant, decision, context);
      const results = { ...resultsOf(given, account, login(account)), consent: { grantId: grant.jti } };
      answer = ending(await requests.complete(interaction, results, context));
    } catch (error) {
      await grant.destroy().catch(() => {});
      throw error;
    }
    if (remembers === 'choice') await remember(own, owner, asked, decision).catch(() => {});
    await interaction.destroy().catch(() => {});
    return answer;
  });

  const deny = (resume: Json, context: EngineContext): Promise<Ending> => guarded(async () => {
    const { requests } = at(context);
    const interaction = await requests.find((resume as unknown as Resume).uid);
    const answer = ending(await requests.complete(interaction, DENIED, context, null));
    await interaction.destroy().catch(() => {});
    return answer;
  });

  /** A code that is revoked or too old is as good as redeemed. */
  const isRedeemed = (code: string): Promise<boolean> => guarded(async () => {
    const found = await Promise.all([...requestsOf.keys()].map((one) => one.AuthorizationCode.find(code)));
    return !found.some((stored) => stored !== undefined && stored.consumed === undefined);
  });

  async function end(account: Account, context: CallContext): Promise<void> {
    await Promise.all([...requestsOf.values()].map((requests) => requests.endSession(account)));
    await signOut?.(context);
  }
  const logout = createLogout({ providerOf: (context) => at(context).provider, end });

  return {
    name: 'oidc-provider',
    narrows: true,
    remembers,
    ...('issuer' in provider ? { issuer: provider.issuer } : {}),
    open,
    allow,
    deny,
    isRedeemed,
    ...(signOut === undefined ? {} : {
      logout: signOutBy({
        open: (query, context) => guarded(() => logout.open(query, context)),
        signOut: (resume, context) => guarded(() => logout.signOut(resume, context)),
      }),
    }),
  };
}
