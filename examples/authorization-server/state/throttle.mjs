/**
 * Wrong passwords for each email: after ten in five minutes, no more are checked for the rest of
 * that time.
 */

const WINDOW = 5 * 60_000;
const MAX_TRIES = 10;

export function createThrottle(clock) {
  const tries = new Map();

  function recent(name) {
    const entry = tries.get(name);
    return entry !== undefined && entry.since + WINDOW > clock() ? entry : undefined;
  }

  return {
    /** Seconds to wait before the next try, or 0. */
    wait(name) {
      const entry = recent(name);
      return entry !== undefined && entry.count >= MAX_TRIES ? Math.ceil((entry.since + WINDOW - clock()) / 1000) : 0;
    },
    failed(name) {
      for (const [other] of tries) if (recent(other) === undefined) tries.delete(other);
      const entry = recent(name) ?? { since: clock(), count: 0 };
      entry.count += 1;
      tries.set(name, entry);
    },
    succeeded: (name) => tries.delete(name),
  };
}
