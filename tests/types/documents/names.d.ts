// What the samples of the documents take from the app around them.
import type * as countersign from 'countersign';
import type * as server from 'countersign/server';
import type { OidcProviderOptions } from 'countersign/server/oidc-provider';
import type * as stytch from '@stytch/react';
import type * as ioredis from 'ioredis';
import type * as redis from 'redis';

declare global {
  // A page.
  const element: countersign.IdentityProviderElement;
  const report: (error: countersign.CountersignErrorDetail) => void;
  const callbacks: stytch.Callbacks;
  const presentation: NonNullable<stytch.IdentityProviderProps['presentation']>;

  // A server.
  const issuer: string;
  const Provider: new (issuer: string, options: object) => OidcProviderOptions['provider'];
  const interactions: { destroy(uid: string): Promise<void> };
  const endSessionOf: (request: Request) => Promise<void>;
  const nameOf: (request: Request) => string;
  const addressOf: (request: Request) => string;
  /** What `…` stands for. */
  const rest: server.CountersignOptions;
  const Redis: typeof ioredis.Redis;
  const createClient: typeof redis.createClient;
  const Pool: new (options: { connectionTimeoutMillis: number }) => NodeJS.EventEmitter;

  /** An engine that has no adapter. */
  interface MyServer {
    issuer: string;
    validate(query: string, options: { signal: AbortSignal }): Promise<Validated>;
    grant(id: string, sub: string, scopes: readonly server.RequestedScope[]): Promise<string>;
    deny(id: string): Promise<string>;
  }

  interface Validated {
    client?: server.ClientMetadata;
    redirectUri?: string;
    state?: string;
    error?: string;
    scopes: server.RequestedScope[];
    id: string;
  }
}
