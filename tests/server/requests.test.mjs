import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { formOf, transactionOf } from './answers.mjs';
import { ADA, Browser, Client, GRACE, connect, errorOf, startServer } from './harness.mjs';

test('pushed, signed and wrapped requests', async (t) => {
  const { origin, clock } = await startServer(t);
  const client = await Client.known(origin);
  const push = async (more) => (await oauth.buildAuthorizationUrlWithPAR(client.config, await client.parameters(more))).search.slice(1);

  await t.test('PAR: a reload before the decision works, and the request is used once', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const query = await push({ prompt: 'consent' });
    const first = await browser.fetch(`/oauth/authorize?${query}`);
    assert.equal(first.status, 303);
    const reload = await browser.fetch(`/oauth/authorize?${query}`);
    const shown = await browser.start('consumer', { transaction: transactionOf(first) });
    const other = await browser.start('consumer', { transaction: transactionOf(reload) });
    assert.deepEqual([shown.outcome, other.outcome], ['consent', 'consent']);
    const { answer } = await browser.allow(shown);
    await client.redeem(answer.redirect_uri);
    const late = await browser.allow(other);
    assert.deepEqual([late.status, late.answer.code, late.answer.decision], [409, 'already_answered', 'allow']);
  });

  await t.test('PAR: language and window of the request are in the page’s address', async () => {
    const { headers } = await new Browser(origin).fetch(`/oauth/authorize?${await push({ ui_locales: 'de', display: 'popup' })}`);
    const { searchParams } = new URL(headers.get('location'), origin);
    assert.deepEqual([...searchParams.keys()], ['transaction', 'ui_locales', 'display']);
    assert.deepEqual([searchParams.get('ui_locales'), searchParams.get('display')], ['de', 'popup']);
  });

  await t.test('PAR: an open request outlives the minute of its request_uri', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const query = await push({ prompt: 'consent' });
    const page = await browser.fetch(`/oauth/authorize?${query}`);
    clock.advance(5 * 60);
    const shown = await browser.start('consumer', { transaction: transactionOf(page) });
    const { answer } = await browser.allow(shown);
    assert.ok(new URL(answer.redirect_uri).searchParams.get('code'));
  });

  await t.test('PAR: the request of another client is refused on the page', async () => {
    const query = (await push()).replace('third-party-public', 'first-party-public');
    const response = await fetch(`${origin}/oauth/authorize?${query}`, { redirect: 'manual' });
    assert.equal(response.status, 400);
  });

  await t.test('PAR: prompt=none inside is answered with a 303', async () => {
    const response = await new Browser(origin).fetch(`/oauth/authorize?${await push({ prompt: 'none' })}`);
    assert.equal(errorOf(response.headers.get('location')), 'login_required');
  });

  await t.test('PAR: an answer by form may be framed where prompt=none was asked, and only there', async () => {
    const browser = new Browser(origin);
    await connect(browser, client);
    for (const [prompt, framed] of [['none', true], [undefined, false]]) {
      const page = await browser.fetch(`/oauth/authorize?${await push({ prompt, response_mode: 'form_post' })}`);
      assert.ok(formOf(await page.text()).fields.code);
      assert.equal(page.headers.get('x-frame-options'), framed ? null : 'DENY');
    }
  });

  await t.test('PAR: a confidential client authenticates', async () => {
    const app = await Client.known(origin, 'third-party-confidential');
    const url = await oauth.buildAuthorizationUrlWithPAR(app.config, await app.parameters());
    const page = await new Browser(origin).fetch(url.pathname + url.search);
    assert.equal(page.status, 303);
    const stranger = await fetch(`${origin}/oauth/par`, { method: 'POST', body: new URLSearchParams({ client_id: 'third-party-confidential' }) });
    assert.equal(stranger.status, 401);
  });

  await t.test('JAR: what is signed counts', async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const jwk = { ...await crypto.subtle.exportKey('jwk', publicKey), kid: 'key', use: 'sig', alg: 'ES256' };
    const app = await Client.registered(origin, { jwks: { keys: [jwk] }, request_object_signing_alg: 'ES256' });
    const url = await oauth.buildAuthorizationUrlWithJAR(app.config, await app.parameters({ state: 'signed' }), { key: privateKey, kid: 'key' });
    const browser = new Browser(origin);
    const page = await browser.fetch(url.pathname + url.search);
    const { transaction } = await browser.start('consumer', { transaction: transactionOf(page) });
    await browser.login(GRACE);
    const shown = await browser.start('consumer', { transaction });
    const { answer } = await browser.allow(shown);
    await app.redeem(answer.redirect_uri, { state: 'signed' });
  });

  await t.test('what is pushed has the same limits', async () => {
    await assert.rejects(push({ login_hint: 'x'.repeat(8 * 1024 + 1) }), { error: 'invalid_request' });
    assert.ok(await push({ login_hint: 'x'.repeat(8 * 1024) }));
  });

  await t.test('JARM: the answer is signed', async () => {
    const app = await Client.known(origin);
    oauth.useJwtResponseMode(app.config);
    const browser = new Browser(origin);
    const query = await app.query({ prompt: 'consent' });
    assert.match(query, /response_mode=jwt/);
    const { transaction } = await browser.start('consumer', query);
    await browser.login(ADA);
    const { answer } = await browser.allow(await browser.start('consumer', { transaction }));
    const state = new URLSearchParams(query).get('state');
    assert.ok(await app.redeem(answer.redirect_uri, { state }));
  });
});
