/** What every part of the kit works with. */
import type { Known } from './addresses.ts';
import type { Describe } from './describe.ts';
import { EngineUnavailable, type Engine, type EngineContext } from './engine.ts';
import type { Account, Realm } from './model.ts';
import type { Seal } from './seal.ts';
import type { Store } from './store.ts';
import type { Transactions } from './transactions.ts';

/** A mount of the kit: its options, checked and complete. */
export interface Kit {
  readonly engine: Engine;
  readonly origin: string;
  /** The path of the calls, with its last slash. */
  readonly base: string;
  /** Whether the site is on https. */
  readonly secure: boolean;
  readonly seal: Seal;
  readonly store: Store;
  readonly describe: Describe;
  readonly realms: readonly Realm[];
  /** Milliseconds that an engine may take. */
  readonly timeout: number;
  readonly clock: () => number;
  /** Seconds that a request stays open. */
  readonly life: number;
  /** Where open requests are, in place of cookies. */
  readonly kept: Transactions | undefined;
}

/** One call, and what its answer needs. */
export interface Call {
  readonly request: Request;
  /** Identifies it in the log. */
  readonly id: string;
  readonly account: Account | null;
  /** Of `Accept-Language`, the best first. */
  readonly languages: readonly string[];
  /** Whether the page reads version 2 of the API. */
  readonly v2: boolean;
  readonly cookies: ReadonlyMap<string, readonly string[]>;
  /** What the answer sets. */
  readonly setCookies: string[];
}

/** The time in seconds. */
export const now = ({ clock }: Kit): number => Math.floor(clock() / 1000);

/** What addresses of an engine are compared with. */
export const known = ({ origin, engine }: Kit, more: Omit<Known, 'origin' | 'engine'> = {}): Known => ({ origin, engine: engine.origins ?? [], ...more });

/** Whether a request wants an answer without the user (OIDC Core 3.1.2.1). */
export const isSilent = (query: string): boolean => new URLSearchParams(query).getAll('prompt').some((value) => value.split(' ').includes('none'));

/** The languages of a request's browser, the best first. */
export function languagesOf({ headers }: Request): string[] {
  const ranges = (headers.get('accept-language') ?? '').split(',').slice(0, 32).map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    return { tag, weight: Number(weight) || 0 };
  });
  return ranges.filter(({ tag, weight }) => /^[A-Za-z0-9-]{1,35}$/.test(tag) && weight > 0).sort((one, other) => other.weight - one.weight).map(({ tag }) => tag);
}

/** The engine took too long, so that nobody knows what it did. */
export class EngineTimedOut extends EngineUnavailable {}

/** Waits for a promise, but no longer than so many milliseconds. */
export async function within<T>(milliseconds: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timedOut = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([work, timedOut]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is known of a transaction. Only a sign-out has no query of a client. */
type Asking = Pick<EngineContext, 'realm' | 'handedOffAt' | 'organization' | 'resume'> & { readonly query?: string };

/** Runs a call of the engine with a time limit. */
export async function askEngine<T>(kit: Kit, call: Call, { realm, handedOffAt, organization, query, resume }: Asking, work: (context: EngineContext) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const setCookie = (value: string): void => { call.setCookies.push(value); };
  const late = (cause?: unknown): Error => {
    controller.abort();
    return new EngineTimedOut('The engine took too long.', { cause });
  };
  try {
    return await within(kit.timeout, work({ realm, handedOffAt, organization, query: query!, resume, request: call.request, account: call.account, signal, setCookie }), late);
  } catch (error) {
    throw signal.aborted ? late(error) : error;
  }
}
