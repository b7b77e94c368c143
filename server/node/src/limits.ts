/** How many calls there may be within a minute. */
import type { Kit } from './kit.ts';
import { Fault } from './problems.ts';
import { hash } from './seal.ts';

export interface Limits {
  /** Calls of an address within a minute. */
  readonly perAddress: number;
  /** Calls of a browser within a minute. */
  readonly perBrowser: number;
}

export type LimitOptions = Partial<Limits>;

const WITHIN = 60;

export function limitsWith(own: LimitOptions = {}): Limits {
  const limits = { perAddress: 600, perBrowser: 120, ...own };
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isInteger(value) || value < 1) throw new TypeError(`The limit ${name} must be a positive integer.`);
  }
  return limits;
}

async function count({ store }: Kit, key: string, most: number): Promise<void> {
  if (await store.count(key, WITHIN) > most) throw new Fault(429, 'too_many', undefined, { retryAfter: WITHIN });
}

/** Counts a call of an address, and of a browser, if it is known. */
export async function checkLimits(kit: Kit, limits: Limits, address: string | undefined, browser: string | undefined): Promise<void> {
  // The store has no addresses.
  if (address !== undefined) await count(kit, `calls:${await hash(address)}`, limits.perAddress);
  if (browser !== undefined) await count(kit, `calls:${await hash(browser)}`, limits.perBrowser);
}
