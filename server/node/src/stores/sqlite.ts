/** `countersign/server/stores/sqlite`: a store in a SQLite database, for the processes of one machine. */
import type { Store } from '../store.ts';
import { storeOver, type SqlStoreOptions } from './over-sql.ts';
import { MIGRATIONS } from './sql.ts';

export { MIGRATIONS } from './sql.ts';

/** What the store needs of a database: `DatabaseSync` of `node:sqlite` has it, and `better-sqlite3`. */
export interface SqliteDatabase {
  exec(statements: string): unknown;
  prepare(statement: string): { all(...values: (string | number)[]): unknown[] };
}

/** Milliseconds that a statement waits for other processes: half of what the kit allows a store. Of many that write, one can wait long. */
const BUSY = 5000;

/** Makes its table if there is none. */
export function sqliteStore(database: SqliteDatabase, options: SqlStoreOptions = {}): Store {
  database.exec(`pragma busy_timeout = ${BUSY}`);
  for (const statement of MIGRATIONS) database.exec(statement);
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return storeOver(async (statement, values) => {
    const known = prepared.get(statement) ?? database.prepare(statement.replaceAll('$', '?'));
    prepared.set(statement, known);
    return known.all(...values) as Record<string, unknown>[];
  }, options);
}
