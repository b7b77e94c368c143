/** How many calls there may be within a minute: of an address, and for a transaction, which is one browser's. */
import type { Kit } from './kit.ts';
import { Fault } from './problems.ts';
import { hash } from './seal.ts';

export interface Limits {
  /** Calls of an address within a minute. */
  readonly perAddress: number;
  /** Calls for a transaction within a minute. */
  readonly perTransaction: number;
}

export type LimitOptions = Partial<Limits>;

const WITHIN = 60;

export function limitsWith(own: LimitOptions = {}): Limits {
  const limits = { perAddress: 600, perTransaction: 60, ...own };
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isInteger(value) || value < 1) throw new TypeError(`The limit ${name} must be a positive integer.`);
  }
  return limits;
}

async function count({ store }: Kit, key: string, most: number): Promise<void> {
  if (await store.count(key, WITHIN) > most) throw new Fault(429, 'too_many', 'There were too many calls. Wait a minute.', { retryAfter: WITHIN });
}

export async function checkLimits(kit: Kit, limits: Limits, body: { transaction?: string; logout?: string }, address: string | undefined): Promise<void> {
  // The store has no addresses.
  if (address !== undefined) await count(kit, `calls:${await hash(address)}`, limits.perAddress);
  const id = body.transaction ?? body.logout;
  if (id !== undefined) await count(kit, `calls:${id}`, limits.perTransaction);
}
