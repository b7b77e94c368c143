/** The widget's first calls, sent while the WebAssembly loads. They have no side effects. */

import { stytchCalls } from './early-stytch.js';
import type { Call, Reply } from './http.js';
import { quietly } from './own.js';
import { askedRequest, startCall } from './request.js';
import type { Settings } from './settings.js';

/** A call that was sent. */
export interface Sent extends Call {
  controller: AbortController;
  reply: Promise<Reply>;
}

/** Sends a call. */
export type Send = (call: Call, signal: AbortSignal) => Promise<Reply>;

/** The calls that the widget will begin with. */
function firstCalls(settings: Settings): Call[] {
  const { b2b, apiBase, stytch, backend, trusted, flow } = settings;
  const request = askedRequest();
  if (!request || backend || trusted || flow === 'logout') return [];
  if (stytch) return 'query' in request ? stytchCalls(settings) : [];
  return [startCall(b2b, apiBase, request)];
}

/** Takes a call that the widget makes. All that are left are aborted if it is none of them: under another session, say; or without one. */
export type TakeEarly = (call?: Call) => Sent | undefined;

/** Sends the widget's first calls. */
export function sendEarly(settings: Settings, send: Send): TakeEarly {
  const controller = new AbortController();
  // A page's cookie may be no text that can be decoded.
  let sent = (quietly(() => firstCalls(settings)) ?? []).map((call): Sent => ({ ...call, controller, reply: send(call, controller.signal) }));
  const identity = (call?: Call) => JSON.stringify([call?.url, call?.body, call?.headers['Authorization']]);
  return (call) => {
    const found = sent.find((it) => identity(it) === identity(call));
    sent = sent.filter((it) => found && it !== found);
    if (!found) controller.abort();
    return found;
  };
}
