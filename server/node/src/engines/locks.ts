/** Locks by name: the work of each name runs one piece at a time, in the order of the calls. */
export function createLocks() {
  const tails = new Map<string, Promise<unknown>>();

  return async function exclusively<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    const mine = (tails.get(name) ?? Promise.resolve()).then(work);
    // A failure is the caller's, and not that of the next one.
    const tail = mine.catch(() => undefined);
    tails.set(name, tail);
    try {
      return await mine;
    } finally {
      if (tails.get(name) === tail) tails.delete(name);
    }
  };
}
