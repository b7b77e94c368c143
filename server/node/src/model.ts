/** The words that the kit, engines and hosts share. Shapes of the API itself come from `api/openapi.yaml`. */

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** `consumer`, or `b2b` where accounts belong to organizations. */
export type Realm = 'consumer' | 'b2b';

/** Why the user has to sign in. */
export type LoginReason = 'no_session' | 'prompt_login' | 'max_age' | 'select_account' | 'create' | 'account_changed';

/** A scope, of a resource if it has one (RFC 8707). */
export interface RequestedScope {
  readonly scope: string;
  readonly resource?: string;
}

/** One authorization detail (RFC 9396). */
export type Detail = { readonly type: string } & { readonly [name: string]: Json };

/** Who is signed in at the host. */
export interface Account {
  /** The subject, at most 255 characters. */
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  /** A path of the host's own. */
  readonly picture?: string;
  /** When the user last proved who they are, in milliseconds. For `prompt=login` and `max_age`. */
  readonly signed_in_at?: number;
  /** When the user last chose this account without signing in anew, in milliseconds. For `prompt=select_account`. */
  readonly chosen_at?: number;
  /** Names the sign-in, which ends when the user signs out. For engines that keep a session for it. */
  readonly session?: string;
}

/** An organization of an account, as the card shows it. */
export interface Organization {
  readonly organization_id: string;
  readonly name: string;
  readonly slug?: string | undefined;
  readonly logo_uri?: string | undefined;
  readonly status: 'allowed' | 'blocked' | 'needs_approval';
  readonly approval?: 'offered' | 'requested' | undefined;
}

/**
 * A client's metadata as the engine has it (RFC 7591 section 2). All of it is the client's own word, but for `native`.
 */
export type PlainClient = {
  readonly client_id: string;
  readonly client_name?: string | undefined;
  readonly client_uri?: string | undefined;
  readonly logo_uri?: string | undefined;
  readonly policy_uri?: string | undefined;
  readonly tos_uri?: string | undefined;
  /** `managed` if an administrator registered it; by default a client is taken for one that registered itself. */
  readonly registration?: 'managed' | 'dynamic' | 'metadata_document' | undefined;
  /** Whether the engine knows it as an app on the user's device. */
  readonly native?: boolean | undefined;
};

/** The same, with texts in other languages. An interface of an engine has no index signature, and is a `PlainClient`. */
export interface ClientMetadata extends PlainClient {
  /** Texts in other languages: `client_name#de` (RFC 7591 section 2.2). */
  readonly [tagged: `${string}#${string}`]: string;
}
