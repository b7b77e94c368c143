/** Locks by name: runs the work of each name one piece at a time, in the order of the calls. */
export function createLocks() {
  const tails = new Map();

  return async function exclusively(name, work) {
    const before = tails.get(name) ?? Promise.resolve();
    const mine = before.then(work);
    // A failure is the caller's, and not that of the next one.
    const tail = mine.then(() => {}, () => {});
    tails.set(name, tail);
    try {
      return await mine;
    } finally {
      if (tails.get(name) === tail) tails.delete(name);
    }
  };
}
