/** The first call to the countersign API, sent while the WebAssembly loads. It has no side effects. */

import type { StartRequest } from '../api.js';
import { isPrerendering } from './document.js';
import { JSON_TYPE, send, type Reply } from './http.js';
import type { Settings } from './settings.js';

/**
 * The request in a page's query: the query itself, or the transaction that it names without a `client_id`. Undefined if it
 * has neither. The rules are those of `RequestRef::read` in Rust; `tests/vectors/requests.json` checks both.
 */
export function requestOf(query: string): { query: string } | { transaction: string } | undefined {
  const parameters = new URLSearchParams(query);
  const [clients, [transaction, ...others]] = [parameters.getAll('client_id'), parameters.getAll('transaction')];
  if (clients.length === 0 && transaction && others.length === 0) return { transaction };
  return clients.length === 1 && clients[0] ? { query } : undefined;
}

/** A call that was sent early. */
export class EarlyStart {
  readonly controller = new AbortController();
  readonly reply: Promise<Reply>;
  readonly #url: string;
  readonly #body: string;

  private constructor(url: string, start: StartRequest) {
    this.#url = url;
    this.#body = JSON.stringify(start);
    const headers = { 'Content-Type': JSON_TYPE, Accept: 'application/json;v=2', 'X-Countersign': '1' };
    this.reply = send(url, { method: 'POST', headers, body: this.#body, signal: this.controller.signal });
  }

  /** Sends the call if the widget's first call will be the same one. */
  static of({ b2b, apiBase, stytch, backend, trusted, flow, answer }: Settings): EarlyStart | undefined {
    if (stytch || backend || trusted || answer || flow === 'logout') return undefined;
    // The widget does not call from inside a frame, nor from a page that is only prerendered.
    if (top !== self || isPrerendering()) return undefined;
    const request = requestOf(location.search.slice(1));
    return request && new EarlyStart(`${(apiBase ?? '/countersign').replace(/\/+$/, '')}/authorize/start`, { realm: b2b ? 'b2b' : 'consumer', ...request });
  }

  /** Takes the call for the widget's first call. It is aborted if that one differs in anything. */
  take(url: string, body: string | undefined): this | undefined {
    if (url === this.#url && body === this.#body) return this;
    this.controller.abort();
    return undefined;
  }
}
