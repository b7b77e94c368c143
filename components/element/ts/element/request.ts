/** The page's request, and the call to the countersign API with which every widget begins. */

import type { StartRequest } from '../api.js';
import { isPrerendering } from './document.js';
import type { Call } from './http.js';

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

/** The page's request, if the widget calls: it does not from inside a frame, nor from a page that is only prerendered. */
export const askedRequest = (): ReturnType<typeof requestOf> => (
  top === self && !isPrerendering() ? requestOf(location.search.slice(1)) : undefined
);

/** The first call to the countersign API. */
export const startCall = (b2b: boolean, apiBase: string | null, request: object): Call => ({
  method: 'POST',
  url: `${(apiBase ?? '/countersign').replace(/\/+$/, '')}/authorize/start`,
  body: JSON.stringify({ realm: b2b ? 'b2b' : 'consumer', ...request } as StartRequest),
  headers: { Accept: 'application/json;v=2', 'X-Countersign': '1' },
});
