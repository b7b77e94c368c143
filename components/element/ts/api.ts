/**
 * The countersign API as types, by friendly names. The types themselves are generated from `api/openapi.yaml`, so a backend of your
 * own can pass the responses of a server through.
 */

import type { components } from './generated/openapi.js';

type Schemas = components['schemas'];

/** The realm of a page: users for themselves, or members of organizations. */
export type Realm = Schemas['Realm'];
/** The client of the request. */
export type Client = Schemas['Client'];
/** The signed-in user. */
export type Account = Schemas['Account'];
/** An organization of the account. */
export type Organization = Schemas['Organization'];
/** A requested scope (RFC 6749 section 3.3). */
export type RequestedScope = Schemas['Scope'];
/** A resource server (RFC 8707). */
export type Resource = Schemas['Resource'];
/** An authorization detail (RFC 9396). */
export type AuthorizationDetail = Schemas['AuthorizationDetail'];

/** Show the card. */
export type ConsentOutcome = Schemas['Consent'];
/** Navigate to an address. */
export type RedirectOutcome = Schemas['Redirect'];
/** Post a form to the page's own host, or to the API's. */
export type PostOutcome = Schemas['Post'];
/** The user must sign in. */
export type LoginOutcome = Schemas['Login'];
/** Why the user must sign in. */
export type LoginReason = LoginOutcome['reason'];
/** Show an error. */
export type ErrorOutcome = Schemas['Error'];
/** The result of `start` and `submit`. */
export type Outcome = Schemas['AuthorizeStartAnswer'];

/** Show the question whether to sign out. */
export type ConfirmLogoutOutcome = Schemas['Confirm'];
/** The result of `logoutStart` and `logoutSubmit`. */
export type LogoutOutcome = Schemas['LogoutStartAnswer'] | Schemas['LogoutSubmitAnswer'];

/** An authorization request: its query, byte for byte, or its transaction. */
export type StartRequest = Schemas['AuthorizeStart'];
/** A decision. */
export type SubmitRequest = Schemas['AuthorizeSubmit'];
/** A logout request (RP-Initiated Logout 1.0 section 2). */
export type LogoutStartRequest = Schemas['LogoutStart'];
/** A decision about a logout. */
export type LogoutSubmitRequest = Schemas['LogoutSubmit'];

/** The context of a call. */
export interface CallContext {
  /** Aborted when the answer is no longer needed. */
  signal: AbortSignal;
  /** The idempotency key of the decision. Only with `submit`. */
  idempotencyKey?: string;
}

/**
 * Your own backend: the calls of the API as methods. A method returns an outcome, or throws: a {@link BackendError} for a known
 * error, anything else if the backend could not be reached. Outcomes are checked like responses of a server.
 */
export interface Backend {
  /** Session check, validation and consent lookup. May be called repeatedly for one request. */
  start(request: StartRequest, context: CallContext): Promise<Outcome>;
  /** The user's decision. */
  submit(request: SubmitRequest, context: CallContext): Promise<Outcome>;
  /** A logout request. Only on logout pages. */
  logoutStart?(request: LogoutStartRequest, context: CallContext): Promise<LogoutOutcome>;
  /** The user's decision about a logout. */
  logoutSubmit?(request: LogoutSubmitRequest, context: CallContext): Promise<LogoutOutcome>;
}

/** The members of a {@link BackendError}. */
export interface BackendErrorDetails {
  /** A status of the countersign API: 409 already decided, 410 expired, 422 key reused, 429 and 503 busy, other 5xx server error. */
  status: number;
  /** The backend's id of the call, shown to users as a reference. */
  requestId?: string;
  /** With 429 and 503: seconds until a retry. */
  retryAfter?: number;
  /** With 409 and 410: the client, as a link to continue. */
  client?: { name: string; client_uri?: string };
  /** With 409: the decision that counted. */
  decision?: 'allow' | 'deny';
}

/** Thrown by a method of a backend for a known error. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly status: number;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  readonly client: { name: string; client_uri?: string } | undefined;
  readonly decision: 'allow' | 'deny' | undefined;

  constructor({ status, requestId, retryAfter, client, decision }: BackendErrorDetails, message = `The backend answered ${status}`) {
    super(message);
    this.status = status;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.client = client;
    this.decision = decision;
  }
}
