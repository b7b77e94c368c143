/** What the WebAssembly calls: nothing here throws into it, and every promise settles. */

import { BackendError, type AuthorizationDetail, type Backend, type CallContext } from '../api.js';
import { errorOf, eventOf, type CountersignEventDetail, type CountersignEventType } from '../events.js';
import type { ConsentManifest, ConsentManifestItem, ConsentManifestSection, LoginHandOff } from '../options.js';
import { file } from './language.js';
import type { Given } from './settings.js';

type Method = 'start' | 'submit' | 'logoutStart' | 'logoutSubmit';
type Answer = [status: number, body: string, type?: string, requestId?: string | null, retryAfter?: string | null];

const METHODS: Record<string, Method> = {
  '/authorize/start': 'start',
  '/authorize/submit': 'submit',
  '/logout/start': 'logoutStart',
  '/logout/submit': 'logoutSubmit',
};

const JSON_TYPE = 'application/json';

/** No answer: the same as no network. */
const NONE: Answer = [0, ''];

function refused({ status, message, requestId, retryAfter, client }: BackendError): Answer {
  return [status, JSON.stringify({ detail: message, client }), JSON_TYPE, requestId, retryAfter?.toString()];
}

const isStatus = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599;
/** By its shape, since a page may hold the package twice. */
const isBackendError = (error: unknown): error is BackendError => error instanceof Error && error.name === 'BackendError' && isStatus((error as BackendError).status);

/** A call over the network, cookies included. Redirects are refused: the browser goes where the answer says, or nowhere. */
async function fetched(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, credentials: 'include', cache: 'no-store', redirect: 'error' });
    const said = (name: string) => response.headers.get(name);
    return [response.status, await response.text(), said('content-type') ?? '', said('x-request-id'), said('retry-after')];
  } catch {
    return NONE;
  }
}

function section(from: ConsentManifestSection | ConsentManifestItem[]): object {
  const { header, items } = Array.isArray(from) ? { header: undefined, items: from } : from;
  return {
    header,
    items: items.map((item) => {
      const { text, details, scopes } = typeof item === 'string' ? { text: item, details: undefined, scopes: undefined } : item;
      if (typeof text !== 'string') throw new TypeError('items[].text: must be a text');
      return { text, details, scopes };
    }),
  };
}

/** Sections, or lines without one. */
function sections(words: ReturnType<ConsentManifest>): object[] {
  if (!Array.isArray(words)) throw new TypeError('must be a list');
  const grouped = words.filter((it): it is ConsentManifestSection => typeof it === 'object' && 'items' in it);
  if (grouped.length === words.length) return grouped.map(section);
  return [section(words.filter((it): it is ConsentManifestItem => !grouped.includes(it as ConsentManifestSection)))];
}

/** What a page's address says of the request. */
function started(): CountersignEventDetail {
  const query = new URLSearchParams(location.search);
  const said = (name: string) => query.get(name) ?? '';
  return { type: 'started', data: { client_id: said('client_id'), redirect_uri: said('redirect_uri'), scope: said('scope') } };
}

/** What Stytch's adapter asks of the page. A moment that is none has no date. */
const PAGE: Record<string, (text: string) => string | number | undefined> = {
  cookie: (name) => {
    const pair = document.cookie.split('; ').find((it) => it.startsWith(`${name}=`));
    return pair && decodeURIComponent(pair.slice(name.length + 1));
  },
  setCookie: (cookie) => { document.cookie = cookie; return undefined; },
  origin: () => location.origin,
  hostname: () => location.hostname,
  base64: (text) => btoa(text),
  encode: (text) => encodeURIComponent(text),
  milliseconds: (moment) => Date.parse(moment),
  httpDate: (moment) => (Date.parse(moment) ? new Date(moment).toUTCString() : undefined),
  now: () => new Date().toISOString(),
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  identifier: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
};

/** One widget's outside. */
export class Host {
  readonly #element: EventTarget;
  readonly #given: () => Given;
  readonly #calls = new Map<number, AbortController>();
  /** The first question, where it was asked ahead. */
  #ahead: { question: string; controller: AbortController; answer: Promise<Answer> } | undefined;
  /** What the backend's methods threw last, for the error that follows from it. */
  #thrown: unknown;

  constructor(element: EventTarget, given: () => Given) {
    this.#element = element;
    this.#given = given;
  }

  tell(name: string, code: string, error: string, requestId: string): void {
    if (name === 'failed') {
      const cause = this.#thrown;
      this.#thrown = undefined;
      this.fail({ code, ...(error && { error }), ...(requestId && { requestId }), ...(cause !== undefined && { cause }) });
      return;
    }
    this.#element.dispatchEvent(eventOf(name === 'started' ? started() : { type: name as Exclude<CountersignEventType, 'started'>, data: {} }));
  }

  fail(detail: Parameters<typeof errorOf>[0]): void {
    this.#element.dispatchEvent(errorOf(detail));
  }

  manifest(scopes: string[], clientName: string, locale: string): object[] {
    try {
      const words = this.#given().getConsentManifest?.({ scopes, clientName, locale });
      return words === undefined ? [] : sections(words);
    } catch (cause) {
      // The card is shown in the backend's words.
      this.fail({ code: 'setting_invalid', error: 'getConsentManifest', cause });
      return [];
    }
  }

  detail(json: string, locale: string): string[] | undefined {
    const detail = JSON.parse(json) as AuthorizationDetail;
    const { detailRenderers } = this.#given();
    // The type is the client's own word.
    if (!detailRenderers || !Object.hasOwn(detailRenderers, detail.type)) return undefined;
    try {
      const { title, lines } = detailRenderers[detail.type]!(detail, { locale });
      const words = [title, ...lines.flatMap(([label, text]) => [label, text])];
      if (!words.every((it) => typeof it === 'string')) throw new TypeError('title and lines: must be texts');
      return words;
    } catch (cause) {
      // The detail is shown by its members.
      this.fail({ code: 'setting_invalid', error: `detailRenderers.${detail.type}`, cause });
      return undefined;
    }
  }

  async texts(language: string): Promise<string | undefined> {
    try {
      return await file(language);
    } catch (cause) {
      // It stays English.
      this.fail({ code: 'messages_unavailable', error: language, cause });
      return undefined;
    }
  }

  login(url: string): void {
    const { goToLogin, returnToParam = 'return_to' } = this.#given();
    const query = new URL(url).searchParams;
    const said = (name: string) => query.get(name) ?? undefined;
    const handOff: LoginHandOff = { url, returnTo: said(returnToParam) ?? '', reason: said('reason') ?? '' };
    const more = { loginHint: said('login_hint'), uiLocales: said('ui_locales'), acrValues: said('acr_values') };
    try {
      goToLogin?.(Object.assign(handOff, JSON.parse(JSON.stringify(more))));
    } catch (cause) {
      this.fail({ code: 'setting_invalid', error: 'goToLogin', cause });
      // The hand-off has to happen all the same.
      location.replace(url);
    }
  }

  /**
   * Asks the countersign API's first question while the WebAssembly is on its way. It is the one that the widget will ask, byte for byte, and asking
   * changes nothing; where the widget asks another one, or none, nobody takes the answer.
   */
  ahead(base: string, realm: string): void {
    const query = location.search.slice(1);
    const said = new URLSearchParams(query);
    const [clients, [transaction, ...others]] = [said.getAll('client_id'), said.getAll('transaction')];
    const named = clients.length === 0 && transaction && others.length === 0 ? { realm, transaction } : undefined;
    const body = clients.length === 1 ? { realm, query } : named;
    // Inside a frame nothing is asked, and neither for a page that nobody looks at yet.
    if (!body || top !== self || (document as { prerendering?: boolean }).prerendering) return;
    const [url, text, controller] = [`${base.replace(/\/+$/, '')}/authorize/start`, JSON.stringify(body), new AbortController()];
    const headers = { 'Content-Type': JSON_TYPE, 'X-Countersign': '1' };
    this.#ahead = { question: url + text, controller, answer: fetched(url, { method: 'POST', headers, body: text, signal: controller.signal }) };
  }

  /** The answer to a question that was asked ahead. Another question ends it. */
  #taken(url: string, body: string | undefined): { controller: AbortController; answer: Promise<Answer> } | undefined {
    const early = this.#ahead;
    this.#ahead = undefined;
    if (early?.question === url + body) return early;
    early?.controller.abort();
    return undefined;
  }

  async call(number: number, method: string, url: string, named: string[], body: string | undefined): Promise<Answer> {
    const early = this.#taken(url, body);
    const controller = early?.controller ?? new AbortController();
    this.#calls.set(number, controller);
    const { signal } = controller;
    const headers: Record<string, string> = {};
    for (let at = 0; at < named.length; at += 2) headers[named[at] as string] = named[at + 1] as string;
    const givenUp = new Promise<Answer>((resolve) => signal.addEventListener('abort', () => resolve(NONE), { once: true }));
    const answer = Object.hasOwn(METHODS, url) && this.#given().backend
      ? this.#answer(METHODS[url] as Method, JSON.parse(body ?? '') as never, { signal, idempotencyKey: headers['Idempotency-Key'] })
      : early?.answer ?? fetched(url, { method, headers: { 'Content-Type': JSON_TYPE, ...headers }, body, signal });
    try {
      return await Promise.race([answer, givenUp]);
    } finally {
      this.#calls.delete(number);
    }
  }

  async #answer(method: Method, body: never, context: CallContext): Promise<Answer> {
    this.#thrown = undefined;
    try {
      const backend = this.#given().backend as Required<Backend>;
      if (!backend[method]) throw new BackendError({ status: 501 }, `backend.${method}: missing`);
      return [200, JSON.stringify(await backend[method](body, context)) ?? 'null', JSON_TYPE];
    } catch (error) {
      if (!context.signal.aborted) this.#thrown = error;
      return isBackendError(error) ? refused(error) : NONE;
    }
  }

  page(what: string, text: string): string | number | undefined {
    return PAGE[what]?.(text);
  }

  giveUp(number: number): void {
    this.#calls.get(number)?.abort();
  }

  /** Gives every call up. */
  end(): void {
    this.#ahead?.controller.abort();
    this.#ahead = undefined;
    for (const controller of [...this.#calls.values()]) controller.abort();
  }
}
