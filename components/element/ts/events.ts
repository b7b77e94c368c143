/** The events of both elements. They bubble and leave the shadow tree. */

/** What has happened. */
export type CountersignEventType = 'started' | 'consent_shown' | 'login_required' | 'allowed' | 'redirecting' | 'denied' | 'signed_out';

/** The request in the page's query. The members are empty if the query names a transaction. */
export interface StartedData {
  client_id: string;
  redirect_uri: string;
  scope: string;
}

/** What the user allowed, as numbers: names of scopes may tell who asks, and whom. */
export interface AllowedData {
  /** How many scopes were granted. */
  scopes: number;
  /** How many requested scopes were not, because the user unticked them or the account cannot grant them. */
  left_out: number;
}

/** The `detail` of `countersign-event`. */
export type CountersignEventDetail =
  | { type: 'started'; data: StartedData }
  | { type: 'allowed'; data: AllowedData }
  | { type: Exclude<CountersignEventType, 'started' | 'allowed'>; data: Record<string, never> };

/** What has failed. `docs/errors.md` describes each code. */
export type CountersignErrorCode =
  | 'setting_invalid' | 'wasm_unavailable' | 'stopped' | 'messages_unavailable'
  | 'parameter_missing' | 'parameter_duplicated' | 'request_too_long' | 'request_refused'
  | 'unreachable' | 'timed_out' | 'answer_malformed' | 'answer_too_large'
  | 'already_answered' | 'expired' | 'key_reused' | 'call_redirected' | 'malformed_call' | 'cross_origin_call'
  | 'busy' | 'server_error' | 'not_supported' | 'unknown_error'
  | 'address_malformed' | 'address_scheme' | 'address_insecure' | 'address_not_native' | 'address_credentials' | 'address_elsewhere'
  | 'login_unreachable' | 'no_cookies' | 'trusted_token_refused' | 'session_changed';

/** The `detail` of `countersign-error`. */
export interface CountersignErrorDetail {
  /** A stable code. */
  code: CountersignErrorCode;
  /** For developers: the backend's own code, or what is invalid. Never a text for users. */
  error?: string;
  /** The backend's id of the call. */
  requestId?: string;
  /** The status of the response. A redirect is 302, whatever its status: a browser does not tell. */
  status?: number;
  /** Where the response is invalid, such as `scopes[1].granted`. */
  path?: string;
  /** What the backend says about the failure (`detail` of RFC 9457). It may name what must not be logged. */
  detail?: string;
  /** The thrown value, if there is one. */
  cause?: unknown;
}

/** The flow has advanced. */
export type CountersignEvent = CustomEvent<CountersignEventDetail>;
/** Something has failed. The user sees a message on the screen. */
export type CountersignErrorEvent = CustomEvent<CountersignErrorDetail>;

const options = { bubbles: true, composed: true };

export const eventOf = (detail: CountersignEventDetail): CountersignEvent => new CustomEvent('countersign-event', { detail, ...options });
export const errorOf = (detail: CountersignErrorDetail): CountersignErrorEvent => new CustomEvent('countersign-error', { detail, ...options });

declare global {
  interface GlobalEventHandlersEventMap {
    'countersign-event': CountersignEvent;
    'countersign-error': CountersignErrorEvent;
  }
}
