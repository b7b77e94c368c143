// What every store must do. `open` makes one more client of the same store; its clock is the test's if the store has none of its own.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createEngine } from './engine.mjs';
import { createBrowser, createSite, decisionOn } from './site.mjs';

const CALLERS = 8;
let used = 0;
const newKey = () => `test:${process.pid}:${Date.now()}:${used += 1}`;

/**
 * @param name of the store
 * @param open `(t) => Promise<Store[]>`: several clients of one store
 * @param wait `(seconds) => Promise<void>`: lets time pass for the store
 * @param options `races`: how often several calls claim at once
 */
export function storeSuite(name, open, wait, { races = 100 } = {}) {
  test(`${name}: a claim sets a value once, and says what the key has`, async (t) => {
    const [one, two] = await open(t);
    const key = newKey();
    assert.equal(await one.claim(key, 'a "b" ä 😀', 60), null);
    assert.equal(await two.claim(key, 'c', 60), 'a "b" ä 😀');
    assert.equal(await two.get(key), 'a "b" ä 😀');
    await two.set(key, 'd', 60);
    assert.equal(await one.claim(key, 'e', 60), 'd');
    await one.delete(key);
    assert.equal(await two.get(key), null);
    assert.equal(await two.claim(key, 'f', 60), null);
  });

  test(`${name}: of many claims at once exactly one is first, and all others hear of it`, async (t) => {
    const clients = await open(t);
    for (let race = 0; race < races; race += 1) {
      const key = newKey();
      const results = await Promise.all(Array.from({ length: CALLERS }, (_, caller) => clients[caller % clients.length].claim(key, String(caller), 60)));
      const winner = results.indexOf(null);
      assert.notEqual(winner, -1);
      assert.deepEqual(results.filter((_, caller) => caller !== winner), Array(CALLERS - 1).fill(String(winner)));
    }
  });

  test(`${name}: counts are exact when many count at once`, async (t) => {
    const clients = await open(t);
    const key = newKey();
    const counts = await Promise.all(Array.from({ length: 50 }, (_, caller) => clients[caller % clients.length].count(key, 60)));
    assert.deepEqual(counts.sort((a, b) => a - b), Array.from({ length: 50 }, (_, n) => n + 1));
  });

  test(`${name}: values, claims and counts end in time, and a count does not last longer for being used`, async (t) => {
    const [one] = await open(t);
    const [value, claim, count, long] = [newKey(), newKey(), newKey(), newKey()];
    await one.set(value, 'v', 2);
    await one.set(long, 'v', 60);
    await one.claim(claim, 'c', 2);
    await one.count(count, 2);
    await wait(1);
    assert.equal(await one.count(count, 2), 2);
    assert.equal(await one.claim(claim, 'd', 2), 'c');
    await wait(1.1);
    assert.equal(await one.get(value), null);
    assert.equal(await one.claim(claim, 'd', 2), null);
    assert.equal(await one.count(count, 2), 1);
    assert.equal(await one.get(long), 'v');
  });

  test(`${name}: a value of 64 kB and a key of 200 characters fit`, async (t) => {
    const [one, two] = await open(t);
    const key = newKey().padEnd(200, 'k');
    await one.set(key, 'v'.repeat(65_536), 60);
    assert.equal((await two.get(key)).length, 65_536);
  });

  test(`${name}: two processes of a site decide a request once`, async (t) => {
    const [one, two] = await open(t);
    const engine = createEngine();
    // The clock of a store that has its own is the machine's.
    const clock = Date.now;
    const sites = [one, two].map((store) => createSite({ store, engine, clock }));
    for (let race = 0; race < 10; race += 1) {
      const browser = createBrowser(sites[0]);
      const { body: card } = await browser.start();
      const elsewhere = createBrowser(sites[1]);
      for (const [cookie, value] of browser.jar) elsewhere.jar.set(cookie, value);
      const results = await Promise.all([browser, elsewhere].flatMap((from) => [from.submit(decisionOn(card)), from.submit(decisionOn(card, 'deny'))]));
      assert.deepEqual(results.map(({ status }) => status).sort(), [200, 409, 409, 409]);
    }
    assert.equal(engine.named('allow').length + engine.named('deny').length, 10);
  });
}
