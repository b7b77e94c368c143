// The stores of the cluster's processes, by their addresses, set up as the kit's README says.
import pg from 'pg';
import { createClient } from 'redis';
import { memoryStore } from '../../server/node/src/index.ts';
import { MIGRATIONS, postgresStore } from '../../server/node/src/stores/postgres.ts';
import { redisStore } from '../../server/node/src/stores/redis.ts';

const RECONNECT = 20;
const CONNECT = 2000;

async function redis(url, onBack) {
  const client = createClient({ url, socket: { reconnectStrategy: () => RECONNECT }, disableOfflineQueue: true });
  client.on('error', () => {});
  await client.connect();
  client.on('ready', onBack);
  return redisStore((...args) => client.sendCommand(args));
}

async function postgres(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 8, connectionTimeoutMillis: CONNECT });
  // Connections that are idle when the server ends.
  pool.on('error', () => {});
  // All processes do it: it can be done by several at once.
  for (const statement of MIGRATIONS) await pool.query(statement);
  return postgresStore(pool);
}

/**
 * The store at `redis://…` or `postgres://…`, or one in memory without an address. `onBack` is called when a lost connection is there
 * again, if the client waits for that. The others connect with the next call.
 */
export function storeAt(address, onBack) {
  if (!address) return memoryStore({ warn: null });
  return address.startsWith('redis:') ? redis(address, onBack) : postgres(address);
}
