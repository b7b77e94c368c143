/**
 * Ory Hydra, by its admin API. The page stands at Hydra's `urls.login`, `urls.consent`, `urls.logout` and `urls.error`, and the
 * query is Hydra's challenge. What is decided counts when the browser follows Hydra's own address, so that every call can be made again.
 *
 * What the engine cannot do: send `iss`, organizations; of an authorization detail it only carries what the access token gets.
 */
import { isNativeAddress } from '../addresses.ts';
import { cookie, readCookies } from '../cookies.ts';
import { RequestGone, type Asked, type CallContext, type Destination, type Engine, type EngineContext, type Grant, type LogoutEnding, type LogoutOpened, type Opened } from '../engine.ts';
import { signOutBy } from '../logout.ts';
import type { Account, Json, LoginReason } from '../model.ts';
import { hash, randomText } from '../seal.ts';
import { createAdmin, objectOf, textOf, textsOf, type Admin, type AdminOptions } from './hydra/admin.ts';
import { errorOf, readRequest, repeated, type HydraRequest } from './hydra/request.ts';
import { isFresh, isTooOld, loginReason } from './prompt.ts';

/** Claims of the tokens, without those that are undefined. Hydra keeps no people: what a client is to know of them comes from here. */
export interface HydraClaims {
  readonly id_token?: Readonly<Record<string, Json | undefined>>;
  readonly access_token?: Readonly<Record<string, Json | undefined>>;
}

export interface HydraOptions extends AdminOptions {
  /** Where browsers reach Hydra: its `urls.self.public`, or else `urls.self.issuer`. */
  readonly issuer: string;
  /**
   * How many seconds Hydra remembers who signed in, `0` (the default) for as long as the browser is open, or `false` for not at all.
   * Without it Hydra answers every `prompt=none` with `login_required`.
   */
  readonly rememberLogin?: number | false;
  /** How many seconds Hydra remembers a decision, if the user wants it: by default until it is revoked. */
  readonly rememberConsent?: number;
  /** Whether every client needs PKCE, as in Hydra's `oauth2.pkce.enforced`: said at once, and not after the decision. */
  readonly pkce?: boolean;
  /** Whether another program answers the login challenges. A decision is then not bound to the browser of the login. */
  readonly ownLogin?: boolean;
  /** How the account signed in, for the ID token. */
  login?(account: Account): { readonly acr?: string; readonly amr?: readonly string[] };
  claims?(account: Account, grant: Grant): HydraClaims | Promise<HydraClaims>;
  /** Ends the session of the host. Without it, the user is signed out of Hydra alone. */
  signOut?(context: CallContext): void | Promise<void>;
}

/** What the kit keeps beside the challenge, which is in its query. */
type Resume = { readonly flow: 'login' } | { readonly flow: 'consent'; readonly scopes: readonly string[]; readonly audience: readonly string[] };

/** The only value of a parameter of the page. */
function only(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  return values.length === 1 ? textOf(values[0]) : undefined;
}

/** The challenge of a request that is decided. */
function challengeOf({ query }: EngineContext, flow: 'login' | 'consent'): string {
  const challenge = only(new URLSearchParams(query), `${flow}_challenge`);
  if (challenge === undefined) throw new RequestGone();
  return challenge;
}

/** A day, as long as nobody asks for more. */
const MARK = 24 * 60 * 60;
const isSecure = ({ request }: EngineContext): boolean => new URL(request.url).protocol === 'https:';
const markName = (secure: boolean): string => `${secure ? '__Host-' : ''}countersign_hydra_`;

/** What says in which browser the login was: a cookie, whose hash Hydra remembers. Hydra's own guard comes after a decision is stored. */
function marksOf(context: EngineContext): string[] {
  const name = markName(isSecure(context));
  return [...readCookies(context.request)].flatMap(([one, values]) => (one.startsWith(name) ? values : []));
}

/** The mark of this browser, for Hydra to remember. Tabs that begin at once have one each. */
async function mark(context: EngineContext): Promise<string> {
  const value = marksOf(context)[0] ?? randomText(18);
  const hashed = await hash(value);
  context.setCookie(cookie(markName(isSecure(context)) + hashed.slice(0, 8), value, isSecure(context), MARK));
  return hashed;
}

async function checkMark(context: EngineContext, remembered: unknown): Promise<void> {
  for (const value of marksOf(context)) if (await hash(value) === remembered) return;
  throw new RequestGone('The challenge belongs to another browser.');
}

/** Why the user has to sign in before Hydra is told who it is. */
function reasonOf({ parameters, hinted }: HydraRequest, context: EngineContext): LoginReason | undefined {
  const reason = loginReason(parameters, context);
  if (reason !== undefined || isFresh(context)) return reason;
  return hinted !== undefined && hinted !== context.account?.sub ? 'account_changed' : undefined;
}

const isSilent = ({ prompt }: HydraRequest): boolean => prompt.includes('none');

/** Whether a silent request can have this account. Hydra sends one only if it remembers a login. */
function isSilently({ subject, parameters, skip }: HydraRequest, { account }: EngineContext): boolean {
  return account !== null && (!skip || account.sub === subject) && !isTooOld(account, parameters.get('max_age'));
}

/** Whether one decision that Hydra remembers has all of these audiences: Hydra itself compares scopes alone. */
async function isAllowedBefore(admin: Admin, { client, scopes, audience, subject }: HydraRequest, signal: AbortSignal): Promise<boolean> {
  if (audience.length === 0) return true;
  return (await admin.consents(subject!, signal)).some((consent) => {
    const { remember, remember_for: seconds, handled_at: at } = consent;
    const holds = remember === true && (seconds === 0 || Date.parse(textOf(at) ?? '') + Number(seconds) * 1000 > Date.now());
    const has = (granted: unknown, wanted: readonly string[]): boolean => wanted.every((one) => textsOf(granted).includes(one));
    return holds && objectOf(objectOf(consent.consent_request).client).client_id === client.client_id
      && has(consent.grant_scope, scopes) && has(consent.grant_access_token_audience, audience);
  });
}

/** Whether the request is answered without the user. An address on the user's device and authorization details always need them. */
async function needsNobody(admin: Admin, request: HydraRequest, { account, signal }: EngineContext): Promise<boolean> {
  const { skip, skipsConsent, subject, redirectUri, details, prompt } = request;
  if (account === null || account.sub !== subject || details.length > 0 || isNativeAddress(redirectUri!) || prompt.includes('consent')) return false;
  return skipsConsent || (skip && await isAllowedBefore(admin, request, signal));
}

const sessionOf = (details: Grant['details'], { id_token = {}, access_token = {} }: HydraClaims): Json =>
  ({ id_token, access_token: { ...access_token, ...(details.length > 0 ? { authorization_details: details } : {}) } }) as Json;

function askFor(request: HydraRequest, loginChallenge: string | undefined): Asked {
  const { client, scopes, audience, details, redirectUri, subject, anew, uiLocales } = request;
  return {
    kind: 'ask',
    client,
    scopes: scopes.map((scope) => ({ scope })),
    resources: audience,
    details,
    redirect_uri: redirectUri!,
    sub: subject,
    switch_account: { to: anew, intermediate: true },
    // Each follower of the login gets a challenge of its own; this is what they share.
    request_id: loginChallenge,
    ui_locales: uiLocales,
    resume: { flow: 'consent', scopes, audience },
  };
}

export function hydra(options: HydraOptions): Engine {
  const { issuer, rememberLogin = 0, rememberConsent = 0, pkce = false, ownLogin = false, login, claims, signOut } = options;
  const admin = createAdmin(options);

  /** An answer that ends the request at its client, or `undefined`. */
  async function wrong(flow: 'login' | 'consent', challenge: string, request: HydraRequest, { signal }: EngineContext): Promise<Opened | undefined> {
    const twice = repeated(request);
    if (twice !== undefined) return { kind: 'refused', error: 'invalid_request', description: `${twice} is there twice.` };
    // Hydra takes a request by POST, and then loses it.
    if (!request.parameters.has('client_id')) return { kind: 'refused', error: 'invalid_request', description: 'The request is not in the query.' };
    const error = errorOf(request, pkce);
    return error && { kind: 'done', ...await admin.decide(flow, 'reject', challenge, { ...error }, signal) };
  }

  async function openLogin(challenge: string, context: EngineContext): Promise<Opened> {
    const { signal, account } = context;
    const request = readRequest(await admin.read('login', challenge, signal));
    const fault = await wrong('login', challenge, request, context);
    if (fault !== undefined) return fault;
    if (isSilent(request) && !isSilently(request, context)) return { kind: 'done', ...await admin.decide('login', 'reject', challenge, { error: 'login_required' }, signal) };
    const reason = isSilent(request) ? undefined : reasonOf(request, context);
    if (reason !== undefined) {
      const { loginHint: login_hint, acrValues: acr_values } = request;
      return { kind: 'login', reason, resume: { flow: 'login' }, ...(login_hint && { login_hint }), ...(acr_values && { acr_values }) };
    }
    const remember = rememberLogin === false ? { remember: false } : { remember: true, remember_for: rememberLogin };
    const { acr, amr } = login?.(account!) ?? {};
    const body = { subject: account!.sub, ...remember, ...(acr && { acr }), ...(amr && { amr }), context: { countersign: await mark(context) } };
    return { kind: 'done', ...await admin.decide('login', 'accept', challenge, body, signal) };
  }

  async function accept(challenge: string, asked: Pick<HydraRequest, 'scopes' | 'audience'>, grant: Grant, { account, signal }: EngineContext): Promise<Destination> {
    const { scopes, resources, details, remember } = grant;
    return admin.decide('consent', 'accept', challenge, {
      // Hydra grants what it is told, also what nobody asked for.
      grant_scope: asked.scopes.filter((scope) => scopes.some((one) => one.scope === scope)),
      grant_access_token_audience: asked.audience.filter((one) => resources.includes(one)),
      remember,
      remember_for: rememberConsent,
      session: sessionOf(details, await claims?.(account!, grant) ?? {}),
    }, signal);
  }

  async function openConsent(challenge: string, context: EngineContext): Promise<Opened> {
    const { signal } = context;
    const body = await admin.read('consent', challenge, signal);
    if (!ownLogin) await checkMark(context, objectOf(body.context).countersign);
    const request = readRequest(body);
    const fault = await wrong('consent', challenge, request, context);
    if (fault !== undefined) return fault;
    if (await needsNobody(admin, request, context)) {
      const { scopes, audience } = request;
      const grant = { scopes: scopes.map((scope) => ({ scope })), resources: audience, details: [], remember: false };
      return { kind: 'done', ...await accept(challenge, request, grant, context) };
    }
    if (isSilent(request)) {
      const error = context.account?.sub === request.subject ? 'consent_required' : 'login_required';
      return { kind: 'done', ...await admin.decide('consent', 'reject', challenge, { error }, signal) };
    }
    return askFor(request, textOf(body.login_challenge));
  }

  return {
    name: 'hydra',
    narrows: true,
    remembers: 'choice',
    origins: [new URL(issuer).origin],

    async open(query, context) {
      const parameters = new URLSearchParams(query);
      const [consent, first] = [only(parameters, 'consent_challenge'), only(parameters, 'login_challenge')];
      if (consent !== undefined) return openConsent(consent, context);
      if (first !== undefined) return openLogin(first, context);
      // Hydra's own error page. Anybody can write such an address, so that no text of it is shown.
      const error = only(parameters, 'error');
      return { kind: 'refused', error: error !== undefined && /^[a-z_]{1,64}$/.test(error) ? error : 'invalid_request' };
    },

    async allow(resume, grant, context) {
      const kept = resume as unknown as Resume;
      if (kept.flow !== 'consent') throw new RequestGone();
      return accept(challengeOf(context, 'consent'), kept, grant, context);
    },

    async deny(resume, context) {
      const { flow } = resume as unknown as Resume;
      return admin.decide(flow, 'reject', challengeOf(context, flow), { error: 'access_denied', error_description: 'The user has denied the request.' }, context.signal);
    },

    logout: signOutBy({
      async open(query, { signal, account }): Promise<LogoutOpened> {
        const challenge = only(new URLSearchParams(query), 'logout_challenge');
        // Hydra knows nobody in this browser, and has no client to go back to.
        if (challenge === undefined) return account === null ? { kind: 'signed_out' } : { kind: 'ask', resume: null };
        const body = await admin.read('logout', challenge, signal);
        const expires = Date.parse(textOf(body.expires_at) ?? '');
        const client_id = textOf(objectOf(body.client).client_id);
        return {
          kind: 'ask',
          resume: challenge,
          ...(client_id === undefined ? {} : { client: { client_id, client_name: textOf(objectOf(body.client).client_name) } }),
          ...(Number.isNaN(expires) ? {} : { expires_at: Math.floor(expires / 1000) }),
        };
      },
      async signOut(resume, context): Promise<LogoutEnding> {
        const to = resume === null ? undefined : await admin.decide('logout', 'accept', resume as string, {}, context.signal);
        await signOut?.(context);
        return to === undefined ? { kind: 'signed_out' } : { kind: 'done', ...to };
      },
    }),
  };
}
