/**
 * Reads a client of Stytch's SDK: its project, the session that it knows, and the project's name.
 *
 * A client has no public member for its public token and its base URL. Stytch's own packages read them under two global symbols, since a
 * page may have several copies of the SDK, and so does this.
 */

import type { Reply } from '../../element/http.js';
import { member } from '../../element/own.js';
import type { StytchOptions } from '../../options.js';

/** A client of Stytch's SDK: of `@stytch/react`, `@stytch/nextjs` or `@stytch/vanilla-js`, for consumers or for organizations. */
export interface StytchClientLike {
  readonly idp: object;
  readonly session: object;
}

/** Why the project of a page cannot be known. */
export type StytchClientProblem = 'provider_missing' | 'client_unreadable' | 'client_of_other_kind';

/** The client of Stytch's SDK cannot be used. It is the `cause` of `setting_invalid`. */
export class StytchClientError extends Error {
  override readonly name = 'StytchClientError';
  readonly problem: StytchClientProblem;

  constructor(problem: StytchClientProblem) {
    // The sentences are in debug.js.
    super(problem);
    this.problem = problem;
  }
}

/** Answers a call of the adapter with what the client knows, or makes the call. */
export type Through = (url: string, call: () => Promise<Reply>) => Promise<Reply>;

/** A project, with a client that knows things about it. */
export type KnownProject = StytchOptions & { through?: Through };

type Bootstrap = { projectName?: string | null } | null;

/** What the SDK keeps under its symbols, as far as this needs it (20.1.0). */
interface Internals {
  publicToken: string;
  networkClient: { baseURL: string };
  dataLayer: {
    opaqueTokenCookieName: string;
    jwtCookieName: string;
    istCookieName: string;
    _cookiePath: string | null;
    _domain: string | null;
    _cookieAvailableToSubdomains: boolean;
  };
  bootstrap: { getSync(): Bootstrap; getAsync(): Promise<Bootstrap> };
}

/** The public members of a client that this calls. */
interface Sdk {
  session: { getInfo(): { session: object | null; fromCache: boolean }; getTokens(): { session_jwt?: string } | null };
  user?: { getSync(): { user_id?: string } | null };
  onStateChange(changed: () => void): () => void;
}

const symbolOf = (b2b: boolean) => Symbol.for(`stytch__internal_${b2b ? 'b2b' : 'b2c'}`);
/** Stytch's own hosts. Any other base URL is a domain of the team's own. */
const OWN_HOST = /^https:\/\/(test|api)\.stytch\.com$/;
/** How long the client may take with its own check of the session, in milliseconds. It tries again for ever. */
const PATIENCE = 3000;

/** An invalid project: the element then reads the reason, shows that it is misconfigured, and tells the host. */
export const unknownProject = (problem: StytchClientProblem): KnownProject => {
  const error = new StytchClientError(problem);
  return { get publicToken(): string { throw error; } };
};

/** Whether this is a client rather than the options of a project. On a server the SDK has a proxy that is a function. */
export const isClient = (value: unknown): value is StytchClientLike => (
  typeof value === 'function' || (typeof value === 'object' && value !== null && member(value, 'idp') !== undefined)
);

const known = new WeakMap<object, KnownProject>();

/** The project of a client, and always the same object for the same client. */
export function projectOf(client: StytchClientLike, b2b: boolean): KnownProject {
  // On a server nothing is called, and the proxy has no values.
  if (typeof client === 'function') return { publicToken: '' };
  const project = known.get(client) ?? read(client, b2b);
  known.set(client, project);
  return project;
}

function read(client: StytchClientLike, b2b: boolean): KnownProject {
  const of = (kind: boolean) => (client as unknown as Record<symbol, Internals | undefined>)[symbolOf(kind)];
  const internals = of(b2b);
  if (!internals && of(!b2b)) return unknownProject('client_of_other_kind');
  try {
    const { publicToken, networkClient: { baseURL }, dataLayer, bootstrap } = internals!;
    const { opaqueTokenCookieName, jwtCookieName, istCookieName } = dataLayer;
    if ([publicToken, baseURL, opaqueTokenCookieName, jwtCookieName].some((it) => typeof it !== 'string')) throw new TypeError();
    return {
      publicToken,
      ...(OWN_HOST.test(baseURL) ? {} : { customBaseUrl: baseURL }),
      cookieOptions: {
        opaqueTokenCookieName, jwtCookieName, istCookieName,
        path: dataLayer._cookiePath ?? undefined,
        domain: dataLayer._domain ?? undefined,
        availableToSubdomains: dataLayer._cookieAvailableToSubdomains,
      },
      // Answered by the client, which has asked for it already.
      bootstrap: true,
      through: through(client as unknown as Sdk, bootstrap),
    };
  } catch {
    return unknownProject('client_unreadable');
  }
}

const success = (data: object): Reply => [200, JSON.stringify({ data }), 'application/json'];

const through = (client: Sdk, bootstrap: Internals['bootstrap']): Through => async (url, call) => (
  await answerOf(new URL(url).pathname, client, bootstrap).catch(() => undefined) ?? call()
);

async function answerOf(pathname: string, client: Sdk, bootstrap: Internals['bootstrap']): Promise<Reply | undefined> {
  if (pathname.includes('/projects/bootstrap/')) {
    const name = bootstrap.getSync()?.projectName ?? (await bootstrap.getAsync())?.projectName;
    return success(name ? { project_name: name } : {});
  }
  // Stytch's answers about organizations name no member: nothing would tell that the card is about another one than the cookie.
  if (!pathname.endsWith('/sessions/authenticate') || pathname.includes('/b2b/') || isDated()) return undefined;
  await checked(client);
  const session = sessionOf(client);
  return session && success(session);
}

/** Whether the request depends on when the user signed in. The client's own check may be three minutes old. */
function isDated(): boolean {
  const query = new URLSearchParams(location.search);
  return query.has('max_age') || query.getAll('prompt').some((it) => it.split(' ').includes('login'));
}

/** Resolves when the client has checked its session, or has taken too long. */
function checked(client: Sdk): Promise<void> {
  const isChecked = () => !client.session.getInfo().fromCache;
  return new Promise((resolve) => {
    if (isChecked()) return resolve();
    const end = () => {
      clearTimeout(late);
      stop();
      resolve();
    };
    const late = setTimeout(end, PATIENCE);
    const stop = client.onStateChange(() => { if (isChecked()) end(); });
  });
}

/** The identifier of the session whose cookies the page has. Another tab or the server may have replaced them. */
function sessionInCookies(client: Sdk): unknown {
  const [, payload = ''] = client.session.getTokens()?.session_jwt?.split('.') ?? [];
  const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, { id?: unknown } | undefined>;
  return claims['https://stytch.com/session']?.id;
}

/** The checked session of the client as the API describes it, if the page's cookies are still those of this session. */
function sessionOf(client: Sdk): object | undefined {
  try {
    const { session, fromCache } = client.session.getInfo();
    const { session_id: id, user_id: owner } = session as { session_id?: string; user_id?: string };
    const user = client.user?.getSync();
    return !fromCache && id && user?.user_id === owner && sessionInCookies(client) === id ? { session, user } : undefined;
  } catch {
    return undefined;
  }
}
