/**
 * `countersign/server/kept`: open requests that one process keeps, in place of sealed cookies. For hosts that tell browsers apart
 * themselves: a request answers to the browser that opened it, whatever else that sends. There is a limit of open requests, of all and
 * for each browser, address and account, before the engine is asked; and an answered request is known as one for a day.
 */
import { createQueue } from './kept/queue.ts';
import { createRoom, type Owner, type RoomEntry, type RoomLimits } from './kept/room.ts';
import type { Call } from './kit.ts';
import type { Json } from './model.ts';
import { Fault, gone } from './problems.ts';
import type { State, Transaction, Transactions } from './transactions.ts';

/** Who has sent a request. */
export interface Visitor {
  /**
   * The host's own name of the browser, by a cookie that it has made (HttpOnly, SameSite=Lax). Nobody can guess it, and the cookie's
   * value before a sign-in is worthless after it.
   */
  readonly browser: string;
  /** Without it, there is no limit by address. */
  readonly address?: string | undefined;
  /** Whether the browser sent no cookie at all: the page then says that cookies are needed. */
  readonly sentNone?: boolean;
}

export interface KeptLimits extends RoomLimits {
  /** Open and answered requests that are kept, of all callers. */
  readonly most: number;
}

export interface KeptOptions {
  /** Is asked once for each call. `browser` is read only where a request is to be bound to one. */
  visitor(request: Request): Visitor;
  /** Open requests without a session give way, the oldest first. Of an account, one more than `perAccount` is 429; 503 if all are of accounts. */
  readonly limits?: Partial<KeptLimits>;
  /** Gets what the engine needs for a request that has given way (`resume`). */
  forget?(resume: Json, state: State): void;
  /** The time in milliseconds. */
  readonly clock?: () => number;
}

interface Entry extends RoomEntry {
  state: State;
  /** When it was answered. */
  ended?: number;
}

/** How long an answered request is known, in milliseconds. */
const TOMBSTONE = 24 * 60 * 60_000;
/** Seconds until there may be room. */
const WAIT = 60;

export function keptTransactions({ visitor, limits = {}, forget, clock = Date.now }: KeptOptions): Transactions {
  if (typeof visitor !== 'function') throw new TypeError('keptTransactions needs visitor(request): the host\'s own name of the browser, as { browser, address }.');
  const { most, ...shares }: KeptLimits = { most: 20_000, perBrowser: 100, perAddress: 2_000, perAccount: 500, ...limits };
  const entries = createQueue<Entry>();
  const room = createRoom<Entry>(shares, ({ id, state }) => {
    entries.delete(id);
    if (state.resume !== undefined) forget?.(state.resume, state);
  });

  /** Removes what nobody can ask for any more. */
  function sweep(): void {
    const now = clock();
    room.expire(now);
    for (let { oldest } = entries; oldest !== undefined && oldest.expires + TOMBSTONE <= now; { oldest } = entries) {
      room.leave(oldest);
      entries.delete(oldest.id);
    }
  }

  /** A request by POST comes without cookies from another site: it belongs to whoever asks for it first. */
  function ownerOf({ request, account }: Call, { isStored, logoutQuery }: Pick<State, 'isStored' | 'logoutQuery'>): Owner {
    const from = visitor(request);
    const { address } = from;
    return isStored === true || logoutQuery !== undefined ? { address } : { browser: from.browser, address, account: account?.sub };
  }

  /** An answered request is known for a day, and an open one until it expires. */
  const isOver = ({ ended, expires }: Entry): boolean => (ended === undefined ? expires : ended + TOMBSTONE) <= clock();

  return {
    admit(call, state) {
      sweep();
      if (!room.makeInGroups(ownerOf(call, state))) throw new Fault(429, 'too_many', 'Too many requests of this account are open. Answer one of them first.', { retryAfter: WAIT });
      if (entries.size >= most && !room.make()) throw new Fault(503, 'unavailable', 'Too many requests are open. Try again in a minute.', { retryAfter: WAIT });
    },

    load({ request, account }, id, realm) {
      const entry = entries.get(id);
      const from = visitor(request);
      if (entry === undefined || (realm ?? entry.state.realm) !== entry.state.realm) throw missing(from);
      if (entry.browser === undefined) room.move(entry, { browser: from.browser });
      if (entry.browser !== from.browser) throw missing(from);
      if (isOver(entry)) throw gone(entry.state.client);
      const sub = account?.sub;
      if (sub !== undefined && sub !== entry.account && entry.state.query !== undefined) room.move(entry, { account: sub });
      const { state } = entry;
      return { id, state, before: '' };
    },

    save(call, { id, state, before }: Transaction) {
      const expires = state.expires * 1000;
      const entry = entries.get(id);
      if (entry !== undefined) Object.assign(entry, { state, expires });
      // One that has given way meanwhile is gone.
      else if (before === undefined) {
        const opened = { id, state, expires, ...ownerOf(call, state) };
        entries.set(id, opened);
        room.enter(opened);
      }
    },

    end({ id }) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entry.ended = clock();
      room.end(entry);
    },
  };
}

const missing = ({ sentNone }: Visitor): Fault => new Fault(410, 'expired', undefined, sentNone ? { noCookies: true } : {});
