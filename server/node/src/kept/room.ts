/**
 * Which request gives way when there are too many. Nobody is refused because of what strangers have parked: the oldest request without
 * a session goes, of the same browser, of the same address, or of all. A signed-in user's open request never does.
 *
 * Every list is in the order of time, so that nothing is searched for.
 */
import { createQueue, type Queue } from './queue.ts';

/** Whose a request is, as far as that is known. */
export interface Owner {
  /** Missing: the first one that asks for it. */
  readonly browser?: string | undefined;
  readonly address?: string | undefined;
  /** The subject of who is signed in. */
  readonly account?: string | undefined;
}

export interface RoomLimits {
  readonly perBrowser: number;
  readonly perAddress: number;
  readonly perAccount: number;
}

/** An open request, or one that is over. */
export interface RoomEntry extends Owner {
  readonly id: string;
  /** In milliseconds. */
  readonly expires: number;
}

/** Entries by id, in groups by name. */
function createGroups<E extends RoomEntry>() {
  const groups = new Map<string, Queue<E>>();
  return {
    add(name: string, entry: E): void {
      const group = groups.get(name) ?? createQueue<E>();
      groups.set(name, group);
      group.set(entry.id, entry);
    },
    delete(name: string, entry: E): void {
      const group = groups.get(name);
      group?.delete(entry.id);
      if (group?.size === 0) groups.delete(name);
    },
    size: (name: string): number => groups.get(name)?.size ?? 0,
    oldest: (name: string): E | undefined => groups.get(name)?.oldest,
  };
}

export interface Room<E> {
  enter(entry: E): void;
  leave(entry: E): void;
  /** The entry is over: it gives way before any open one. */
  end(entry: E): void;
  /** Ends what has expired. */
  expire(now: number): void;
  /** The entry belongs to somebody else from now on. */
  move(entry: E, owner: Owner): void;
  /** Makes room within the groups of a new entry. `false` if an account has its share already. */
  makeInGroups(owner: Owner): boolean;
  /** Makes room among all. `false` if every entry is a signed-in user's and open. */
  make(): boolean;
}

/** @param forget removes an entry for good */
export function createRoom<E extends RoomEntry>(limits: RoomLimits, forget: (entry: E) => void): Room<E> {
  const [ended, open, parked] = [createQueue<E>(), createQueue<E>(), createQueue<E>()];
  const groups = createGroups<E>();

  /** The groups of an open entry, each with its limit. */
  function groupsOf({ account, browser, address }: Owner): [string, number][] {
    if (account !== undefined) return [[`account ${account}`, limits.perAccount]];
    return [
      ...(browser === undefined ? [] : [[`browser ${browser}`, limits.perBrowser] as [string, number]]),
      ...(address === undefined ? [] : [[`address ${address}`, limits.perAddress] as [string, number]]),
    ];
  }

  function leave(entry: E): void {
    for (const list of [ended, open, parked]) list.delete(entry.id);
    for (const [name] of groupsOf(entry)) groups.delete(name, entry);
  }

  function enter(entry: E): void {
    open.set(entry.id, entry);
    if (entry.account === undefined) parked.set(entry.id, entry);
    for (const [name] of groupsOf(entry)) groups.add(name, entry);
  }

  function giveWay(entry: E): void {
    leave(entry);
    forget(entry);
  }

  function end(entry: E): void {
    leave(entry);
    ended.set(entry.id, entry);
  }

  return {
    enter,
    leave,
    end,
    expire(now) {
      while (open.oldest !== undefined && open.oldest.expires <= now) end(open.oldest);
    },
    move(entry, owner) {
      const over = ended.get(entry.id) !== undefined;
      leave(entry);
      Object.assign(entry, owner);
      if (over) ended.set(entry.id, entry);
      else enter(entry);
    },
    makeInGroups(owner) {
      for (const [name, limit] of groupsOf(owner)) {
        const oldest = groups.size(name) < limit ? undefined : groups.oldest(name);
        if (oldest === undefined) continue;
        if (owner.account !== undefined) return false;
        giveWay(oldest);
      }
      return true;
    },
    make() {
      const entry = ended.oldest ?? parked.oldest;
      if (entry === undefined) return false;
      giveWay(entry);
      return true;
    },
  };
}
