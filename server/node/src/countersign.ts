/** The kit: a handler of requests in front of an engine. */
import { refused, start } from './authorize.ts';
import { BODIES, checkKey, type LogoutStartCall, type LogoutSubmitCall } from './calls.ts';
import { cut } from './client.ts';
import { browserCookie, readCookies } from './cookies.ts';
import { faultOf, type Outcome } from './decisions.ts';
import type { Describe } from './describe.ts';
import type { Engine } from './engine.ts';
import { finishPage, takeForm } from './finish.ts';
import { checkCaller, readJson } from './guards.ts';
import { isLoopbackOrigin } from './addresses.ts';
import { bodyFault } from './json.ts';
import { languagesOf, within, type Call, type Kit } from './kit.ts';
import { checkLimits, type LimitOptions, type Limits, limitsWith } from './limits.ts';
import { createLog, type LogEvent } from './log.ts';
import type { Account, Realm } from './model.ts';
import type { Page, PageSite } from './page.ts';
import { type Fault, gone, problem, unavailable } from './problems.ts';
import { createSeal, randomText } from './seal.ts';
import type { Store } from './store.ts';
import { memoryStore } from './stores/memory.ts';
import { submit } from './submit.ts';
import { load, save, visit, type Transactions } from './transactions.ts';

type Awaitable<T> = T | Promise<T>;

export interface CountersignOptions {
  // Each engine has a `Resume` of its own, which only it reads.
  readonly engine: Engine<any>;
  /** The site's own origin, exactly: `https://login.example`. Calls from elsewhere are 403. */
  readonly origin: string;
  /** At least 32 characters that nobody can guess. Of several, the first seals and all open. */
  readonly secret: string | readonly string[];
  /** Who is signed in at the host. */
  account(request: Request): Awaitable<Account | null>;
  readonly describe?: Describe;
  /** Shared by all processes of the site. By default it is in memory, for one process. */
  readonly store?: Store;
  /** Where the four calls are (`/countersign`). */
  readonly base?: string;
  /** The pages, by `page` of `countersign/server/page`. Without them, the host serves its own. */
  readonly page?: Page | readonly Page[];
  /** The realms that are served: `consumer`, and `b2b` if `describe` has `organizations`. */
  readonly realms?: readonly Realm[];
  /** Milliseconds that the engine may take for a step (10,000). */
  readonly timeout?: number;
  /** How many calls a browser and an address may make. */
  readonly limits?: LimitOptions;
  /** The address that a request came from. Without it, there are no limits by address. */
  addressOf?(request: Request): string | undefined;
  /** Gets an event for each call. Without it, failures go to the console. */
  log?(event: LogEvent): void;
  /** Whether events have the query, the subject and the error itself. */
  readonly logDetails?: boolean;
  /** The time in milliseconds. */
  readonly clock?: () => number;
  /** Seconds that a request stays open (900), unless its engine forgets it before. */
  readonly life?: number;
  /** Where open requests are kept: by default in cookies. */
  readonly transactions?: Transactions;
}

/** The handler. What is not one of its paths is 404. */
export interface Countersign {
  (request: Request): Promise<Response>;
  /**
   * For hosts that serve the page themselves: counts a request for it that comes back from the login page. Resolves to values of
   * `Set-Cookie` for its answer. The kit's own page does this by itself.
   */
  visited(request: Request): Promise<readonly string[]>;
}

interface Mount extends Kit {
  readonly options: CountersignOptions;
  readonly limits: Limits;
}

function checkOptions({ engine, origin, secret }: CountersignOptions): void {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.origin !== origin || (url.protocol !== 'https:' && !isLoopbackOrigin(url))) {
    throw new TypeError('origin must be an origin such as https://login.example, or http on loopback.');
  }
  if (engine.logout !== undefined && !('submit' in engine.logout)) throw new TypeError('engine.logout must be made by signOutBy.');
  const secrets = [secret].flat();
  if (secrets.length === 0 || secrets.some((one) => typeof one !== 'string' || one.length < 32)) {
    throw new TypeError('Every secret must have at least 32 characters.');
  }
}

/** Runs what the host has given. Its faults are those of a busy server. It has the time of an engine. */
async function ofHost<T>(timeout: number, work: () => Awaitable<T>): Promise<T> {
  try {
    return await within(timeout, (async () => work())(), () => new Error('The host took too long.'));
  } catch (cause) {
    throw Object.assign(unavailable(2), { cause });
  }
}

function guarded(store: Store, timeout: number): Store {
  const guard = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => (...args: A): Promise<R> => ofHost(timeout, () => work.apply(store, args));
  const claim: Store['claim'] = async (key, ...rest) => {
    const claimed = store.claim(key, ...rest);
    return ofHost(timeout, () => claimed).catch((error: unknown) => {
      // One that comes late is nobody's: without this, its request would count as decided.
      claimed.then(async (other) => { if (other === null) await store.delete(key); }).catch(() => {});
      throw error;
    });
  };
  return { claim, get: guard(store.get), set: guard(store.set), delete: guard(store.delete), count: guard(store.count) };
}

/** Who is signed in. Nothing has happened yet, so that a failure costs nothing: the call can be made again. */
async function accountOf({ options, timeout }: Mount, request: Request): Promise<Account | null> {
  const account = await ofHost(timeout, () => options.account(request)) ?? null;
  if (account !== null && (!account.sub || cut(account.sub, 255) !== account.sub)) throw new TypeError('account() must give null, or an account with a sub of 1 to 255 characters.');
  return account;
}

function createMount(options: CountersignOptions): Mount {
  checkOptions(options);
  const { engine, origin, secret, describe = {}, clock = Date.now, timeout = 10_000, life = 900, transactions: kept } = options;
  return {
    options,
    limits: limitsWith(options.limits),
    engine,
    origin,
    base: `${options.base ?? '/countersign'}/`,
    secure: origin.startsWith('https:'),
    seal: createSeal([secret].flat()),
    store: guarded(options.store ?? memoryStore({ clock }), timeout),
    describe,
    realms: options.realms ?? (describe.organizations === undefined ? ['consumer'] : ['consumer', 'b2b']),
    timeout,
    clock,
    life,
    kept,
  };
}

const VERSION = /^\s*application\/json\s*;(?:[^,]*;)?\s*v="?(\d+)"?\s*(?:;|$)/i;

/** Whether the page reads version 2. One of a later version gets the server's own. */
const readsV2 = ({ headers }: Request): boolean => (headers.get('accept') ?? '').split(',').some((range) => Number(VERSION.exec(range)?.[1]) >= 2);

/** Reads who is there. A call over a limit is a fault, before the host is asked for the account. */
async function readCall(mount: Mount, request: Request, id: string): Promise<Call> {
  const cookies = readCookies(request);
  await checkLimits(mount, mount.limits, mount.options.addressOf?.(request), cookies.get(browserCookie(mount.secure))?.[0]);
  return {
    request,
    id,
    account: await accountOf(mount, request),
    languages: languagesOf(request),
    v2: readsV2(request),
    cookies,
    setCookies: [],
  };
}

type Handler = (kit: Kit, call: Call, body: never, key: string) => Promise<Outcome>;
type Path = keyof typeof BODIES;

const HANDLERS: Record<Path, Handler> = {
  'authorize/start': start,
  'authorize/submit': submit,
  // An engine without sign-out says so. Version 1 of the API has no word for it.
  'logout/start': async (kit, call, body: LogoutStartCall) => kit.engine.logout?.start(kit, call, body)
    ?? (call.v2 ? { outcome: 'unsupported' } : refused({ error: 'unsupported', description: 'There is no sign-out on this page.' })),
  'logout/submit': async (kit, call, body: LogoutSubmitCall) => {
    if (kit.engine.logout === undefined) throw gone();
    return kit.engine.logout.submit(kit, call, body);
  },
};

function checkRealm({ realms }: Kit, body: unknown): void {
  const { realm } = body as { realm?: Realm };
  if (realm !== undefined && !realms.includes(realm)) throw bodyFault('/realm', 'is not served here');
}

/** An answer of the API. No other origin and no cache ever has it. */
function answer(id: string, status: number, type: string, body: unknown, setCookies: readonly string[] = []): Response {
  const headers = new Headers({
    'Content-Type': type, 'Cache-Control': 'no-store', 'X-Request-Id': id, 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin',
  });
  for (const value of setCookies) headers.append('Set-Cookie', value);
  return new Response(JSON.stringify(body), { status, headers });
}

function answerFault(id: string, error: unknown, call: Call | undefined): { response: Response; fault: Fault } {
  const fault = faultOf(error);
  const response = answer(id, fault.status, 'application/problem+json', problem(fault, id), call?.setCookies);
  if (fault.extras.retryAfter !== undefined) response.headers.set('Retry-After', String(fault.extras.retryAfter));
  if (fault.status === 405) response.headers.set('Allow', 'POST');
  return { response, fault };
}

async function handleCall(mount: Mount, path: Path, request: Request): Promise<Response> {
  const id = randomText(12);
  const log = createLog(mount.options, { path, id, clock: mount.clock });
  let call: Call | undefined;
  try {
    checkCaller(request, mount.origin);
    const body = await readJson(request);
    BODIES[path](body, '');
    checkRealm(mount, body);
    const key = path === 'authorize/submit' ? checkKey(request.headers.get('idempotency-key')) : '';
    call = await readCall(mount, request, id);
    const outcome = await HANDLERS[path](mount, call, body as never, key);
    log({ status: 200, outcome: outcome.outcome as string, body, account: call.account });
    return answer(id, 200, 'application/json', outcome.outcome === 'error' ? { ...outcome, request_id: id } : outcome, call.setCookies);
  } catch (error) {
    const { response, fault } = answerFault(id, error, call);
    log({ status: fault.status, code: fault.code, error, account: call?.account });
    return response;
  }
}

const nothingHere = (status: number, text: string): Response =>
  new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } });

/** The page that posts an answer to its client. */
async function finish(mount: Mount, site: PageSite, request: Request, id: string): Promise<Response> {
  if (request.method !== 'GET') return nothingHere(405, 'Only GET is answered here.');
  const form = await takeForm(mount, readCookies(request), id);
  if (form !== undefined) return finishPage(form);
  const [page] = [mount.options.page ?? []].flat();
  return page?.gone(site, request) ?? nothingHere(410, 'This step is over. Start again at the app you came from.');
}

/** Counts a visit, and returns the cookies that say so. */
async function visited(mount: Mount, request: Request): Promise<readonly string[]> {
  const parameters = new URL(request.url).searchParams;
  const id = parameters.has('client_id') ? null : parameters.get('transaction');
  if (id === null) return [];
  const call = { request, id: '', account: null, languages: [], v2: false, cookies: readCookies(request), setCookies: [] };
  try {
    const transaction = await load(mount, call, id);
    visit(transaction);
    await save(mount, call, transaction);
  } catch {
    // The page's own call says what is wrong.
  }
  return call.setCookies;
}

/**
 * Puts the countersign API in front of an engine.
 *
 * @returns a handler of fetch requests, for any server that has them; `toNodeHandler` is for `node:http`
 */
export function countersign(options: CountersignOptions): Countersign {
  const mount = createMount(options);
  const site: PageSite = { kit: mount, readCall: (request, id) => readCall(mount, request, id), startLog: (id) => createLog(options, { path: 'page', id, clock: mount.clock }) };
  const handle = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const path = pathname.startsWith(mount.base) ? pathname.slice(mount.base.length) : '';
    if (Object.hasOwn(HANDLERS, path)) return handleCall(mount, path as Path, request);
    if (path.startsWith('finish/')) return finish(mount, site, request, path.slice(7));
    for (const page of [options.page ?? []].flat()) {
      const response = await page.respond(site, request);
      if (response !== undefined) return response;
    }
    return nothingHere(404, 'There is nothing at this address.');
  };
  return Object.assign(handle, { visited: (request: Request) => visited(mount, request) });
}
