/** A store in the memory of one process. */
import type { Store } from '../store.ts';

interface Entry {
  value: string;
  /** In milliseconds. */
  until: number;
}

const MOST = 100_000;

export interface MemoryStoreOptions {
  /** The time in milliseconds. */
  readonly clock?: () => number;
  /** Gets the notice that this store is for one process. `null`: there is none. */
  readonly warn?: ((message: string) => void) | null;
}

/**
 * Keeps everything in memory. It is for one process, and says so when it is made: with two, one request could be decided twice, and
 * a restart forgets every decision.
 */
export function memoryStore({ clock = Date.now, warn = (message) => console.warn(message) }: MemoryStoreOptions = {}): Store {
  warn?.('countersign: the store is in memory. It is for one process, and a restart forgets what was decided.');
  const entries = new Map<string, Entry>();

  function find(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry === undefined || entry.until > clock()) return entry;
    entries.delete(key);
    return undefined;
  }

  /** Removes what has expired, once there is much, and then the oldest. */
  function sweep(): void {
    if (entries.size < MOST) return;
    for (const key of [...entries.keys()]) find(key);
    for (const key of entries.keys()) {
      if (entries.size < MOST) return;
      entries.delete(key);
    }
  }

  function put(key: string, value: string, until: number): void {
    sweep();
    entries.set(key, { value, until });
  }

  return {
    async claim(key, value, seconds) {
      const entry = find(key);
      if (entry !== undefined) return entry.value;
      put(key, value, clock() + seconds * 1000);
      return null;
    },
    get: async (key) => find(key)?.value ?? null,
    async set(key, value, seconds) { put(key, value, clock() + seconds * 1000); },
    async delete(key) { entries.delete(key); },
    async count(key, seconds) {
      const entry = find(key);
      const count = Number(entry?.value ?? 0) + 1;
      put(key, String(count), entry?.until ?? clock() + seconds * 1000);
      return count;
    },
  };
}
