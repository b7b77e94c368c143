// The stores that need no server.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { memoryStore } from '../../server/node/src/stores/memory.ts';
import { sqliteStore } from '../../server/node/src/stores/sqlite.ts';
import { raceProcesses } from './support/race.mjs';
import { storeSuite } from './support/store-suite.mjs';

let passed = 0;
const clock = () => Date.now() + passed;
const wait = async (seconds) => { passed += seconds * 1000; };

storeSuite('memory', async () => {
  const store = memoryStore({ clock, warn: null });
  return [store, store];
}, wait);

/** A file of its own for each test, and several connections to it. */
function openDatabase(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-store-'));
  const file = path.join(folder, 'store.sqlite');
  const databases = [0, 1, 2].map(() => new DatabaseSync(file));
  t.after(() => {
    for (const database of databases) database.close();
    rmSync(folder, { recursive: true });
  });
  return { file, databases };
}

storeSuite('SQLite', async (t) => openDatabase(t).databases.map((database) => sqliteStore(database, { clock })), wait);

test('SQLite: what has expired is removed from the file', async (t) => {
  const { databases: [database] } = openDatabase(t);
  const store = sqliteStore(database, { clock });
  const chance = t.mock.method(Math, 'random', () => 0.5);
  for (let n = 0; n < 20; n += 1) await store.set(`k${n}`, 'v', 1);
  await wait(2);
  await store.set('later', 'v', 1);
  assert.equal(database.prepare('select key from countersign_store').all().length, 21);
  await wait(2);
  chance.mock.mockImplementation(() => 0.0019);
  await store.set('last', 'v', 60);
  assert.deepEqual(database.prepare('select key from countersign_store').all().map(({ key }) => key), ['last']);
});

test('SQLite: processes that claim at once get one winner for each key', { timeout: 60_000 }, async (t) => {
  const { file, databases: [database] } = openDatabase(t);
  sqliteStore(database);
  await raceProcesses(t, new URL('support/open-sqlite.mjs', import.meta.url).href, file);
});
