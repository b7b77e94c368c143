/** Calls over the network, and the replies as the WebAssembly reads them. */

import type { BackendError } from '../api.js';
import { own } from './own.js';

/** A reply to a call; status 0 means that there was none. */
export type Reply = [status: number, body: string, type?: string, requestId?: string | null, retryAfter?: string | null];

export const JSON_TYPE = 'application/json';

/** Same as no network. */
export const NO_REPLY: Reply = [0, ''];

/** The reply that a backend's error stands for. */
export function errorReply({ status, message, requestId, retryAfter, client, decision }: BackendError): Reply {
  return [status, JSON.stringify({ detail: message, client, decision }), JSON_TYPE, requestId, retryAfter?.toString()];
}

/** Sends a call with cookies. No redirect is followed: only an outcome may name an address to navigate to. A browser hides its status, which is 0. */
export async function send(url: string, init: RequestInit): Promise<Reply> {
  try {
    const response = await fetch(url, own<RequestInit>({ ...init, credentials: 'include', cache: 'no-store', redirect: 'manual' }));
    const header = (name: string) => response.headers.get(name);
    return [response.status || 302, await response.text(), header('content-type') ?? '', header('x-request-id'), header('retry-after')];
  } catch {
    return NO_REPLY;
  }
}
