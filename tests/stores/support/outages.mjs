// What a site does while its store is down. `open` makes a client of the store; `program` runs it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { CALLBACK, createEngine } from '../../kit/support/engine.mjs';
import { atCard, createBrowser, createSite, decisionOn } from '../../kit/support/site.mjs';

const LONGEST = { timeout: 60_000 };
const TIMEOUT = 1000;

function assertBusy({ status, headers, body }) {
  assert.equal(status, 503);
  assert.equal(body.code, 'unavailable');
  assert.match(headers.get('retry-after'), /^[1-9]\d*$/);
}

/**
 * @param name of the store, and of its client
 * @param open `(t) => Promise<{ store, back }>`; `back` resolves when the client is connected again
 * @param program `() => ({ crash, start })`
 */
export function outages(name, open, program) {
  test(`${name}: while the store is down a call is 503 with Retry-After, and then the same decision works`, LONGEST, async (t) => {
    const { store, back } = await open(t);
    const site = createSite({ store, clock: Date.now, timeout: TIMEOUT });
    const { browser, card } = await atCard(site);
    await program().crash();
    assertBusy(await browser.start({ transaction: card.transaction }));
    assertBusy(await browser.submit(decisionOn(card), { key: 'k' }));
    assert.equal((await createBrowser(site).start()).body.outcome, 'consent', 'a first card needs no store');
    await program().start();
    await back();
    const { status, body } = await browser.submit(decisionOn(card), { key: 'k' });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual((await browser.submit(decisionOn(card), { key: 'k' })).body, body);
    assert.equal(site.engine.named('allow').length, 1);
  });

  test(`${name}: a decision that was made while the store went down is answered, and not made again`, LONGEST, async (t) => {
    const { store, back } = await open(t);
    let ahead = 0;
    const engine = createEngine({ allow: () => program().crash().then(() => ({ to: `${CALLBACK}?code=1` })) });
    const site = createSite({ store, engine, clock: () => Date.now() + ahead, timeout: TIMEOUT });
    const { browser, card } = await atCard(site);
    const { status, body } = await browser.submit(decisionOn(card), { key: 'k' });
    assert.deepEqual([status, body.outcome], [200, 'redirect']);
    await program().start();
    await back();
    ahead = 60_000;
    const again = await browser.submit(decisionOn(card), { key: 'k' });
    assert.deepEqual([again.status, again.body.code, again.body.decision], [409, 'already_answered', 'allow']);
    assert.equal(engine.named('allow').length, 1);
  });
}
