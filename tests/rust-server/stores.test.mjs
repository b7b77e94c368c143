// The stores of the kit in Rust: on a real Redis, PostgreSQL and SQLite, and one store with the kit in TypeScript.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { MIGRATIONS, postgresStore } from '../../server/node/src/stores/postgres.ts';
import { sqliteStore } from '../../server/node/src/stores/sqlite.ts';
import { storeSuite } from '../kit/support/store-suite.mjs';
import { open as openPostgres, poolAt } from '../stores/support/open-postgres.mjs';
import { open as openRedis } from '../stores/support/open-redis.mjs';
import { outages } from '../stores/support/outages.mjs';
import { startPostgres, startRedis } from '../stores/support/programs.mjs';
import { openRust } from './support/store.mjs';

const LONGEST = { timeout: 120_000 };
/** Redis has a clock of its own: time passes for each key. */
const PASS = "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('PEXPIRE', key, redis.call('PTTL', key) - ARGV[1]) end";
const postgresAt = ({ port }, schema = 'public') => `postgres://postgres@127.0.0.1:${port}/postgres?options=-c%20search_path%3D${schema}`;

let [redis, postgres, passed] = [undefined, undefined, 0];
// Not a whole number, as that of a clock of high resolution.
const clock = () => Date.now() + passed + 0.5;

before(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  const { migrate, close } = openRust(postgresAt(postgres));
  await migrate();
  await close();
}, LONGEST);
after(() => Promise.all([redis?.close(), postgres?.close()]), LONGEST);

/** Closes a client after the test. */
function closing(t, client) {
  t.after(client.close);
  return client;
}

const redisRust = async (t) => closing(t, openRust(`redis://127.0.0.1:${redis.port}`));
const postgresRust = async (t) => closing(t, openRust(postgresAt(postgres)));

/** Two clients in Rust, each in a process of its own, with one in TypeScript between them, of which `pass` lets time pass. */
function mixed(name, rust, node, pass) {
  let clients;
  storeSuite(name, async (t) => {
    const [one, other] = await Promise.all([rust(t), rust(t)]);
    clients = [one, await node(t), other];
    return clients.map(({ store }) => store);
  }, async (seconds) => {
    passed += seconds * 1000;
    await pass(clients, seconds * 1000);
  });
}

const passIn = ([one, , other], milliseconds) => Promise.all([one.pass(milliseconds), other.pass(milliseconds)]);

mixed('Redis, in Rust and TypeScript', redisRust, async (t) => closing(t, await openRedis(redis.port)),
  ([, { send }], milliseconds) => send('EVAL', PASS, '0', String(milliseconds)));
mixed('PostgreSQL, in Rust and TypeScript', postgresRust, async (t) => {
  passed = 0;
  return closing(t, await openPostgres(postgres.port, { clock }));
}, passIn);

/** A file of its own for each test. */
const files = new WeakMap();
function fileOf(t) {
  if (!files.has(t)) {
    const folder = mkdtempSync(path.join(tmpdir(), 'countersign-store-'));
    t.after(() => rmSync(folder, { recursive: true }));
    files.set(t, path.join(folder, 'store.sqlite'));
  }
  return files.get(t);
}
const sqliteRust = async (t) => closing(t, openRust(`sqlite:${fileOf(t)}`));
mixed('SQLite, in Rust and TypeScript', sqliteRust, async (t) => {
  passed = 0;
  const database = new DatabaseSync(fileOf(t));
  return closing(t, { store: sqliteStore(database, { clock }), close: () => database.close() });
}, passIn);

outages('Redis, in Rust', redisRust, () => redis);
outages('PostgreSQL, in Rust', postgresRust, () => postgres);

test('PostgreSQL: processes in Rust and TypeScript can migrate at once, and again', LONGEST, async (t) => {
  const admin = closing(t, await openPostgres(postgres.port)).pool;
  for (let round = 0; round < 5; round += 1) {
    const schema = `both_${round}`;
    await admin.query(`create schema ${schema}`);
    const rust = [0, 1, 2].map(() => openRust(postgresAt(postgres, schema)));
    const pools = [0, 1, 2].map(() => poolAt(postgres.port, { schema }));
    try {
      await Promise.all(pools.map((pool) => pool.query('select 1')));
      await Promise.all([...rust.map(({ migrate }) => migrate()), ...pools.map((pool) => pool.query(MIGRATIONS[0]))]);
      await rust[0].store.set('kept', 'v', 60);
      await rust[1].migrate();
      assert.equal(await postgresStore(pools[0]).get('kept'), 'v');
    } finally {
      await Promise.all([...rust.map(({ close }) => close()), ...pools.map((pool) => pool.end())]);
    }
  }
});

test('PostgreSQL, in Rust: what has expired is removed from the table', LONGEST, async (t) => {
  const { store, pass } = await postgresRust(t);
  const { pool } = closing(t, await openPostgres(postgres.port));
  await pool.query('delete from countersign_store');
  await Promise.all(Array.from({ length: 499 }, (_, n) => store.set(`old${n}`, 'v', 1)));
  await pass(2000);
  await store.set('last', 'v', 60);
  assert.deepEqual((await pool.query('select key from countersign_store')).rows, [{ key: 'last' }]);
});
