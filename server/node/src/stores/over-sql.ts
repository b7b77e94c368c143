/** A store over a function that runs a statement and resolves to its rows. */
import type { Store } from '../store.ts';
import { CLAIM, COUNT, DELETE, GET, SET, SWEEP } from './sql.ts';

type Value = string | number;
export type Run = (statement: string, values: readonly Value[]) => Promise<readonly Record<string, unknown>[]>;

/** One write of so many removes what has expired. By chance, because a Worker makes its store anew for each request. */
const SWEEP_EVERY = 500;

export interface SqlStoreOptions {
  /** The time in milliseconds. All processes need the same. */
  readonly clock?: () => number;
}

export function storeOver(run: Run, { clock = Date.now }: SqlStoreOptions = {}): Store {
  // The columns are whole numbers, and not every clock is.
  const now = (): number => Math.floor(clock());

  async function write(statement: string, values: readonly Value[]): Promise<readonly Record<string, unknown>[]> {
    if (Math.random() * SWEEP_EVERY < 1) await run(SWEEP, [now()]);
    return run(statement, values);
  }

  const until = (seconds: number): number => Math.ceil(now() + seconds * 1000);
  const get = async (key: string): Promise<string | null> => ((await run(GET, [key, now()]))[0]?.value as string | undefined) ?? null;

  return {
    get,
    async claim(key, value, seconds) {
      for (;;) {
        if ((await write(CLAIM, [key, value, until(seconds), now()])).length > 0) return null;
        const other = await get(key);
        // It may have ended between the two statements.
        if (other !== null) return other;
      }
    },
    async set(key, value, seconds) { await write(SET, [key, value, until(seconds)]); },
    async delete(key) { await write(DELETE, [key]); },
    async count(key, seconds) { return Number((await write(COUNT, [key, until(seconds), now()]))[0]!.value); },
  };
}
