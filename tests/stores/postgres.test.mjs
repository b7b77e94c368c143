// The store in a real PostgreSQL.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MIGRATIONS, postgresStore } from '../../server/node/src/stores/postgres.ts';
import { raceProcesses } from '../kit/support/race.mjs';
import { storeSuite } from '../kit/support/store-suite.mjs';
import { open, poolAt } from './support/open-postgres.mjs';
import { outages } from './support/outages.mjs';
import { startPostgres } from './support/programs.mjs';

const LONGEST = { timeout: 60_000 };
let postgres;
let passed = 0;

async function migrate(pool) {
  for (const statement of MIGRATIONS) await pool.query(statement);
}

before(async () => {
  postgres = await startPostgres();
  const pool = poolAt(postgres.port);
  await migrate(pool);
  await pool.end();
}, LONGEST);
after(() => postgres?.close(), LONGEST);

const opened = async (t) => {
  // Not a whole number, as that of a clock of high resolution.
  const client = await open(postgres.port, { clock: () => Date.now() + passed + 0.5 });
  t.after(client.close);
  return client;
};
const stores = async (t) => (await Promise.all([opened(t), opened(t), opened(t)])).map(({ store }) => store);

storeSuite('PostgreSQL', stores, async (seconds) => { passed += seconds * 1000; });
outages('PostgreSQL', opened, () => postgres);

test('PostgreSQL: processes that claim at once get one winner for each key', LONGEST, (t) =>
  raceProcesses(t, new URL('support/open-postgres.mjs', import.meta.url).href, String(postgres.port), { keys: 200 }));

test('PostgreSQL: the migrations can be run again, and by several processes at once', LONGEST, async (t) => {
  const { pool: admin } = await opened(t);
  for (let round = 0; round < 10; round += 1) {
    const schema = `round_${round}`;
    await admin.query(`create schema ${schema}`);
    const pools = Array.from({ length: 6 }, () => poolAt(postgres.port, { schema }));
    try {
      await Promise.all(pools.map((pool) => pool.query('select 1')));
      await Promise.all(pools.map(migrate));
      await postgresStore(pools[0]).set('kept', 'v', 60);
      await migrate(pools[1]);
      assert.equal(await postgresStore(pools[2]).get('kept'), 'v');
    } finally {
      await Promise.all(pools.map((pool) => pool.end()));
    }
  }
});

test('PostgreSQL: what has expired is removed from the table', LONGEST, async (t) => {
  const { store, pool } = await opened(t);
  await pool.query('delete from countersign_store');
  await Promise.all(Array.from({ length: 20 }, (_, n) => store.set(`old${n}`, 'v', 1)));
  passed += 2000;
  // A write removes what has expired by chance.
  t.mock.method(Math, 'random', () => 0);
  await store.set('last', 'v', 60);
  assert.deepEqual((await pool.query('select key from countersign_store')).rows, [{ key: 'last' }]);
});
