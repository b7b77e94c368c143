// The stores of Workers, D1 and a Durable Object, in workerd: what every store must do.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../../scripts/lib/root.mjs';
import { d1Store, MIGRATIONS } from '../../server/node/src/stores/d1.ts';
import { durableObjectStore } from '../../server/node/src/stores/durable-object.ts';
import { storeSuite } from '../kit/support/store-suite.mjs';

const LONGEST = { timeout: 120_000 };
/** Fewer than elsewhere: every call goes through the proxy of miniflare, which takes milliseconds. */
const RACES = { races: 15 };
const { resolve } = createRequire(inRoot('examples', 'engines', 'workers', 'server.mjs'));
const { Miniflare } = await import(pathToFileURL(resolve('miniflare')).href);
const { build } = await import('esbuild');

let worker;
let database;
let objects;
let passed = 0;
const clock = () => Date.now() + passed;
const wait = async (seconds) => { passed += seconds * 1000; };

before(async () => {
  const entry = `export { CountersignStore } from './durable-object.ts'; export default { fetch: () => new Response(null, { status: 404 }) };`;
  const { outputFiles: [{ text }] } = await build({ stdin: { contents: entry, resolveDir: inRoot('server', 'node', 'src', 'stores') }, bundle: true, write: false, format: 'esm', target: 'es2024' });
  worker = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents: text }],
    compatibilityDate: '2026-07-01',
    d1Databases: ['DECISIONS'],
    durableObjects: { STORE: { className: 'CountersignStore', useSQLite: true } },
    telemetry: { enabled: false },
  });
  await worker.ready;
  database = await worker.getD1Database('DECISIONS');
  objects = await worker.getDurableObjectNamespace('STORE');
  for (const statement of MIGRATIONS) await database.prepare(statement).run();
}, LONGEST);
after(() => worker.dispose(), LONGEST);

const three = (open) => [open(), open(), open()];
storeSuite('D1', async () => three(() => d1Store(database, { clock })), wait, RACES);
storeSuite('Durable Object', async () => three(() => durableObjectStore(objects, { clock })), wait, RACES);

test('Durable Object: one of another name is another store', LONGEST, async () => {
  const [one, other] = ['one', 'other'].map((name) => durableObjectStore(objects, { name }));
  assert.equal(await one.claim('key', 'value', 60), null);
  assert.equal(await other.get('key'), null);
  assert.equal(await durableObjectStore(objects, { name: 'one' }).get('key'), 'value');
});

test('Durable Object: a caller can run the statements of a store, and no other', LONGEST, async () => {
  const object = objects.get(objects.idFromName('countersign'));
  for (const place of [6, -1, 0.5, 'length', 'drop table countersign_store', null]) {
    const response = await object.fetch('https://store/', { method: 'POST', body: JSON.stringify([place, []]) });
    assert.equal(response.status, 404, `${place}`);
  }
});
