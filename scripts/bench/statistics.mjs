// What a bench computes of its runs.

/** The middle value, or the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, least and greatest of some runs, and all of them. */
export const summary = (runs) => ({ median: median(runs), min: Math.min(...runs), max: Math.max(...runs), runs });

/** How two medians compare, to three places. Nothing if there is nothing to compare with. */
export const ratio = (ours, theirs) => (ours && theirs ? Number((ours.median / theirs.median).toFixed(3)) : undefined);

/** The same items, with another one first in each round, so that each is first equally often. */
export const rotated = (items, round) => items.map((_, index) => items[(index + round) % items.length]);
