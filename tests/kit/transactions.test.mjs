// What one kit has opened, decided and kept, the other goes on with: by tests/vectors/server/transactions.json. The same for the kit in
// Rust: server/rust/tests/transactions.rs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';
import { ADA, createBrowser, createSite } from './support/site.mjs';

const { transactions } = JSON.parse(readFileSync(inRoot('tests', 'vectors', 'server', 'transactions.json'), 'utf8'));

/** A browser with the cookies of a vector, at a site with its store. */
async function browserOf({ cookies, store }) {
  const site = createSite();
  for (const [key, value] of Object.entries(store)) await site.store.set(key, value, 3600);
  const browser = createBrowser(site);
  for (const [name, value] of Object.entries(cookies)) browser.jar.set(name, value);
  return browser;
}

test('there are requests of both kits', () => {
  const names = (kit) => transactions.filter(({ by }) => by === kit).map(({ name }) => name);
  assert.ok(names('node').length > 4);
  assert.deepEqual(names('node'), names('rust'));
});

for (const vector of transactions) {
  test(`${vector.name}, by ${vector.by}, goes on as in its own kit`, async () => {
    const browser = await browserOf(vector);
    for (const { page, path, body, key, account, status, answer, text } of vector.calls) {
      if (page !== undefined) {
        const response = await browser.send(page);
        assert.deepEqual([response.status, await response.text()], [status, text]);
        continue;
      }
      browser.account = account === undefined ? null : ADA;
      const found = await browser.call(path, JSON.parse(body), { headers: key === undefined ? {} : { 'Idempotency-Key': key } });
      const { request_id: _, ...rest } = found.body;
      assert.deepEqual([found.status, rest], [status, answer], path);
    }
  });
}
