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

/** A call as the widget makes it. The type of its body is JSON. */
export interface Call {
  method: string;
  url: string;
  body: string | undefined;
  headers: Record<string, string>;
}

/** Sends a call with cookies. No redirect is followed: only an outcome may name an address to navigate to. A browser hides its status, which is 0. */
export async function send({ url, method, body, headers }: Call, signal: AbortSignal): Promise<Reply> {
  try {
    const response = await fetch(url, own<RequestInit>({ method, body, headers: { 'Content-Type': JSON_TYPE, ...headers }, signal, credentials: 'include', cache: 'no-store', redirect: 'manual' }));
    const header = (name: string) => response.headers.get(name);
    return [response.status || 302, await response.text(), header('content-type') ?? '', header('x-request-id'), header('retry-after')];
  } catch {
    return NO_REPLY;
  }
}
