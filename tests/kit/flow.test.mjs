// The way of a request through the kit: card, decision, answer.
import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryStore } from '../../server/node/src/index.ts';
import { redeemedCodes } from '../../server/node/src/redeemed.ts';
import { asked, CALLBACK } from './support/engine.mjs';
import { atCard, createBrowser, createSite, decisionOn, GRACE, QUERY } from './support/site.mjs';

test('a request becomes a card, an Allow becomes the engine’s address, and the grant is what was shown', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  assert.equal(card.outcome, 'consent');
  assert.deepEqual(card.scopes.map(({ scope, required }) => [scope, required]), [['openid', true], ['read', false], ['write', false]]);
  const { status, body } = await browser.submit(decisionOn(card, 'allow', { scopes: [{ scope: 'openid' }, { scope: 'read' }], remember: true }));
  assert.deepEqual([status, body], [200, { outcome: 'redirect', redirect_uri: `${CALLBACK}?code=1` }]);
  const [{ args: [resume, grant] }] = site.engine.named('allow');
  assert.deepEqual(resume, { ticket: 't1' });
  assert.deepEqual(grant, { scopes: [{ scope: 'openid' }, { scope: 'read' }], resources: [], details: [], organization: undefined, remember: true });
});

test('the engine gets the query byte for byte', async () => {
  const site = createSite();
  const query = `${QUERY}&x=%e4+%2B&x=a%20b&&=`;
  await createBrowser(site).start({ query });
  assert.equal(site.engine.calls[0].args[0], query);
});

test('the engine gets back what it gave before for the same request, and for no other', async () => {
  let opened = 0;
  const site = createSite({ script: { open: () => asked({ resume: { ticket: `t${opened += 1}` } }) } });
  const { browser, card } = await atCard(site);
  await browser.start({ transaction: card.transaction });
  await browser.start();
  await browser.submit(decisionOn(card));
  assert.deepEqual(site.engine.named('open').map(({ args: [, { resume }] }) => resume?.ticket), [undefined, 't1', undefined, 't2']);
});

test('a Deny reaches the engine and its answer the page', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  const { body } = await browser.submit(decisionOn(card, 'deny'));
  assert.deepEqual(body, { outcome: 'redirect', redirect_uri: `${CALLBACK}?error=access_denied` });
});

test('without an account the page is sent to sign in, and comes back to the same transaction', async () => {
  const site = createSite();
  const browser = createBrowser(site, null);
  const { body: login } = await browser.start();
  assert.deepEqual([login.outcome, login.reason, login.attempt], ['login', 'no_session', 1]);
  const again = await browser.start({ transaction: login.transaction });
  assert.deepEqual(again.body, login);
  browser.account = GRACE;
  const { body: card } = await browser.start({ transaction: login.transaction });
  assert.equal(card.outcome, 'consent');
  assert.equal(card.transaction, login.transaction);
  assert.equal(card.account.sub, 'grace');
});

test('what the engine knows of the sign-in that it wants reaches the page', async () => {
  const site = createSite({ script: { open: () => ({ kind: 'login', reason: 'max_age', login_hint: 'ada@example.com', acr_values: 'urn:2fa' }) } });
  const { body } = await createBrowser(site).start();
  assert.deepEqual([body.reason, body.login_hint, body.acr_values], ['max_age', 'ada@example.com', 'urn:2fa']);
});

test('another browser does not get a transaction, by start or by submit', async () => {
  const site = createSite();
  const { card } = await atCard(site);
  const other = createBrowser(site, GRACE);
  for (const { status, body } of [await other.start({ transaction: card.transaction }), await other.submit(decisionOn(card))]) {
    assert.equal(status, 410);
    assert.equal(body.no_cookies, true);
    assert.equal(body.client, undefined);
  }
  assert.equal(site.engine.named('allow').length, 0);
});

test('an engine’s error is shown and never a redirect', async () => {
  const site = createSite({ script: { open: () => ({ kind: 'refused', error: 'invalid_client', description: 'unknown' }) } });
  const { body } = await createBrowser(site).start();
  assert.equal(body.outcome, 'error');
  assert.equal(body.error, 'invalid_client');
});

test('an engine that needs no user ends the request at once', async () => {
  const site = createSite({ script: { open: () => ({ kind: 'done', to: `${CALLBACK}?code=7` }) } });
  const { body } = await createBrowser(site).start();
  assert.deepEqual(body, { outcome: 'redirect', redirect_uri: `${CALLBACK}?code=7` });
});

test('a lost answer is repeated to the same key and to a page that is loaded again, for a minute', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  const key = 'k1';
  const first = await browser.submit(decisionOn(card), { key });
  assert.deepEqual((await browser.submit(decisionOn(card), { key })).body, first.body);
  assert.deepEqual((await browser.start({ transaction: card.transaction })).body, first.body);
  assert.equal(site.engine.named('allow').length, 1);
  site.time.now += 61_000;
  const late = await browser.start({ transaction: card.transaction });
  assert.deepEqual([late.status, late.body.decision, late.body.client.name], [409, 'allow', 'The App']);
});

test('a code that the client has redeemed is not given to a page that is loaded again', async () => {
  for (const ending of [{ to: `${CALLBACK}?code=a%2Bb` }, { to: `${CALLBACK}?state=s&iss=x&code=a%2Bb` }]) {
    const codes = redeemedCodes(memoryStore({ warn: null }));
    const site = createSite({ script: { allow: () => ending, isRedeemed: codes.isRedeemed } });
    const { browser, card } = await atCard(site);
    const first = await browser.submit(decisionOn(card), { key: 'k1' });
    await codes.note('another');
    assert.deepEqual((await browser.start({ transaction: card.transaction })).body, first.body);
    await codes.note('a+b');
    const late = await browser.start({ transaction: card.transaction });
    assert.deepEqual([late.status, late.body.code, late.body.decision], [409, 'already_answered', 'allow']);
    assert.deepEqual((await browser.submit(decisionOn(card), { key: 'k1' })).body, first.body, 'who made the decision may still wait for its answer');
  }
});

test('a redeemed code is known as long as an answer is repeated', async () => {
  const site = createSite({ script: { isRedeemed: (code) => codes.isRedeemed(code) } });
  const codes = redeemedCodes(site.store);
  const { browser, card } = await atCard(site);
  await browser.submit(decisionOn(card));
  await codes.note('1');
  site.time.now += 59_000;
  assert.equal((await browser.start({ transaction: card.transaction })).status, 409);
  assert.equal(await codes.isRedeemed('1'), true);
});

test('another key after a decision is 409 with the decision that counted, and another body under a key is 422', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  await browser.submit(decisionOn(card, 'deny'), { key: 'k1' });
  const other = await browser.submit(decisionOn(card, 'allow'), { key: 'k2' });
  assert.deepEqual([other.status, other.body.decision], [409, 'deny']);
  const reused = await browser.submit(decisionOn(card, 'allow'), { key: 'k1' });
  assert.equal(reused.status, 422);
});

test('of many decisions at once one counts, and the engine is asked once', async () => {
  const site = createSite({ script: { allow: async () => { await new Promise((resolve) => { setImmediate(resolve); }); return { to: `${CALLBACK}?code=1` }; } } });
  const { browser, card } = await atCard(site);
  const results = await Promise.all(Array.from({ length: 20 }, (_, n) => browser.submit(decisionOn(card), { key: `k${n}` })));
  assert.deepEqual(results.map(({ status }) => status).sort(), [200, ...Array(19).fill(409)]);
  assert.equal(site.engine.named('allow').length, 1);
});

test('a decision on a card that is no longer current gets the current one', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  site.engine.script.open = () => asked({ scopes: [{ scope: 'openid' }, { scope: 'admin' }] });
  const { body } = await browser.submit(decisionOn(card));
  assert.equal(body.outcome, 'consent');
  assert.notEqual(body.version, card.version);
  assert.equal(site.engine.named('allow').length, 0);
});
