// One site of two processes, one with the kit in Rust and one with that in TypeScript, on one store.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { describe, memoryEngine, newQuery } from '../../scripts/cluster/memory.mjs';
import { accountOf, sessionOf } from '../../scripts/cluster/sessions.mjs';
import { redisStore } from '../../server/node/src/stores/redis.ts';
import { createBrowser, createSite, decisionOn, ORIGIN, SECRET } from '../kit/support/site.mjs';
import { open as openPostgres } from '../stores/support/open-postgres.mjs';
import { open as openRedis } from '../stores/support/open-redis.mjs';
import { startPostgres, startRedis } from '../stores/support/programs.mjs';
import { startHost } from './support/host.mjs';
import { openRust } from './support/store.mjs';

const LONGEST = { timeout: 120_000 };
const ROUNDS = 20;
const TIMEOUT = 1000;
const STORES = {
  Redis: { start: startRedis, address: ({ port }) => `redis://127.0.0.1:${port}`, open: openRedis },
  PostgreSQL: { start: startPostgres, address: ({ port }) => `postgres://postgres@127.0.0.1:${port}/postgres`, open: openPostgres },
};

/** The host in Rust, as a site of the tests of the kit. */
async function rustSite(t, address, more = {}) {
  const env = { COUNTERSIGN_ORIGIN: ORIGIN, COUNTERSIGN_SECRETS: SECRET, COUNTERSIGN_STORE: address, COUNTERSIGN_TIMEOUT: String(TIMEOUT), ...more };
  const host = await startHost(env);
  t.after(host.close);
  const handler = async (request) => {
    const { pathname, search } = new URL(request.url);
    return fetch(host.origin + pathname + search, { method: request.method, headers: request.headers, body: request.body && await request.text(), redirect: 'manual' });
  };
  return { origin: ORIGIN, handler, close: host.close };
}

const twinSite = (store, more = {}) => createSite({
  store, engine: memoryEngine(ORIGIN), describe, account: accountOf, clock: Date.now, timeout: TIMEOUT, realms: ['consumer', 'b2b'], ...more,
});

/** A browser with a session, at a site; `at` is the same browser at the other one. */
async function browserAt(site) {
  const browser = createBrowser(site);
  browser.jar.set(...await sessionOf());
  browser.at = (other) => {
    const same = createBrowser(other);
    for (const [name, value] of browser.jar) same.jar.set(name, value);
    return same;
  };
  return browser;
}

async function cardAt(site) {
  const browser = await browserAt(site);
  const { status, body: card } = await browser.start({ query: newQuery() });
  assert.deepEqual([status, card.outcome], [200, 'consent'], JSON.stringify(card));
  return { browser, card };
}

function assertBusy({ status, headers, body }) {
  assert.deepEqual([status, body.code], [503, 'unavailable']);
  assert.match(headers.get('retry-after'), /^[1-9]\d*$/);
}

for (const [name, { start, address, open }] of Object.entries(STORES)) {
  let program;
  before(async () => {
    program = await start();
    const { migrate, close } = openRust(address(program));
    await migrate();
    await close();
  }, LONGEST);
  after(() => program?.close(), LONGEST);

  const both = async (t) => {
    const client = await open(program.port);
    t.after(client.close);
    const twin = twinSite(client.store);
    return { twin, back: client.back, rust: await rustSite(t, address(program)) };
  };

  test(`${name}: what one kit has opened the other one shows and decides, and both give the same answer again`, LONGEST, async (t) => {
    const { rust, twin } = await both(t);
    for (const [one, other] of [[rust, twin], [twin, rust]]) {
      const { browser, card } = await cardAt(one);
      const elsewhere = browser.at(other);
      const shown = await elsewhere.start({ transaction: card.transaction });
      assert.deepEqual([shown.status, shown.body.version], [200, card.version]);
      const { status, body } = await elsewhere.submit(decisionOn(card), { key: 'k' });
      assert.deepEqual([status, body.outcome], [200, 'redirect'], JSON.stringify(body));
      assert.deepEqual((await browser.submit(decisionOn(card), { key: 'k' })).body, body);
      const late = await browser.submit(decisionOn(card, 'deny'), { key: 'd' });
      assert.deepEqual([late.status, late.body.code, late.body.decision], [409, 'already_answered', 'allow']);
    }
  });

  test(`${name}: a request that no cookie can hold goes on in the other kit`, LONGEST, async (t) => {
    const { rust, twin } = await both(t);
    for (const [one, other] of [[rust, twin], [twin, rust]]) {
      const browser = await browserAt(one);
      const { body: card } = await browser.start({ query: `${newQuery()}&x=${'x'.repeat(6000)}` });
      assert.equal(card.outcome, 'consent');
      assert.equal((await browser.at(other).submit(decisionOn(card))).body.outcome, 'redirect');
    }
  });

  test(`${name}: decisions that come to both kits at once count once`, LONGEST, async (t) => {
    const { rust, twin } = await both(t);
    const winners = new Set();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { browser, card } = await cardAt(round % 2 ? rust : twin);
      const places = [browser.at(rust), browser.at(twin), browser.at(rust), browser.at(twin)];
      const results = await Promise.all(places.map((place, index) => place.submit(decisionOn(card, index < 2 ? 'allow' : 'deny'), { key: `${index}` })));
      assert.deepEqual(results.map(({ status }) => status).sort(), [200, 409, 409, 409]);
      winners.add(results.findIndex(({ status }) => status === 200) % 2);
    }
    t.diagnostic(`won by ${[...winners].map((winner) => ['Rust', 'TypeScript'][winner]).join(' and ')}`);
  });

  test(`${name}: while the store is down the kit in Rust answers 503 with Retry-After, and then the same decision works`, LONGEST, async (t) => {
    const { rust, twin, back } = await both(t);
    const { browser, card } = await cardAt(rust);
    await program.crash();
    assertBusy(await browser.start({ transaction: card.transaction }));
    assertBusy(await browser.submit(decisionOn(card), { key: 'k' }));
    await program.start();
    await back();
    const { status, body } = await browser.submit(decisionOn(card), { key: 'k' });
    assert.deepEqual([status, body.outcome], [200, 'redirect'], JSON.stringify(body));
    assert.deepEqual((await browser.at(twin).submit(decisionOn(card), { key: 'k' })).body, body);
  });
}

test('Redis: a new secret goes round both kits while requests are open', LONGEST, async (t) => {
  const program = await startRedis();
  t.after(program.close);
  const client = await openRedis(program.port);
  t.after(client.close);
  const store = redisStore((...args) => client.send(...args));
  const [old, next] = [SECRET, 'the next secret of the tests, as long as it must be'];
  const { browser, card } = await cardAt(await rustSite(t, `redis://127.0.0.1:${program.port}`));
  const both = twinSite(store, { secret: [old, next] });
  const first = await rustSite(t, `redis://127.0.0.1:${program.port}`, { COUNTERSIGN_SECRETS: `${next}\n${old}` });
  const again = browser.at(first);
  assert.equal((await again.start({ transaction: card.transaction })).body.version, card.version);
  const { body } = await again.submit(decisionOn(card), { key: 'k' });
  assert.equal(body.outcome, 'redirect');
  assert.deepEqual((await browser.at(both).submit(decisionOn(card), { key: 'k' })).body, body);
});
