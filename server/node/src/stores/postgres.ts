/** `countersign/server/stores/postgres`: a store in PostgreSQL. */
import type { Store } from '../store.ts';
import { storeOver, type SqlStoreOptions } from './over-sql.ts';
import { MIGRATIONS as TABLE } from './sql.ts';

/** Of this kit alone: who migrates holds it. */
const LOCK = 4_027_311_557;

/**
 * Makes the table of the store. It can be run again, and by several processes at once: they wait for each other, since PostgreSQL's `if
 * not exists` alone fails in one of two that are at it together.
 */
export const MIGRATIONS: readonly string[] = [`do $$ begin perform pg_advisory_xact_lock(${LOCK}); ${TABLE.join('; ')}; end $$`];

/** What the store needs of a client: a `Pool` of npm `pg` has it. */
export interface PostgresClient {
  query(statement: string, values: (string | number)[]): Promise<{ rows: unknown[] }>;
}

/** Run `MIGRATIONS` once before. */
export const postgresStore = (client: PostgresClient, options: SqlStoreOptions = {}): Store =>
  storeOver(async (statement, values) => (await client.query(statement, [...values])).rows as Record<string, unknown>[], options);
