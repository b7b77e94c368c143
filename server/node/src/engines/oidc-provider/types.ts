/** What the adapter uses of an instance of `oidc-provider` 9. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Detail, Json } from '../../model.ts';
import type { NodeHandler } from '../in-process.ts';

/** A stored model of the engine. */
interface Stored {
  readonly jti: string;
  readonly exp: number;
  destroy(): Promise<void>;
}

interface Model<T> {
  new (payload: object): T;
  find(id: string): Promise<T | undefined>;
}

export interface Interaction extends Stored {
  readonly prompt: { readonly name: string; readonly reasons: readonly string[] };
  readonly params: Readonly<Record<string, unknown>>;
  readonly returnTo: string;
  readonly trusted?: unknown;
  readonly cid?: string;
  readonly parJti?: string;
  save(seconds: number): Promise<unknown>;
}

export interface Session extends Stored {
  readonly accountId?: string;
  readonly loginTs?: number;
  loginAccount(login: { accountId: string; loginTs?: number | undefined; acr?: string | undefined; amr?: readonly string[] | undefined }): void;
  save(seconds: number): Promise<unknown>;
}

export interface EngineGrant extends Stored {
  readonly openid?: { readonly scope?: string };
  readonly resources?: Readonly<Record<string, string>>;
  addOIDCScope(scope: string): void;
  getOIDCScope(): string;
  rejectOIDCScope(scope: string): void;
  addResourceScope(resource: string, scope: string): void;
  rejectResourceScope(resource: string, scope: string): void;
  rejectOIDCClaims(claims: readonly string[]): void;
  addRar(detail: Detail): void;
  save(): Promise<string>;
}

export interface Client {
  readonly clientId: string;
  readonly applicationType?: string;
  readonly subjectType?: string;
  metadata(): Readonly<Record<string, unknown>>;
  postLogoutRedirectUriAllowed(address: string): boolean;
}

/** What the adapter reads of `ctx.oidc`. */
export interface OidcContext {
  readonly provider: Provider;
  readonly client?: Client;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly prompts: ReadonlySet<string>;
  readonly result?: { readonly consent?: { readonly grantId?: string } };
  readonly session: Session;
  readonly entities: { readonly Interaction?: Interaction };
  readonly requestParamScopes: ReadonlySet<string>;
  readonly requestParamOIDCScopes: ReadonlySet<string>;
  readonly requestParamClaims: ReadonlySet<string>;
  readonly resourceServers: Readonly<Record<string, { readonly scopes: ReadonlySet<string> }>>;
}

/** A context of the engine, as its events and callbacks get it. */
export interface KoaContext {
  readonly req: IncomingMessage;
  readonly query: Readonly<Record<string, unknown>>;
  readonly cookies: { set(name: string, value: string, options: object): void };
  readonly oidc: OidcContext;
}

/** An error of the engine. */
export interface EngineError {
  readonly error?: string;
  readonly error_description?: string;
  readonly allow_redirect?: boolean;
}

/** A code for one client. */
interface AuthorizationCode {
  readonly consumed?: unknown;
}

/** An instance of the engine. */
export interface Provider {
  readonly issuer: string;
  readonly Interaction: Model<Interaction>;
  readonly Session: Model<Session> & { findByUid(uid: string): Promise<Session | undefined> };
  readonly Grant: Model<EngineGrant>;
  readonly AuthorizationCode: { find(code: string): Promise<AuthorizationCode | undefined> };
  readonly Client: { find(id: string): Promise<Client | undefined> };
  readonly IdToken: { validate(token: string, client: Client): Promise<{ payload: { readonly sub?: Json } }> };
  callback(): NodeHandler;
  cookieName(type: 'session' | 'resume'): string;
  createContext(req: IncomingMessage, res: ServerResponse): KoaContext;
  pathFor(name: 'authorization' | 'resume', options?: { mountPath?: string; uid?: string }): string;
  on(event: 'interaction.started' | 'authorization.success', listener: (ctx: KoaContext) => void): unknown;
  on(event: 'authorization.error' | 'server_error', listener: (ctx: KoaContext, error: EngineError) => void): unknown;
}
