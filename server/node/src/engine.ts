/** What the kit asks of an authorization server. An adapter implements it in a few dozen lines and imports no engine. */
import type { SignOutCalls } from './logout.ts';
import type { Account, ClientMetadata, Detail, Json, LoginReason, PlainClient, RequestedScope, Realm } from './model.ts';

/**
 * An authorization server behind the kit.
 *
 * `open` may be called at every `start`, also in parallel: it has no effect that a user could notice. The kit keeps nothing that
 * the engine can tell, and nothing of an engine's answer reaches the page unchecked.
 */
export interface Engine<Resume = Json> {
  /** A short name, for logs and the table of engines: `better-auth`. */
  readonly name: string;
  /**
   * Whether the user can leave scopes out. `new-only`: scopes that were granted before come back whatever the user answers, so the
   * card shows them as required.
   */
  readonly narrows: boolean | 'new-only';
  /**
   * Whether a decision is remembered: as the user chooses, always, or never. With `choice`, `Grant.remember` has the choice.
   */
  readonly remembers: 'choice' | 'always' | 'never';
  /** Other origins of the engine. `intermediate` answers may lead to them, and forms may go there. */
  readonly origins?: readonly string[];
  /** Whether it ends requests with forms of its own, so that pages must allow those. */
  readonly posts?: boolean;
  /** The issuer, for `iss` in answers that the kit makes itself (RFC 9207). */
  readonly issuer?: string;
  /** Reads a request: the raw query, byte for byte. */
  open(query: string, context: EngineContext): Promise<Opened<Resume>>;
  /** Ends the request with a grant. Called once for a decision. */
  allow(resume: Resume, grant: Grant, context: SignedIn): Promise<Ending>;
  /** Ends the request with `access_denied`. Called once for a decision. Works without an account. */
  deny(resume: Resume, context: EngineContext): Promise<Ending>;
  /**
   * Whether a client has redeemed a code. A page that is loaded again then does not get it once more. For an engine that does not
   * tell, `redeemedCodes` of `countersign/server/redeemed` can.
   */
  isRedeemed?(code: string): Promise<boolean>;
  /** Sign-out, made by `signOutBy` of `countersign/server/logout`. Without it, the kit says that there is none here. */
  logout?: SignOutCalls;
}

/** What an engine may know about any call, a sign-out included. */
export interface CallContext {
  readonly realm: Realm;
  /** The call of the page, or the request for the page. Its cookies are the browser's. */
  readonly request: Request;
  /** Who is signed in at the host. */
  readonly account: Account | null;
  /** Ends when the engine takes too long. */
  readonly signal: AbortSignal;
  /** Passes a `Set-Cookie` of the engine on to the browser. */
  setCookie(value: string): void;
}

/** What an engine may know about a call for a request of a client. */
export interface EngineContext extends CallContext {
  /** When the page was first sent to sign in for this request, in milliseconds. A forced login counts only if it came later. */
  readonly handedOffAt?: number | undefined;
  /** The organization that the card shows. */
  readonly organization?: string | undefined;
  /** The raw query of the request, also when it is decided: `resume` need not repeat it. */
  readonly query: string;
  /**
   * What `open` last gave for this request, if it did. An engine that takes a request only once, such as a pushed one (RFC 9126),
   * goes on with it.
   */
  readonly resume?: Json | undefined;
}

/** What an engine may know about an allow: who allows it is signed in. */
export interface SignedIn extends EngineContext {
  readonly account: Account;
}

/** How a request continues. `Resume` is what the engine keeps of a request; it must be JSON. */
export type Opened<Resume = Json> =
  /** An error for the page itself. Never a redirect: the client or its address is not known to be right. */
  | { kind: 'refused'; error: string; description?: string | undefined }
  /** The engine has answered: consent was not needed, or the client gets an OAuth error. */
  | ({ kind: 'done' } & Told & Ending)
  /** `resume` lets the user deny the request before signing in. */
  | ({ kind: 'login'; reason: LoginReason; login_hint?: string; acr_values?: string; resume?: Resume } & ForPage)
  | Asked<Resume>;

/** Parameters of the request that the page needs before its first call (OIDC Core 3.1.2.1). */
export interface ForPage {
  ui_locales?: string | undefined;
  display?: string | undefined;
}

/** What an engine may tell of its answer, for the page and for what stands in front of it. */
export interface Told extends ForPage {
  /** Whether the client has asked for no page (`prompt=none`), where the query does not say so. */
  silent?: boolean | undefined;
  /** The code of the error that the client gets. */
  error?: string | undefined;
  client?: ClientMetadata | PlainClient | undefined;
}

/** The user has to be asked. */
export interface Asked<Resume = Json> extends ForPage {
  kind: 'ask';
  client: ClientMetadata | PlainClient;
  scopes: readonly RequestedScope[];
  /** RFC 8707 resources that no scope names. */
  resources?: readonly string[] | undefined;
  /** RFC 9396 authorization details. */
  details?: readonly Detail[] | undefined;
  /** The address that the answer will go to. */
  redirect_uri: string;
  /** The account that the engine has fixed, if any. Another one in the host's session is never used instead. */
  sub?: string | undefined;
  /** Where the page goes when the user wants another account, if the engine has fixed it. */
  switch_account?: Destination | undefined;
  /** Scopes that this account has granted to this client before. */
  granted?: readonly RequestedScope[] | undefined;
  /** When the engine forgets the request, in seconds since 1970. */
  expires_at?: number | undefined;
  /** What the engine needs to end the request. The kit decides where it is kept, and the browser never reads it. */
  resume: Resume;
  /** A stable name of the request at the engine, if it can be decided twice under several names. */
  request_id?: string | undefined;
  /** In place of `Engine.narrows`, for this client: `false` if it needs all scopes. */
  narrows?: Engine['narrows'] | undefined;
  /** In place of `Engine.remembers`, for this request. */
  remembers?: Engine['remembers'] | undefined;
}

/** What the user allowed: never more than was asked and shown. */
export interface Grant {
  readonly scopes: readonly RequestedScope[];
  readonly resources: readonly string[];
  readonly details: readonly Detail[];
  /** The organization on the card. */
  readonly organization?: string | undefined;
  /** Whether the user wants the decision remembered. */
  readonly remember: boolean;
}

/** An address of an engine's answer. */
export interface Destination {
  to: string;
  /** Whether the client is an app on the user's device, whose address may have a private-use scheme (RFC 8252). */
  native?: boolean;
  /** Whether the address is the engine's own and forwards to the client's. */
  intermediate?: boolean;
}

/** A form that ends a request: one of the engine's or the site's own, or an answer to the client by `form_post`. */
export interface EndingForm {
  action: string;
  fields: Readonly<Record<string, string>>;
}

/** How an engine ends a request: an address, or a form that is posted. */
export type Ending = Destination | { form: EndingForm };

/** How a request to sign out continues. */
export type LogoutOpened =
  | { kind: 'refused'; error: string; description?: string | undefined }
  | { kind: 'signed_out' }
  | ({ kind: 'done' } & Destination)
  | { kind: 'ask'; client?: ClientMetadata | PlainClient; resume: Json; expires_at?: number };

/** How signing out ends. */
export type LogoutEnding = { kind: 'signed_out' } | ({ kind: 'done' } & Destination);

/** An engine that cannot be reached, or takes too long. The kit answers 503, and nothing is lost. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
  /** Seconds after which it may work again. */
  declare readonly retryAfter: number;

  constructor(message: string, { retryAfter = 5, cause }: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.retryAfter = retryAfter;
  }
}

/** A request that the engine has already answered, or no longer knows. The kit answers 410. */
export class RequestGone extends Error {
  override readonly name = 'RequestGone';

  constructor(message = 'The engine no longer knows this request.') {
    super(message);
  }
}
