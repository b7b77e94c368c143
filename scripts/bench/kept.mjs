// What a store has done and keeps, for the bench of servers.
import pg from 'pg';
import { createClient } from 'redis';
import { MIGRATIONS } from '../../server/node/src/stores/postgres.ts';

const numberIn = (text, name) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(text)[1]);

/** The bytes of what is kept for longer than an hour, for each decision. */
const LASTING = `local bytes, decisions = 0, 0
for _, key in ipairs(redis.call('KEYS', '*')) do
  if redis.call('TTL', key) > 3600 then bytes = bytes + redis.call('MEMORY', 'USAGE', key) end
  if string.find(key, 'decision:', 1, true) then decisions = decisions + 1 end
end
return math.floor(bytes / decisions)`;

/** Commands, and bytes of memory. */
export async function redisAt(url) {
  const client = await createClient({ url }).connect();
  return {
    async kept() {
      const text = await client.info();
      return { commands: numberIn(text, 'total_commands_processed'), bytes: numberIn(text, 'used_memory') };
    },
    lasting: () => client.eval(LASTING),
    close: async () => client.destroy(),
  };
}

/** Bytes of the table and its indexes, on the disk. */
export async function postgresAt(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return {
    async kept() {
      const { rows: [{ bytes }] } = await client.query("select coalesce(pg_total_relation_size(to_regclass('countersign_store')), 0) as bytes");
      return { bytes: Number(bytes) };
    },
    // Of rows alone, without indexes and free space.
    async lasting() {
      const { rows: [{ bytes }] } = await client.query("select sum(pg_column_size(s)) filter (where until > extract(epoch from now()) * 1000 + 3600000) / count(*) filter (where key like 'decision:%') as bytes from countersign_store s");
      return Math.floor(Number(bytes));
    },
    close: () => client.end(),
  };
}

/** Makes the table. */
export async function migrate(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  for (const statement of MIGRATIONS) await client.query(statement);
  await client.end();
}
