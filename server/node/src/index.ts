/** `countersign/server`: the countersign API in front of any authorization server. */
export { errorEnding, errorResponse, leadsTo, type ClientError } from './addresses.ts';
export { countersign, type Countersign, type CountersignOptions } from './countersign.ts';
export type { ClientWord, Describe, DescribeContext, ScopeWord } from './describe.ts';
export {
  EngineUnavailable, RequestGone,
  type Asked, type CallContext, type Destination, type Ending, type EndingForm, type Engine, type EngineContext, type Grant, type LogoutEnding, type LogoutOpened, type Opened, type SignedIn,
} from './engine.ts';
export type { LimitOptions } from './limits.ts';
export type { Page } from './page.ts';
export type { LogEvent } from './log.ts';
export type { SignOut, SignOutCalls } from './logout.ts';
export type { Account, ClientMetadata, Detail, Json, LoginReason, Organization, PlainClient, Realm, RequestedScope } from './model.ts';
export type { Store } from './store.ts';
export type { Transactions } from './transactions.ts';
export { memoryStore, type MemoryStoreOptions } from './stores/memory.ts';
