/**
 * Counts of events by name within a time, such as wrong passwords of a browser. What is over the
 * limit waits until that time has passed. Of too many names the oldest gives way.
 */
import { createExpiring } from './expiring.mjs';

const MOST_NAMES = 50_000;

/** @param within in seconds */
export function createThrottle(clock, most, within) {
  const counts = createExpiring(clock, within * 1000, MOST_NAMES);

  return {
    /** Seconds to wait before the next event, or 0. */
    wait(name) {
      const entry = counts.get(name);
      return entry !== undefined && entry.count >= most ? Math.ceil((entry.since + within * 1000 - clock()) / 1000) : 0;
    },
    count(name) {
      const entry = counts.get(name);
      if (entry === undefined) counts.set(name, { since: clock(), count: 1 });
      else entry.count += 1;
    },
    /** Takes one event back. */
    uncount(name) {
      const entry = counts.get(name);
      if (entry !== undefined) entry.count -= 1;
    },
    forget: (name) => counts.delete(name),
  };
}
