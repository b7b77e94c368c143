/** `countersign/server/stores/postgres`: a store in PostgreSQL. */
import type { Store } from '../store.ts';
import { storeOver, type SqlStoreOptions } from './over-sql.ts';

export { MIGRATIONS } from './sql.ts';

/** What the store needs of a client: a `Pool` of npm `pg` has it. */
export interface PostgresClient {
  query(statement: string, values: (string | number)[]): Promise<{ rows: unknown[] }>;
}

/** Run `MIGRATIONS` once before. */
export const postgresStore = (client: PostgresClient, options: SqlStoreOptions = {}): Store =>
  storeOver(async (statement, values) => (await client.query(statement, [...values])).rows as Record<string, unknown>[], options);
