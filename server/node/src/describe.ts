/** What a host says about itself, clients and scopes: the parts of the card that no engine knows. */
import type { Account, ClientMetadata, Organization, Realm, RequestedScope } from './model.ts';

/** What the texts may depend on. */
export interface DescribeContext {
  readonly realm: Realm;
  readonly account: Account;
  readonly client: ClientMetadata;
  readonly organization?: Organization | undefined;
  /** Language tags, the best first: the request's `ui_locales`, then the call's `Accept-Language`. */
  readonly languages: readonly string[];
}

/** The host's word about a client. Without it, a client is a third party that nobody has verified. */
export interface ClientWord {
  readonly party?: 'first' | 'third';
  readonly verified?: boolean;
  readonly registration?: 'managed' | 'dynamic' | 'metadata_document';
  readonly native?: boolean;
  /** Replaces the client's own name. */
  readonly name?: string;
  readonly description?: string;
  /** In other languages: `description#de`. */
  readonly [tagged: `description#${string}`]: string;
  /** A path of the host's own, at which it serves a picture that it has checked. */
  readonly logo_uri?: string;
}

/** The host's word about a scope. */
export interface ScopeWord {
  readonly title?: string;
  readonly description?: string;
  readonly details?: readonly string[];
  readonly group?: string;
  readonly implies?: readonly string[];
  readonly sensitive?: boolean;
  /** `false` if this account cannot grant it; `reason` says why. */
  readonly grantable?: boolean;
  readonly required?: boolean;
  /** Why it cannot be granted, or why it cannot be left out. */
  readonly reason?: string;
}

/** All are optional, and may be asynchronous. */
export interface Describe {
  /** The site's own name: "wants access to Acme". */
  readonly site_name?: string;
  client?(client: ClientMetadata, realm: Realm): ClientWord | Promise<ClientWord>;
  /** `null`: the raw scope is shown. */
  scope?(scope: RequestedScope, context: DescribeContext): ScopeWord | null | Promise<ScopeWord | null>;
  /** The name of a resource (RFC 8707). */
  resource?(resource: string, context: DescribeContext): string | null | Promise<string | null>;
  /** The organizations of an account, for realm `b2b`. */
  organizations?(account: Account, client: ClientMetadata): readonly Organization[] | Promise<readonly Organization[]>;
  /** Asks the administrators of an organization to approve a client. Without it, no card offers that. */
  request_approval?(account: Account, client: ClientMetadata, organization: Organization): void | Promise<void>;
  /** The registrable domain of a host name. `registrableDomain` of `countersign/server/domains` has it by the public-suffix list. */
  registrable_domain?(host: string): string | null;
}
