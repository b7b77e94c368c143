/**
 * Entries that all live equally long, in the order of their time: what has expired is at the front,
 * so that sweeping touches nothing else. With a limit, the oldest entry gives way.
 */
import { createQueue } from '../../../server/node/src/kept/queue.ts';

export function createExpiring(clock, lifetime, most = Infinity) {
  const entries = createQueue();

  function sweep() {
    while (entries.oldest?.expires <= clock()) entries.delete(entries.oldestId);
  }

  return {
    /** Sets an entry, which is the youngest from now on. */
    set(key, value) {
      sweep();
      entries.delete(key);
      if (entries.size >= most) entries.delete(entries.oldestId);
      entries.set(key, { value, expires: clock() + lifetime });
    },
    get(key) {
      const entry = entries.get(key);
      return entry !== undefined && entry.expires > clock() ? entry.value : undefined;
    },
    delete: (key) => entries.delete(key),
    get size() { return entries.size; },
  };
}
