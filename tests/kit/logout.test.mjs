// Signing out.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createEngine } from './support/engine.mjs';
import { ADA, atCard, createBrowser, createSite, GRACE, V1 } from './support/site.mjs';

const HOME = 'https://app.example/bye';

function createLogout(opened = { kind: 'ask', client: { client_id: 'app', client_name: 'The App' }, resume: 'r' }, ending = { kind: 'signed_out' }) {
  const logout = { open: async () => opened, signOut: async () => ending };
  const site = createSite({ describe: { site_name: 'Harbor' }, script: { logout } });
  const browser = createBrowser(site);
  const start = (options) => browser.call('/logout/start', { realm: 'consumer', query: 'id_token_hint=x' }, options);
  const submit = (id, decision) => browser.call('/logout/submit', { logout: id, decision });
  return { site, browser, start, submit };
}

test('a request that proves nothing asks, and "sign out" signs out', async () => {
  const { site, start, submit } = createLogout();
  const { body } = await start();
  assert.deepEqual([body.outcome, body.site_name, body.account, body.client.name], ['confirm', 'Harbor', ADA, 'The App']);
  assert.deepEqual((await submit(body.logout, 'sign_out')).body, { outcome: 'signed_out' });
  assert.equal(site.engine.named('logout.signOut')[0].args[0], 'r');
});

test('"stay" never reaches the engine, and another answer afterwards is 409', async () => {
  const { site, start, submit } = createLogout();
  const { body } = await start();
  for (let n = 0; n < 2; n += 1) assert.deepEqual((await submit(body.logout, 'stay')).body, { outcome: 'stayed' });
  const other = await submit(body.logout, 'sign_out');
  assert.deepEqual([other.status, other.body.decision], [409, 'stay']);
  assert.equal(site.engine.named('logout.signOut').length, 0);
});

test('two answers at once sign out once', async () => {
  const { site, start, submit } = createLogout();
  const { body } = await start();
  const both = await Promise.all([submit(body.logout, 'sign_out'), submit(body.logout, 'sign_out')]);
  assert.deepEqual(both.map((one) => one.body.outcome), ['signed_out', 'signed_out']);
  assert.equal(site.engine.named('logout.signOut').length, 1);
});

test('if another account has signed in meanwhile, it is not signed out', async () => {
  const { site, browser, start, submit } = createLogout();
  const { body } = await start();
  browser.account = GRACE;
  assert.equal((await submit(body.logout, 'sign_out')).status, 410);
  assert.equal(site.engine.named('logout.signOut').length, 0);
});

test('if nobody is signed in, nobody is asked', async () => {
  const { site, browser, start } = createLogout();
  browser.account = null;
  assert.deepEqual((await start()).body, { outcome: 'signed_out' });
  assert.equal(site.engine.named('logout.signOut').length, 1);
});

test('what the engine answers at once is the outcome', async () => {
  assert.deepEqual((await createLogout({ kind: 'signed_out' }).start()).body, { outcome: 'signed_out' });
  assert.deepEqual((await createLogout({ kind: 'done', to: HOME }).start()).body, { outcome: 'redirect', redirect_uri: HOME });
  assert.equal((await createLogout({ kind: 'refused', error: 'invalid_request' }).start()).body.error, 'invalid_request');
  assert.equal((await createLogout({ kind: 'done', to: 'javascript:alert(1)' }).start()).status, 500);
});

test('an engine without sign-out says so in one word, and in version 1 by an error', async () => {
  const browser = createBrowser(createSite());
  const body = { realm: 'consumer', query: '' };
  assert.deepEqual((await browser.call('/logout/start', body)).body, { outcome: 'unsupported' });
  assert.equal((await browser.call('/logout/start', body, V1)).body.outcome, 'error');
  const { status, body: over } = await browser.call('/logout/submit', { logout: 'none', decision: 'sign_out' });
  assert.deepEqual([status, over.code], [410, 'expired']);
});

test('an engine whose sign-out is not made by signOutBy is refused when the kit is mounted', () => {
  const logout = { open: async () => ({ kind: 'signed_out' }), signOut: async () => ({ kind: 'signed_out' }) };
  assert.throws(() => createSite({ engine: { ...createEngine(), logout } }), /engine\.logout must be made by signOutBy/);
});

test('a request of a client is none to sign out, and the other way round', async () => {
  const { site, browser, start, submit } = createLogout();
  const { body: logout } = await start();
  assert.equal((await browser.start({ transaction: logout.logout })).status, 400);
  assert.equal((await browser.submit({ transaction: logout.logout, decision: 'deny', scopes: [] })).status, 400);
  const { body: card } = await browser.start();
  assert.equal((await submit(card.transaction, 'sign_out')).status, 400);
  assert.equal(site.engine.named('logout.signOut').length, 0);
});

test('another browser cannot answer', async () => {
  const { site, start } = createLogout();
  const { body } = await start();
  const other = createBrowser(site, GRACE);
  assert.equal((await other.call('/logout/submit', { logout: body.logout, decision: 'sign_out' })).status, 410);
  assert.ok(await atCard(site));
});
