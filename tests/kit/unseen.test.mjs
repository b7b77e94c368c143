// What a change of the kit could lose without any page noticing it at once.
import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryStore } from '../../server/node/src/index.ts';
import { asked } from './support/engine.mjs';
import { atCard, createBrowser, createSite, decisionOn, ORIGIN } from './support/site.mjs';

const DAY = 24 * 60 * 60;

/** A store that notes its writes: `{ key, value, seconds }`. */
function watchedStore(clock) {
  const store = memoryStore({ clock, warn: null });
  const writes = [];
  const watched = (work) => (key, ...rest) => {
    writes.push({ key, value: rest.length > 1 ? rest[0] : undefined, seconds: rest.at(-1) });
    return work(key, ...rest);
  };
  return { ...store, claim: watched(store.claim), set: watched(store.set), count: watched(store.count), writes };
}

test('a media type is JSON in whatever case it is written', async () => {
  const { status } = await createBrowser(createSite()).start(undefined, { headers: { 'Content-Type': 'Application/JSON; Charset=UTF-8' } });
  assert.equal(status, 200);
});

test('no answer of the API is kept by a cache, read as another type, or taken by another origin', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  for (const { headers } of [await browser.start(), await browser.submit(decisionOn(card, 'deny')), await browser.start({ transaction: 'unknown' })]) {
    assert.deepEqual(['cache-control', 'x-content-type-options', 'cross-origin-resource-policy'].map((name) => headers.get(name)), ['no-store', 'nosniff', 'same-origin']);
  }
});

test('a cookie of the same name that another host has set hides none of ours', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  for (const [before, after] of [['junk', ''], ['', 'junk']]) {
    const name = `__Host-countersign-${card.transaction}`;
    const header = [before && `${name}=${before}`, browser.cookies, after && `${name}=${after}`].filter(Boolean).join('; ');
    const { body } = await browser.start({ transaction: card.transaction }, { headers: { Cookie: header } });
    assert.equal(body.outcome, 'consent');
  }
});

test('what the store has of an open request ends with the request', async () => {
  const clock = () => Date.UTC(2026, 0, 1);
  const store = watchedStore(clock);
  const site = createSite({ store });
  await createBrowser(site).start({ query: `client_id=app&state=${'s'.repeat(32_000)}` });
  assert.deepEqual(store.writes.filter(({ key }) => key.startsWith('state:')).map(({ seconds }) => seconds), [900]);
});

test('a decision is known as long as the longest request lasts', async () => {
  const site = createSite();
  site.engine.script.open = () => asked({ expires_at: Math.floor(site.time.now / 1000) + DAY });
  const { browser, card } = await atCard(site);
  await browser.submit(decisionOn(card, 'deny'));
  site.time.now += (DAY - 60) * 1000;
  const late = await browser.submit(decisionOn(card));
  assert.deepEqual([late.status, late.body.decision], [409, 'deny']);
  assert.equal(site.engine.named('allow').length, 0);
});

test('the answer of one request, put in the place of another’s, is not given out', async () => {
  const site = createSite();
  const browser = createBrowser(site);
  const cards = [(await browser.start()).body, (await browser.start()).body];
  for (const card of cards) await browser.submit(decisionOn(card));
  const [theirs, ours] = cards.map(({ transaction }) => `answer:${transaction}`);
  await site.store.set(ours, await site.store.get(theirs), 60);
  assert.equal((await browser.start({ transaction: cards[1].transaction })).status, 409);
});

test('an engine that forwards without a card does so through its own origins alone', async () => {
  for (const [to, status] of [['https://evil.example/next', 500], [`${ORIGIN}/next`, 200], ['https://engine.example/next', 200]]) {
    const site = createSite({ script: { origins: ['https://engine.example'], open: () => ({ kind: 'done', to, intermediate: true }) } });
    assert.equal((await createBrowser(site).start()).status, status, to);
  }
});

test('the store has no address of a caller, and no id of a browser', async () => {
  const store = watchedStore(Date.now);
  const site = createSite({ store, addressOf: () => '192.0.2.1' });
  const { browser } = await atCard(site);
  await browser.start();
  const counted = store.writes.filter(({ key }) => key.startsWith('calls:'));
  assert.equal(counted.length, 3);
  for (const { key } of store.writes) for (const secret of ['192.0.2.1', browser.jar.get('__Host-countersign')]) assert.ok(!key.includes(secret), key);
});

test('an event of a call that is refused names the problem, and no place in the code', async () => {
  const site = createSite();
  await createBrowser(site).start({ transaction: 'unknown' });
  assert.deepEqual([site.events[0].status, site.events[0].code, site.events[0].error], [410, 'expired', undefined]);
});
