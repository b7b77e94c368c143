// One decision: races, replays, and engines that fail in the middle of one.
import assert from 'node:assert/strict';
import test from 'node:test';
import { EngineUnavailable, memoryStore, RequestGone } from '../../server/node/src/index.ts';
import { asked, CALLBACK, createEngine } from './support/engine.mjs';
import { createSeal } from '../../server/node/src/seal.ts';
import { ADA, atCard, createBrowser, createSite, decisionOn, GRACE, SECRET } from './support/site.mjs';

/** A promise that a test settles. */
function deferred() {
  let settle;
  const promise = new Promise((resolve, reject) => { settle = { resolve, reject }; });
  return { promise, ...settle };
}

/** Takes out of a request's cookie what the version before does not know. */
async function olderState({ jar }, id) {
  const [seal, name, purpose] = [createSeal([SECRET]), `__Host-countersign-${id}`, `state scripted ${id} `];
  const { request, ...state } = JSON.parse(await seal.open(jar.get(name), purpose));
  assert.match(request, /^request:/);
  jar.set(name, await seal.seal(JSON.stringify(state), purpose));
}

test('of an Allow and a Deny at once, one counts, and the other hears which', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  const results = await Promise.all(['allow', 'deny', 'allow', 'deny'].map((decision) => browser.submit(decisionOn(card, decision))));
  const [{ body: won }] = results.filter(({ status }) => status === 200);
  const counted = won.redirect_uri.includes('code=') ? 'allow' : 'deny';
  assert.deepEqual(results.filter(({ status }) => status === 409).map(({ body }) => body.decision), [counted, counted, counted]);
  assert.equal(site.engine.named('allow').length + site.engine.named('deny').length, 1);
});

test('the same key and body at once get one answer of one decision', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  const results = await Promise.all(Array.from({ length: 10 }, () => browser.submit(decisionOn(card), { key: 'k' })));
  for (const { status, body } of results) assert.deepEqual([status, body], [200, results[0].body]);
  assert.equal(site.engine.named('allow').length, 1);
});

test('two processes with one store decide once', async () => {
  const store = memoryStore({ warn: null });
  const engine = createEngine();
  const [one, two] = [createSite({ store, engine }), createSite({ store, engine })];
  const { browser, card } = await atCard(one);
  const elsewhere = createBrowser(two);
  for (const [name, value] of browser.jar) elsewhere.jar.set(name, value);
  const results = await Promise.all([browser.submit(decisionOn(card)), elsewhere.submit(decisionOn(card))]);
  assert.deepEqual(results.map(({ status }) => status).sort(), [200, 409]);
  assert.equal(engine.named('allow').length, 1);
});

test('while a decision is in progress, the same key waits and a page that is loaded again gets its answer', async () => {
  const gate = deferred();
  const reached = deferred();
  const site = createSite({ script: { allow: () => { reached.resolve(); return gate.promise; } } });
  const { browser, card } = await atCard(site);
  const first = browser.submit(decisionOn(card), { key: 'k' });
  await reached.promise;
  const same = browser.submit(decisionOn(card), { key: 'k' });
  const reload = browser.start({ transaction: card.transaction });
  const other = await browser.submit(decisionOn(card, 'deny'), { key: 'k' });
  assert.equal(other.status, 422);
  gate.resolve({ to: `${CALLBACK}?code=slow` });
  const bodies = (await Promise.all([first, same, reload])).map(({ body }) => body);
  assert.deepEqual(bodies, Array(3).fill({ outcome: 'redirect', redirect_uri: `${CALLBACK}?code=slow` }));
  assert.equal(site.engine.named('allow').length, 1);
});

test('an engine that is down is 503 with Retry-After, and then any decision can be made', async () => {
  const site = createSite({ script: { allow: () => { throw new EngineUnavailable('down', { retryAfter: 7 }); } } });
  const { browser, card } = await atCard(site);
  const down = await browser.submit(decisionOn(card), { key: 'k' });
  assert.deepEqual([down.status, down.body.code, down.headers.get('retry-after')], [503, 'unavailable', '7']);
  delete site.engine.script.allow;
  const denied = await browser.submit(decisionOn(card, 'deny'));
  assert.equal(denied.body.redirect_uri, `${CALLBACK}?error=access_denied`);
});

test('an engine that is slow is 503, its call is aborted, and the same decision can be tried again, but no other', async () => {
  let heard;
  const site = createSite({ timeout: 30, script: { allow: (resume, grant, { signal }) => new Promise((resolve, reject) => { heard = signal; signal.addEventListener('abort', () => reject(signal.reason)); }) } });
  const { browser, card } = await atCard(site);
  const slow = await browser.submit(decisionOn(card), { key: 'k' });
  assert.equal(slow.status, 503);
  assert.equal(heard.aborted, true);
  assert.ok(Number(slow.headers.get('retry-after')) >= 1);
  delete site.engine.script.allow;
  const other = await browser.submit(decisionOn(card, 'deny'));
  assert.deepEqual([other.status, other.body.decision], [409, 'allow']);
  const retry = await browser.submit(decisionOn(card), { key: 'k' });
  assert.equal(retry.body.redirect_uri, `${CALLBACK}?code=1`);
});

test('an engine that ignores the abort is left alone: the call ends, and its late answer sets nothing', async () => {
  const gate = deferred();
  let late;
  const site = createSite({ timeout: 30, script: { open: (query, context) => { late = context; return gate.promise; } } });
  const browser = createBrowser(site);
  const slow = await browser.start();
  assert.equal(slow.status, 503);
  late.setCookie('late=1');
  gate.resolve(asked());
  delete site.engine.script.open;
  assert.equal((await browser.start()).body.outcome, 'consent');
  assert.equal(browser.jar.has('late'), false);
});

test('an engine that fails in the middle of a decision is not asked twice: nobody knows what it did', async () => {
  const site = createSite({ script: { allow: () => { throw new Error(`leaked ${CALLBACK}?code=secret`); } } });
  const { browser, card } = await atCard(site);
  const broken = await browser.submit(decisionOn(card), { key: 'k' });
  assert.equal(broken.status, 500);
  assert.doesNotMatch(JSON.stringify(broken.body), /secret|leaked/);
  delete site.engine.script.allow;
  assert.equal((await browser.submit(decisionOn(card), { key: 'k' })).status, 500);
  const other = await browser.submit(decisionOn(card), { key: 'k2' });
  assert.deepEqual([other.status, other.body.decision], [409, 'allow']);
  assert.equal(site.engine.named('allow').length, 1);
});

test('a request that the engine no longer knows is 410 with the client, at start and at submit', async () => {
  const site = createSite({ script: { allow: () => { throw new RequestGone(); } } });
  const { browser, card } = await atCard(site);
  assert.equal((await browser.submit(decisionOn(card))).status, 410);
  const reload = await browser.start({ transaction: card.transaction });
  assert.deepEqual([reload.status, reload.body.client.name], [410, 'The App']);
  site.engine.script.open = () => { throw new RequestGone(); };
  assert.equal((await browser.start()).status, 410);
});

test('one request of the engine under two transactions is decided once', async () => {
  const site = createSite({ script: { open: () => asked({ request_id: 'challenge 1' }) } });
  const browser = createBrowser(site);
  const [{ body: one }, { body: two }] = [await browser.start(), await browser.start()];
  assert.notEqual(one.transaction, two.transaction);
  const results = await Promise.all([browser.submit(decisionOn(one)), browser.submit(decisionOn(two, 'deny'))]);
  assert.deepEqual(results.map(({ status }) => status).sort(), [200, 409]);
  const lost = results.findIndex(({ status }) => status === 409);
  const reload = await browser.start({ transaction: [one, two][lost].transaction });
  assert.deepEqual([reload.status, reload.body.decision], [409, results[lost].body.decision]);
  assert.equal((await browser.start()).status, 409);
  assert.equal(site.engine.named('allow').length + site.engine.named('deny').length, 1);
});

test('another browser with the same request of the engine does not get the answer', async () => {
  const site = createSite({ script: { open: () => asked({ request_id: 'challenge 1' }) } });
  const { browser, card } = await atCard(site);
  await browser.submit(decisionOn(card));
  const { status, body } = await createBrowser(site, GRACE).start();
  assert.equal(status, 409);
  assert.doesNotMatch(JSON.stringify(body), /code=/);
});

test('a request of the engine that was not answered stays open for both', async () => {
  const site = createSite({ script: { open: () => asked({ request_id: 'r' }), allow: () => { throw new EngineUnavailable('down'); } } });
  const { browser, card } = await atCard(site);
  const { body: other } = await browser.start();
  await browser.submit(decisionOn(card));
  delete site.engine.script.allow;
  assert.equal((await browser.submit(decisionOn(other))).status, 200);
});

test('a Deny works after the session has ended, with what the engine gave before', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  browser.account = null;
  site.engine.script.open = () => ({ kind: 'login', reason: 'no_session' });
  const { body } = await browser.submit({ transaction: card.transaction, decision: 'deny', scopes: [] });
  assert.equal(body.redirect_uri, `${CALLBACK}?error=access_denied`);
  assert.deepEqual(site.engine.named('deny')[0].args[0], { ticket: 't1' });
});

test('a Deny before any sign-in uses what the engine gave with its login answer, and without that the page says so', async () => {
  const site = createSite({ script: { open: () => ({ kind: 'login', reason: 'no_session', resume: 'early' }) } });
  const browser = createBrowser(site, null);
  const { body: login } = await browser.start();
  const { body } = await browser.submit({ transaction: login.transaction, decision: 'deny', scopes: [] });
  assert.equal(body.outcome, 'redirect');
  assert.equal(site.engine.named('deny')[0].args[0], 'early');
  site.engine.script.open = () => ({ kind: 'login', reason: 'no_session' });
  const { body: again } = await browser.start();
  const told = await browser.submit({ transaction: again.transaction, decision: 'deny', scopes: [] });
  assert.deepEqual([told.body.outcome, told.body.error], ['error', 'access_denied']);
});

test('a Deny is a denial, even if the engine would answer with a grant by now', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  site.engine.script.open = () => ({ kind: 'done', to: `${CALLBACK}?code=granted` });
  const { body } = await browser.submit(decisionOn(card, 'deny'));
  assert.equal(body.redirect_uri, `${CALLBACK}?error=access_denied`);
});

test('after a card, a Deny asks the engine nothing else: consent that is no longer needed makes no code that nobody gets', async () => {
  const site = createSite({ script: { open: () => asked({ request_id: 'challenge 1' }) } });
  const browser = createBrowser(site);
  const [{ body: one }, { body: two }] = [await browser.start(), await browser.start()];
  let codes = 0;
  site.engine.script.open = () => ({ kind: 'done', to: `${CALLBACK}?code=${codes += 1}` });
  const { body } = await browser.submit(decisionOn(one, 'deny'));
  assert.deepEqual([body.redirect_uri, codes], [`${CALLBACK}?error=access_denied`, 0]);
  site.engine.script.open = () => asked({ request_id: 'challenge 1' });
  const other = await browser.submit(decisionOn(two));
  assert.deepEqual([other.status, other.body.decision], [409, 'deny'], 'the request is denied under all of its transactions');
});

test('so it is where the engine has no name for the request', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  await browser.submit(decisionOn(card, 'deny'));
  assert.deepEqual(['open', 'deny'].map((name) => site.engine.named(name).length), [1, 1]);
});

test('a Deny of a request that a process of the version before has opened is claimed by its name, too', async () => {
  const site = createSite({ script: { open: () => asked({ request_id: 'challenge 1' }) } });
  const browser = createBrowser(site);
  const [{ body: one }, { body: two }] = [await browser.start(), await browser.start()];
  await olderState(browser, one.transaction);
  assert.equal((await browser.submit(decisionOn(one, 'deny'))).body.outcome, 'redirect');
  assert.equal(site.engine.named('open').length, 3);
  assert.equal((await browser.submit(decisionOn(two))).status, 409);
});

test('a request that ends without a decision ends once: a reload gets its answer, and later 409 without a decision', async () => {
  const site = createSite();
  const browser = createBrowser(site, null);
  const { body: login } = await browser.start();
  browser.account = ADA;
  let codes = 0;
  site.engine.script.open = () => ({ kind: 'done', to: `${CALLBACK}?code=${codes += 1}` });
  const calls = await Promise.all([1, 2, 3].map(() => browser.start({ transaction: login.transaction })));
  assert.equal(new Set(calls.map(({ body }) => body.redirect_uri)).size, 1);
  site.time.now += 61_000;
  const late = await browser.start({ transaction: login.transaction });
  assert.deepEqual([late.status, 'decision' in late.body], [409, false]);
});

test('a decision whose process has ended in the middle is 409: nobody knows what the engine did', async () => {
  const store = memoryStore({ warn: null });
  const site = createSite({ store, timeout: 1000, script: { allow: () => new Promise(() => {}) } });
  const { browser, card } = await atCard(site);
  // Its answer never comes, as that of a process that was killed.
  const claimed = deferred();
  const { claim } = store;
  store.claim = async (key, ...rest) => { const before = await claim(key, ...rest); if (key.startsWith('decision:')) claimed.resolve(); return before; };
  const dead = createSite({ store: { ...store, set: (key, value, seconds) => (key.startsWith('decision:') ? Promise.resolve() : store.set(key, value, seconds)) }, engine: site.engine, timeout: 20 });
  const other = createBrowser(dead);
  for (const [name, value] of browser.jar) other.jar.set(name, value);
  await other.submit(decisionOn(card));
  await claimed.promise;
  site.time.now += 10_000;
  const late = await browser.submit(decisionOn(card));
  assert.deepEqual([late.status, late.body.decision], [409, 'allow']);
});

test('a store that is down is 503 with Retry-After, and works again afterwards', async () => {
  const store = memoryStore({ warn: null });
  let isDown = false;
  const flaky = Object.fromEntries(Object.entries(store).map(([name, work]) => [name, async (...args) => { if (isDown) throw new Error('ECONNREFUSED'); return work(...args); }]));
  const site = createSite({ store: flaky });
  const { browser, card } = await atCard(site);
  isDown = true;
  const down = await browser.submit(decisionOn(card), { key: 'k' });
  assert.equal(down.status, 503);
  assert.ok(Number(down.headers.get('retry-after')) >= 1);
  isDown = false;
  assert.equal((await browser.submit(decisionOn(card), { key: 'k' })).body.outcome, 'redirect');
});

test('a store that does not answer is 503 as well', async () => {
  const store = memoryStore({ warn: null });
  const site = createSite({ timeout: 30, store: { ...store, get: () => new Promise(() => {}) } });
  const { browser, card } = await atCard(site);
  assert.equal((await browser.submit(decisionOn(card))).status, 503);
});

test('a claim that comes through after its call was answered is taken back', async () => {
  const store = memoryStore({ warn: null });
  const [late, deleted] = [deferred(), deferred()];
  const { claim, delete: remove } = store;
  store.claim = async (...args) => { await late.promise; return claim(...args); };
  store.delete = async (key) => { await remove(key); deleted.resolve(key); };
  const site = createSite({ store, timeout: 30 });
  const { browser, card } = await atCard(site);
  const busy = await browser.submit(decisionOn(card), { key: 'k' });
  assert.deepEqual([busy.status, busy.headers.get('retry-after')], [503, '2']);
  late.resolve();
  assert.match(await deleted.promise, /^decision:/);
  assert.equal((await browser.submit(decisionOn(card), { key: 'k' })).body.outcome, 'redirect');
  assert.equal(site.engine.named('allow').length, 1);
});

test('a store that fails after the engine has answered costs no answer', async () => {
  const store = memoryStore({ warn: null });
  const site = createSite({ store: { ...store, set: async () => { throw new Error('down'); } } });
  const { browser, card } = await atCard(site);
  assert.equal((await browser.submit(decisionOn(card))).body.redirect_uri, `${CALLBACK}?code=1`);
});
