/** A browser on the page: makes the four calls as the widget does, and has every answer compared with the description. */
import { randomUUID } from 'node:crypto';
import { readAnswer } from './answer.ts';
import { Agent, type Outlet } from './client.ts';
import type { Any, Contract, Fault } from './contract.ts';
import { type EngineSite, Follower, type Way } from './engine.ts';
import { Failed } from './errors.ts';

export interface Result {
  readonly call: string;
  readonly status: number;
  /** The body, or `{}` if it is no JSON object. */
  readonly answer: Any;
  readonly text: string;
  readonly headers: Headers;
}

export interface Observed extends Fault {
  readonly call: string;
}

export interface CallOptions {
  readonly method?: string;
  /** `null` removes a header. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

export interface Chosen {
  readonly scope: string;
  readonly resource?: string;
}

/** What a result looks like in a message. */
export function shown({ call, status, answer, text }: Result): string {
  const isJson = Object.keys(answer).length > 0 || /^\s*[[{]/.test(text);
  return `${call} answered ${status} ${isJson ? JSON.stringify(answer).slice(0, 300) : `without JSON: ${JSON.stringify(text.slice(0, 80))}`}`;
}

/** The scopes of a card that an `allow` can name, without the named ones. */
export function chosenOf(card: Any, without: readonly string[] = []): Chosen[] {
  return card.scopes
    .filter(({ scope, grantable }: Any) => grantable && !without.includes(scope))
    .map(({ scope, resource }: Any) => ({ scope, ...(resource === undefined ? {} : { resource }) }));
}

/** The decision that allows everything on a card but the named scopes. */
export function allowing(card: Any, without: readonly string[] = []): Any {
  return {
    transaction: card.transaction,
    version: card.version,
    decision: 'allow',
    scopes: chosenOf(card, without),
    ...(card.authorization_details?.length > 0 ? { authorization_details: card.authorization_details } : {}),
    ...(card.organization ? { organization_id: card.organization.organization_id } : {}),
  };
}

export class Browser extends Agent {
  readonly #contract: Contract;
  readonly #api: string;
  readonly #realm: string;
  readonly #observe: (fault: Observed) => void;
  readonly #engine: Follower | undefined;

  constructor(outlet: Outlet, site: { api: string; realm: string; engine?: EngineSite | undefined }, contract: Contract, observe: (fault: Observed) => void) {
    super(outlet);
    this.#contract = contract;
    this.#api = site.api;
    this.#realm = site.realm;
    this.#observe = observe;
    this.#engine = site.engine && new Follower(this, site.engine);
  }

  /** Makes a call of the API. A text or bytes are sent as they are. */
  async call(call: string, body: unknown, { method = 'POST', headers = {} }: CallOptions = {}): Promise<Result> {
    const given = { accept: this.#contract.accept, 'content-type': 'application/json', 'x-countersign': '1', origin: this.outlet.origin, ...headers };
    const sent = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null);
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const init: RequestInit = { method, headers: sent };
    // Bytes, because a text would get a media type of its own where none is sent.
    if (method !== 'GET' && method !== 'OPTIONS') init.body = raw ? Buffer.from(body as string) : Buffer.from(JSON.stringify(body));
    const response = await this.fetch(`${this.#api}/${call}`, init);
    const text = await response.text();
    // What another version answers has shapes of its own.
    if (method !== 'OPTIONS' && given.accept === this.#contract.accept) for (const fault of this.#contract.faultsOf(call, response, text)) this.#observe({ call, ...fault });
    return { call, status: response.status, answer: parsed(text), text, headers: response.headers };
  }

  /** `start` with a query, or with a transaction. A query goes by the engine's endpoint, if that is elsewhere. */
  async start(request: string | { transaction: string; organization_id?: string }): Promise<Result> {
    if (typeof request !== 'string') return this.#goOn(await this.#start(request), undefined);
    const way = await this.#engine?.begin(request) ?? { query: request };
    return this.#arrive(way, request);
  }

  #start(request: { query: string } | { transaction: string; organization_id?: string }): Promise<Result> {
    return this.call('authorize/start', { realm: this.#realm, ...request });
  }

  /** What a person sees where a way ends: the page's next step, or the client. */
  async #arrive(way: Way, request: string | undefined): Promise<Result> {
    if ('address' in way) {
      const answer = { outcome: 'redirect', redirect_uri: way.address.href };
      return { call: 'authorize/start', status: 200, answer, text: JSON.stringify(answer), headers: new Headers() };
    }
    if (request !== undefined) this.#engine?.note(request, way.query);
    return this.#goOn(await this.#start(way), request);
  }

  /** Follows an answer of the engine that leads on. */
  async #goOn(result: Result, request: string | undefined): Promise<Result> {
    const { outcome: name, intermediate, redirect_uri: to } = result.answer;
    if (this.#engine === undefined || name !== 'redirect' || intermediate !== true || !this.#engine.owns(to)) return result;
    return this.#arrive(await this.#engine.follow(new URL(to)), request);
  }

  async submit(body: unknown, key: string | null = randomUUID()): Promise<Result> {
    return this.#goOn(await this.call('authorize/submit', body, { headers: { 'idempotency-key': key } }), undefined);
  }

  /** Allows a card without the named scopes. `more` replaces members of the decision. */
  allow(card: Any, { without = [], ...more }: { without?: readonly string[]; [member: string]: unknown } = {}, key?: string): Promise<Result> {
    return this.submit({ ...allowing(card, without), ...more }, key);
  }

  deny(transaction: string, key?: string): Promise<Result> {
    return this.submit({ transaction, decision: 'deny', scopes: [] }, key);
  }

  /** `logout/start` with a query, by the engine's endpoint if that is elsewhere. */
  async logoutStart(query: string): Promise<Result> {
    const way = await this.#engine?.end(query) ?? { query };
    return this.call('logout/start', { realm: this.#realm, query: 'query' in way ? way.query : '' });
  }

  logoutSubmit(logout: string, decision: 'sign_out' | 'stay'): Promise<Result> {
    return this.call('logout/submit', { logout, decision });
  }
}

function parsed(text: string): Any {
  const read = readAnswer(text);
  return 'value' in read && typeof read.value === 'object' && read.value !== null ? read.value : {};
}

export function expect(holds: unknown, message: string): asserts holds {
  if (!holds) throw new Failed(message);
}

/** The answer, if its outcome is one of these. */
export function outcome(result: Result, ...wanted: readonly string[]): Any {
  const fits = result.status === 200 && wanted.includes(result.answer.outcome);
  expect(fits, `The outcome must be ${wanted.map((one) => `\`${one}\``).join(' or ')}; ${shown(result)}`);
  return result.answer;
}

/** The problem document, if it has this status and code. */
export function problem(result: Result, status: number, code: string): Any {
  expect(result.status === status && result.answer.code === code, `It must be ${status} \`${code}\`; ${shown(result)}`);
  return result.answer;
}

/** Compares JSON, where the order of members has no meaning. */
export const same = (one: unknown, other: unknown): boolean => sorted(one) === sorted(other);

function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, inner) => (
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner
  ));
}
