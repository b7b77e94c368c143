/**
 * Which request gives way when there are too many. Nobody is refused because of what strangers have
 * parked: the oldest request without a session goes, of the same browser, of the same address, or of
 * all. A signed-in user's open request never does.
 *
 * Every list is in the order of time, so that nothing is searched for.
 */
import { createQueue } from './queue.mjs';

/** Entries by id, in groups by name. */
function createGroups() {
  const groups = new Map();
  return {
    add(name, entry) {
      if (!groups.has(name)) groups.set(name, createQueue());
      groups.get(name).set(entry.id, entry);
    },
    delete(name, entry) {
      const group = groups.get(name);
      group?.delete(entry.id);
      if (group?.size === 0) groups.delete(name);
    },
    size: (name) => groups.get(name)?.size ?? 0,
    oldest: (name) => groups.get(name)?.oldest,
  };
}

/**
 * @param limits `most`, `perBrowser`, `perAddress`, `perAccount`
 * @param forget removes an entry for good
 */
export function createRoom(limits, forget) {
  const [ended, open, parked] = [createQueue(), createQueue(), createQueue()];
  const groups = createGroups();

  /** The groups of an open entry, each with its limit. */
  function groupsOf({ account, browser, address }) {
    if (account !== undefined) return [[`account ${account}`, limits.perAccount]];
    return [
      ...(browser === undefined ? [] : [[`browser ${browser}`, limits.perBrowser]]),
      ...(address === undefined ? [] : [[`address ${address}`, limits.perAddress]]),
    ];
  }

  function leave(entry) {
    for (const list of [ended, open, parked]) list.delete(entry.id);
    for (const [name] of groupsOf(entry)) groups.delete(name, entry);
  }

  function enter(entry) {
    open.set(entry.id, entry);
    if (entry.account === undefined) parked.set(entry.id, entry);
    for (const [name] of groupsOf(entry)) groups.add(name, entry);
  }

  function giveWay(entry) {
    leave(entry);
    forget(entry);
  }

  function end(entry) {
    leave(entry);
    ended.set(entry.id, entry);
  }

  return {
    enter,
    leave,
    /** The entry is over: it gives way before any open one. */
    end,
    /** Ends what has expired. */
    expire(now) {
      while (open.oldest?.expires <= now) end(open.oldest);
    },
    /** The entry is open again. */
    reopen(entry) {
      leave(entry);
      enter(entry);
    },
    /** The entry belongs to somebody else from now on. */
    move(entry, owner) {
      const over = ended.get(entry.id) !== undefined;
      leave(entry);
      Object.assign(entry, owner);
      if (over) ended.set(entry.id, entry);
      else enter(entry);
    },
    /** Makes room within the groups of a new entry. `false` if an account has its share already. */
    makeInGroups(owner) {
      for (const [name, limit] of groupsOf(owner)) {
        if (groups.size(name) < limit) continue;
        if (owner.account !== undefined) return false;
        giveWay(groups.oldest(name));
      }
      return true;
    },
    /** Makes room among all. `false` if every entry is a signed-in user's and open. */
    make() {
      const entry = ended.oldest ?? parked.oldest;
      if (entry === undefined) return false;
      giveWay(entry);
      return true;
    },
  };
}
