/** `countersign/server/stores/d1`: a store in Cloudflare's D1. */
import type { Store } from '../store.ts';
import { storeOver, type SqlStoreOptions } from './over-sql.ts';

export { MIGRATIONS } from './sql.ts';

/** What the store needs of a binding. */
export interface D1Database {
  prepare(statement: string): { bind(...values: (string | number)[]): { all(): Promise<{ results: unknown[] }> } };
}

/** Run `MIGRATIONS` once before. */
export const d1Store = (database: D1Database, options: SqlStoreOptions = {}): Store => storeOver(async (statement, values) => {
  const { results } = await database.prepare(statement.replaceAll('$', '?')).bind(...values).all();
  return results as Record<string, unknown>[];
}, options);
