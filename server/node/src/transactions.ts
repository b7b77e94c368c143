/**
 * Open requests. A transaction is its sealed state, in a cookie of the browser that opened it: no other browser has one. What does
 * not fit stands in the store, sealed as well, and the cookie has the secret that opens it.
 */
import { browserCookie, cookie, cookiePrefix } from './cookies.ts';
import { now, type Call, type Kit } from './kit.ts';
import type { Json, Realm, RequestedScope } from './model.ts';
import { Fault, gone, malformed, type BriefClient } from './problems.ts';
import { randomText } from './seal.ts';

export interface State {
  readonly realm: Realm;
  /** The raw query of the request. */
  readonly query?: string;
  /** Whether it came by POST, and the engine has not seen it yet. */
  readonly isStored?: boolean;
  /** A request to sign out that came by POST. */
  readonly logoutQuery?: string;
  /** A request to sign out, and who was signed in then. */
  readonly logout?: { readonly resume: Json; readonly sub: string };
  /** How often the page came back from the login page. */
  readonly visits: number;
  /** When the page was first sent to sign in, in milliseconds. */
  readonly handedOffAt?: number;
  /** Whether the page was sent to sign in and has not come back yet. */
  readonly isAway?: boolean;
  readonly organization?: string;
  /** What was ticked before a sign-in. */
  readonly chosen?: { readonly version: string; readonly scopes: readonly RequestedScope[]; readonly remember: boolean };
  /** The same of a form, as places in the scopes of a card that nobody is signed in for. */
  readonly ticked?: { readonly version: string; readonly scopes: readonly number[]; readonly remember: boolean };
  /** What the engine needs to deny the request when nobody is signed in any more. */
  readonly resume?: Json;
  /** The address on the card. */
  readonly address?: string;
  /** What the request of the card is claimed by, in the store. Empty: the engine has no name for it. */
  readonly request?: string;
  readonly native?: boolean;
  readonly client?: BriefClient;
  /** In seconds since 1970. */
  readonly expires: number;
}

/** A transaction that a call works with. */
export interface Transaction {
  readonly id: string;
  state: State;
  /** What opens the state in the store, if it stands there. */
  secret?: string | undefined;
  /** The cookie's value. */
  value?: string;
  /** The state as it was loaded, in JSON. */
  before?: string;
}

/**
 * Where a host keeps open requests, if not in cookies: `keptTransactions` of `countersign/server/kept`. What it throws, the call is
 * answered with.
 */
export interface Transactions {
  /** Before the engine is asked about a new request. */
  admit(call: Call, state: Pick<State, 'isStored' | 'logoutQuery'>): void;
  load(call: Call, id: string, realm?: Realm): Transaction | Promise<Transaction>;
  save(call: Call, transaction: Transaction): void | Promise<void>;
  /** The request was answered. */
  end(transaction: Transaction): void;
}

/** How many bytes of cookies all open transactions may have: servers in front limit the header. */
const MOST_BYTES = 4096;
/** How long a browser is known, in seconds. */
const BROWSER = 24 * 60 * 60;
/** How many may be open in cookies alone, and at all. */
const MOST_IN_COOKIES = 5;
const MOST = 20;

/** Names of the cookies of transactions, the oldest first: an id begins with its time. */
const openIn = ({ secure }: Kit, { cookies }: Call): string[] => [...cookies.keys()].filter((name) => name.startsWith(cookiePrefix(secure))).sort();

const purpose = ({ engine }: Kit, id: string, secret = ''): string => `state ${engine.name} ${id} ${secret}`;
const storeKey = (id: string): string => `state:${id}`;

/** A new transaction. Its id sorts by time. */
export function create(kit: Kit, call: Call, state: Omit<State, 'visits' | 'expires'> & { readonly expires?: number | undefined }): Transaction {
  kit.kept?.admit(call, state);
  return { id: Math.floor(kit.clock()).toString(36).padStart(9, '0') + randomText(18), state: { visits: 0, ...state, expires: state.expires ?? now(kit) + kit.life } };
}

/** Opens the state in a cookie's value. */
async function open(kit: Kit, id: string, value: string): Promise<Transaction | undefined> {
  const text = await kit.seal.open(value, purpose(kit, id));
  if (text === undefined) return undefined;
  const { secret, ...inline } = JSON.parse(text) as State & { secret?: string };
  if (secret === undefined) return { id, state: inline, before: text, value };
  const stored = await kit.store.get(storeKey(id));
  const before = stored === null ? undefined : await kit.seal.open(stored, purpose(kit, id, secret));
  return before === undefined ? undefined : { id, state: JSON.parse(before) as State, before, secret, value };
}

/** Counts that the page came back from the login page. A page that is loaded again without having left counts no visit. */
export function visit(transaction: Transaction): void {
  const { isAway, ...state } = transaction.state;
  if (isAway) transaction.state = { ...state, visits: state.visits + 1 };
}

/** The transaction of this browser, or a fault. */
export async function load(kit: Kit, call: Call, id: string, realm?: Realm): Promise<Transaction> {
  if (kit.kept) return kit.kept.load(call, id, realm);
  for (const value of call.cookies.get(cookiePrefix(kit.secure) + id) ?? []) {
    const transaction = await open(kit, id, value);
    if (transaction === undefined || (realm ?? transaction.state.realm) !== transaction.state.realm) continue;
    if (transaction.state.expires <= now(kit)) throw gone(transaction.state.client);
    return transaction;
  }
  const noCookies = !call.cookies.has(browserCookie(kit.secure)) && openIn(kit, call).length === 0;
  throw new Fault(410, 'expired', undefined, { noCookies: noCookies || undefined });
}

/** The transaction, if it is about a request of a client. */
export async function loadRequest(kit: Kit, call: Call, id: string, realm?: Realm): Promise<Transaction> {
  const transaction = await load(kit, call, id, realm);
  if (transaction.state.query === undefined) throw malformed('/transaction is no request of a client.');
  return transaction;
}

/** Keeps the state, if it has changed: in a cookie if that is small enough, else in the store. */
export async function save(kit: Kit, call: Call, transaction: Transaction): Promise<void> {
  if (kit.kept) return kit.kept.save(call, transaction);
  const { id, state, before } = transaction;
  const text = JSON.stringify(state);
  if (text === before) return;
  const name = cookiePrefix(kit.secure) + id;
  const seconds = state.expires - now(kit);
  const others = openIn(kit, call).filter((other) => other !== name);
  // The oldest make room.
  for (const old of others.slice(0, Math.max(0, others.length + 1 - MOST))) call.setCookies.push(cookie(old, '', kit.secure, 0));
  let value = transaction.secret === undefined ? await kit.seal.seal(text, purpose(kit, id)) : transaction.value!;
  const bytes = others.reduce((sum, other) => sum + other.length + (call.cookies.get(other)?.[0]?.length ?? 0), value.length + name.length);
  if (transaction.secret === undefined && (others.length >= MOST_IN_COOKIES || bytes > MOST_BYTES)) {
    transaction.secret = randomText(18);
    value = await kit.seal.seal(JSON.stringify({ secret: transaction.secret }), purpose(kit, id));
  }
  if (transaction.secret !== undefined) {
    await kit.store.set(storeKey(id), await kit.seal.seal(text, purpose(kit, id, transaction.secret)), Math.max(1, seconds));
  }
  Object.assign(transaction, { before: text, value });
  call.setCookies.push(cookie(name, value, kit.secure, seconds));
  const browser = browserCookie(kit.secure);
  if (!call.cookies.has(browser)) call.setCookies.push(cookie(browser, randomText(9), kit.secure, BROWSER));
}
