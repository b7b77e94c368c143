/**
 * What a backend is asked, and what it answers: the countersign API as types (`api/openapi.yaml`). A backend of your own has the same four
 * calls as methods, with the same bodies; field names are those of the wire, so that an answer of a server can be passed through as it is.
 */

/** Whom a page serves: users for themselves, or members of organizations. */
export type Realm = 'consumer' | 'b2b';

/**
 * The client that asks. Names and links are the client's own words; `party`, `registration`, `verified` and `registrable_domain` are the backend's. A text
 * or link in another language has the same name with the language behind it (`name#de`).
 */
export interface Client {
  [translated: `${'name' | 'description' | 'client_uri' | 'policy_uri' | 'tos_uri'}#${string}`]: string | null | undefined;
  client_id: string;
  name: string;
  description?: string | null;
  /** A path of the page's own origin; any other address is not shown. */
  logo_uri?: string | null;
  client_uri?: string | null;
  policy_uri?: string | null;
  tos_uri?: string | null;
  /** The part of the redirect address's host that somebody registered, by the public-suffix list. */
  registrable_domain?: string | null;
  party: 'first' | 'third';
  registration: 'managed' | 'dynamic' | 'metadata_document';
  verified: boolean;
  /** Whether it may be returned to by a scheme of its own (RFC 8252). */
  native: boolean;
}

/** Who is signed in. */
export interface Account {
  sub: string;
  name?: string | null;
  email?: string | null;
  /** A path of the page's own origin. */
  picture?: string | null;
}

/** An organization the account belongs to. */
export interface Organization {
  organization_id: string;
  name: string;
  slug?: string | null;
  /** A path of the page's own origin. */
  logo_uri?: string | null;
  status: 'allowed' | 'blocked' | 'needs_approval';
  /** Where it needs approval: the backend asks the administrators (`offered`), or has asked them. Missing where they are asked elsewhere. */
  approval?: 'offered' | 'requested' | null;
}

/** A scope that is asked for (RFC 6749 section 3.3). */
export interface RequestedScope {
  scope: string;
  title?: string | null;
  description?: string | null;
  /** What it allows in full, a line each; shown on demand. */
  details?: string[] | null;
  group?: string | null;
  /** The resource server it is for (RFC 8707). */
  resource?: string | null;
  /** Scopes of this card, at the same resource, that come with it. */
  implies?: string[] | null;
  /** Whether this account can grant it. */
  grantable: boolean;
  /** Why it cannot. */
  reason?: string | null;
  /** Whether it cannot be left out. `openid` never can. */
  required: boolean;
  /** Whether it was granted before. */
  granted: boolean;
  sensitive: boolean;
}

/** A resource server (RFC 8707). */
export interface Resource {
  resource: string;
  name?: string | null;
}

/** One authorization detail (RFC 9396). */
export interface AuthorizationDetail {
  type: string;
  [member: string]: unknown;
}

/** Ask the user. */
export interface ConsentOutcome {
  outcome: 'consent';
  /** The request's name; comes back with the decision. */
  transaction: string;
  /** Seconds since the Unix epoch. */
  expires_at: number;
  client: Client;
  account: Account;
  organization?: Organization | null;
  organizations: Organization[];
  scopes: RequestedScope[];
  resources: Resource[];
  authorization_details: AuthorizationDetail[];
  /** Where the answer will go; shown, never opened. */
  redirect_uri: string;
  /** Whether the user may grant less. */
  can_narrow: boolean;
  /** Whether an `allow` can be remembered; the user says with the decision whether it is. */
  remember: boolean;
}

/** Go there: consent is not needed or was decided, or the client must get an error. */
export interface RedirectOutcome {
  outcome: 'redirect';
  /** https, or http on this device; another scheme only with `native`. */
  redirect_uri: string;
  native?: boolean;
  /** The address is the backend's own and leads on to where the card said. */
  intermediate?: boolean;
}

/** The user has to sign in first. */
export interface LoginOutcome {
  outcome: 'login';
  reason: LoginReason;
  transaction?: string | null;
  /** How many times this request was sent to the login page, this time included: 1 to 1000. */
  attempt: number;
  login_hint?: string | null;
  acr_values?: string | null;
}

/** Why the user has to sign in. */
export type LoginReason = 'no_session' | 'prompt_login' | 'max_age' | 'select_account' | 'create' | 'account_changed';

/** The request cannot be used: shown here, never redirected. */
export interface ErrorOutcome {
  outcome: 'error';
  error: string;
  error_description?: string | null;
  request_id: string;
}

/** The answer to `start` and `submit`. */
export type Outcome = ConsentOutcome | RedirectOutcome | LoginOutcome | ErrorOutcome;

/** Ask the user whether to sign out. */
export interface ConfirmLogoutOutcome {
  outcome: 'confirm';
  logout: string;
  account: Account;
  client?: Client | null;
  /** Seconds since the Unix epoch. */
  expires_at: number;
}

/** The answer to `logoutStart` and `logoutSubmit`. */
export type LogoutOutcome = ConfirmLogoutOutcome | RedirectOutcome | ErrorOutcome | { outcome: 'signed_out' } | { outcome: 'stayed' };

/** A request: its query, byte for byte, or the transaction that keeps it. */
export type StartRequest =
  | { realm: Realm; query: string }
  | { realm: Realm; transaction: string; organization_id?: string };

/** A decision. What `allow` grants is exactly what was ticked on the screen. */
export interface SubmitRequest {
  transaction: string;
  /** `request_approval` asks the administrators of the organization, and ends nothing: its answer is the card again. */
  decision: 'allow' | 'deny' | 'request_approval';
  scopes: { scope: string; resource?: string }[];
  authorization_details?: AuthorizationDetail[];
  organization_id?: string;
  /** Whether an `allow` is remembered. Sent where the card's `remember` was true. */
  remember?: boolean;
}

/** A logout request (RP-Initiated Logout 1.0 section 2). */
export interface LogoutStartRequest {
  realm: Realm;
  query: string;
}

/** The user's word on a logout. */
export interface LogoutSubmitRequest {
  logout: string;
  decision: 'sign_out' | 'stay';
}

/** What goes along with a call. */
export interface CallContext {
  /** Aborted once nobody waits for the answer any more. */
  signal: AbortSignal;
  /** The decision's key: the same key again is the same decision. Only with `submit`. */
  idempotencyKey?: string;
}

/**
 * A backend of your own. Each method answers with an outcome, or throws: a {@link BackendError} where it knows what is wrong, anything else where
 * the backend could not be reached. Answers are checked as if they came over the wire.
 */
export interface Backend {
  /** Session check, validation and consent look-up. It may be called again for the same request at any time. */
  start(request: StartRequest, context: CallContext): Promise<Outcome>;
  /** The user's decision. */
  submit(request: SubmitRequest, context: CallContext): Promise<Outcome>;
  /** A logout request. Needed only on logout pages. */
  logoutStart?(request: LogoutStartRequest, context: CallContext): Promise<LogoutOutcome>;
  /** The user's word on a logout. */
  logoutSubmit?(request: LogoutSubmitRequest, context: CallContext): Promise<LogoutOutcome>;
}

/** What a {@link BackendError} can say. */
export interface BackendErrorDetails {
  /** The status as the countersign API has it: 409 answered, 410 expired, 422 key reused, 429 and 503 busy, 500 and above failed. */
  status: number;
  /** The backend's name for the call, shown to users as a reference. */
  requestId?: string;
  /** With 429 and 503: seconds to wait. */
  retryAfter?: number;
  /** With 409 and 410: the client's name and home, as the way on. */
  client?: { name: string; client_uri?: string };
}

/** To be thrown by a backend's method that knows what is wrong. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly status: number;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  readonly client: { name: string; client_uri?: string } | undefined;

  constructor({ status, requestId, retryAfter, client }: BackendErrorDetails, message = `The backend answered ${status}`) {
    super(message);
    this.status = status;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.client = client;
  }
}
