/** What the kit keeps for a while: decisions, requests that no cookie can hold, and counts. */

/**
 * A store of short texts. All processes of a site share one. Implementations pass in a client of a database; keys are at most 200
 * characters, and values at most 64 kB.
 */
export interface Store {
  /**
   * Sets the value of a key that has none, in one atomic step. Resolves to `null` if it did, else to the value that the key has:
   * of many calls at once exactly one gets `null`.
   */
  claim(key: string, value: string, seconds: number): Promise<string | null>;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, seconds: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** Adds one to a count and resolves to the new count. The count ends this many seconds after its first call. */
  count(key: string, seconds: number): Promise<number>;
}
