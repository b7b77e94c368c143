/** Wrong passwords, counted for each email: ten in five minutes, then a pause. */

const WINDOW = 5 * 60_000;
const MOST = 10;

export function createThrottle(clock) {
  const tries = new Map();

  function recent(name) {
    const entry = tries.get(name);
    return entry !== undefined && entry.since + WINDOW > clock() ? entry : undefined;
  }

  return {
    /** Seconds to wait before the next try, 0 where none. */
    wait(name) {
      const entry = recent(name);
      return entry !== undefined && entry.count >= MOST ? Math.ceil((entry.since + WINDOW - clock()) / 1000) : 0;
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
