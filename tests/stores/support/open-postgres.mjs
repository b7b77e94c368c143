// The store in PostgreSQL by npm `pg`, set up as the README says.
import pg from 'pg';
import { postgresStore } from '../../../server/node/src/stores/postgres.ts';

/** A pool. `schema` is where its tables are. */
export function poolAt(port, { schema = 'public' } = {}) {
  const pool = new pg.Pool({ host: '127.0.0.1', port: Number(port), user: 'postgres', database: 'postgres', max: 4, connectionTimeoutMillis: 2000, options: `-c search_path=${schema}` });
  // Connections that are idle when the server ends.
  pool.on('error', () => {});
  return pool;
}

export async function open(port, options) {
  const pool = poolAt(port);
  return { store: postgresStore(pool, options), pool, back: () => pool.query('select 1'), close: () => pool.end() };
}
