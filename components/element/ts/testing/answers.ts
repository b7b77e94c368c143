/** What a scripted backend answers, and how the API says it. */

import { BackendError, type LogoutOutcome, type Outcome } from '../api.js';
import { JSON_TYPE, NO_REPLY, type Reply } from '../element/http.js';

/** Why a call fails. */
export type FaultName = 'answered' | 'expired' | 'no_cookies' | 'key_reused' | 'busy' | 'server' | 'cross_origin' | 'unreachable';

/** A failure of a call. */
export interface Fault {
  fault: FaultName;
  /** The backend's id of the call. */
  request_id?: string;
  /** With `answered` and `expired`: the client. */
  client?: { name: string; client_uri?: string };
  /** With `answered`: the decision that counted. */
  decision?: 'allow' | 'deny';
  /** With `busy`: seconds until a retry; default 12. */
  retry_after?: number;
}

/** `never` is a call that waits: {@link ScriptedBackend.answer} ends it. */
export type Answer = Outcome | LogoutOutcome | Fault | 'never';

/** Without a status there is no response. */
const FAULTS: Record<FaultName, [status: number, code: string]> = {
  answered: [409, 'already_answered'],
  expired: [410, 'expired'],
  no_cookies: [410, 'expired'],
  key_reused: [422, 'key_reused'],
  busy: [503, 'unavailable'],
  server: [500, 'server_error'],
  cross_origin: [403, 'cross_origin_call'],
  unreachable: [0, ''],
};

const isFault = (answer: Outcome | LogoutOutcome | Fault): answer is Fault => 'fault' in answer;

/** The response of the API. */
export function replyOf(answer: Outcome | LogoutOutcome | Fault): Reply {
  if (!isFault(answer)) return [200, JSON.stringify(answer), JSON_TYPE];
  const { fault, request_id = 'preview', client, decision, retry_after: after = 12 } = answer;
  const [status, code] = FAULTS[fault];
  if (!status) return NO_REPLY;
  const problem = {
    type: `https://countersign.example/problems/${code}`, title: code, status, detail: `Scripted: ${fault}.`, code, request_id, client, decision,
    no_cookies: fault === 'no_cookies' || undefined,
  };
  return [status, JSON.stringify(problem), 'application/problem+json', request_id, fault === 'busy' ? String(after) : null];
}

/** What a method of a backend returns, or throws. */
export function resultOf(answer: Outcome | LogoutOutcome | Fault): Outcome | LogoutOutcome {
  if (!isFault(answer)) return answer;
  const [status] = FAULTS[answer.fault];
  if (!status) throw new TypeError('Scripted: unreachable.');
  const { request_id: requestId, client, decision, retry_after: retryAfter = 12 } = answer;
  throw new BackendError({ status, ...(requestId && { requestId }), ...(client && { client }), ...(decision && { decision }), ...(answer.fault === 'busy' && { retryAfter }) });
}

/** The response as `fetch` has it. A call that cannot be reached fails as such. */
export function responseOf(answer: Outcome | LogoutOutcome | Fault): Response {
  const [status, body, type = '', requestId, retryAfter] = replyOf(answer);
  if (!status) return Response.error();
  const headers = { 'Content-Type': type, 'Cache-Control': 'no-store', ...(requestId && { 'X-Request-Id': requestId }), ...(retryAfter && { 'Retry-After': retryAfter }) };
  return new Response(body, { status, headers });
}
