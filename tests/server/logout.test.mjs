import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { ADA, Browser, CLIENT_ORIGIN, Client, GRACE, connect, startServer } from './harness.mjs';
import { wayOut } from './answers.mjs';

const SIGNED_OUT = `${CLIENT_ORIGIN}/signed-out`;

test('RP-initiated logout', async (t) => {
  const { origin, clock, site } = await startServer(t);
  const client = await Client.known(origin);
  const start = (browser, parameters, realm = 'consumer') => browser.ok('/countersign/logout/start', { realm, query: new URLSearchParams(parameters).toString() });
  const submit = (browser, logout, decision = 'sign_out') => browser.call('/countersign/logout/submit', { logout, decision });
  const account = async (browser) => (await browser.ok('/account/session', {})).account;
  const signedIn = async (email = ADA) => {
    const browser = new Browser(origin);
    const tokens = await client.redeem(await connect(browser, client, {}, { email }));
    return { browser, tokens, hint: tokens.id_token };
  };

  await t.test('with a hint of the account signed in, no question is asked', async () => {
    const { browser, tokens, hint } = await signedIn();
    const answer = await start(browser, { id_token_hint: hint, post_logout_redirect_uri: SIGNED_OUT, state: 'a+b/c=&d#e %' });
    assert.equal(answer.outcome, 'redirect');
    const url = new URL(answer.redirect_uri);
    assert.equal(url.origin + url.pathname, SIGNED_OUT);
    assert.equal(url.searchParams.get('state'), 'a+b/c=&d#e %');
    assert.equal(await account(browser), null);
    assert.equal(browser.cookie('countersign_login'), undefined);
    await assert.rejects(client.userinfo(tokens));
    const silent = await browser.fetch(`/oauth/authorize?${await client.query({ prompt: 'none' })}`);
    assert.match(silent.headers.get('location'), /error=login_required/);
  });

  await t.test('with a hint and no address, the user is signed out here', async () => {
    const { browser, hint } = await signedIn();
    assert.deepEqual(await start(browser, { id_token_hint: hint }), { outcome: 'signed_out' });
    assert.equal(await account(browser), null);
  });

  await t.test('with a hint of long ago, too', async () => {
    const { browser, hint } = await signedIn();
    clock.advance(2 * 60 * 60);
    assert.equal((await start(browser, { id_token_hint: hint, post_logout_redirect_uri: SIGNED_OUT })).outcome, 'redirect');
  });

  await t.test('without a hint the user is asked, and the address is a button on a page of ours', async () => {
    const { browser } = await signedIn();
    const confirm = await start(browser, { client_id: client.id, post_logout_redirect_uri: SIGNED_OUT, state: 's' });
    assert.equal(confirm.outcome, 'confirm');
    assert.equal(confirm.account.email, ADA);
    assert.equal(confirm.client.name, 'Photo Printer');
    assert.ok(await account(browser));
    const { answer } = await submit(browser, confirm.logout);
    const way = await wayOut(browser, answer);
    assert.deepEqual([way.address, way.label], [`${SIGNED_OUT}?state=s`, 'Continue: localhost:4401']);
    assert.equal(await account(browser), null);
  });

  await t.test('without anything the user is asked, and signed out here', async () => {
    const { browser } = await signedIn();
    const confirm = await start(browser, {});
    assert.deepEqual([confirm.outcome, confirm.client], ['confirm', undefined]);
    assert.deepEqual((await submit(browser, confirm.logout)).answer, { outcome: 'signed_out' });
  });

  await t.test('an address without a client is not redirected to', async () => {
    const { browser } = await signedIn();
    const confirm = await start(browser, { post_logout_redirect_uri: SIGNED_OUT, state: 'only' });
    assert.deepEqual((await submit(browser, confirm.logout)).answer, { outcome: 'signed_out' });
  });

  await t.test('stay changes nothing', async () => {
    const { browser, tokens } = await signedIn();
    const confirm = await start(browser, { client_id: client.id, post_logout_redirect_uri: SIGNED_OUT });
    const { answer } = await submit(browser, confirm.logout, 'stay');
    assert.deepEqual(answer, { outcome: 'stayed' });
    assert.ok(await account(browser));
    await client.userinfo(tokens);
  });

  await t.test('the same answer again gets the same outcome, another one is 409', async () => {
    const { browser } = await signedIn();
    const confirm = await start(browser, { client_id: client.id, post_logout_redirect_uri: SIGNED_OUT });
    const [one, two] = await Promise.all([submit(browser, confirm.logout), submit(browser, confirm.logout)]);
    assert.equal(one.status, 200);
    assert.deepEqual(one.answer, two.answer);
    assert.equal((await submit(browser, confirm.logout, 'stay')).status, 409);
    clock.advance(61);
    assert.equal((await submit(browser, confirm.logout)).status, 409);
  });

  await t.test('an expired question, and that of another browser, is 410', async () => {
    const { browser } = await signedIn();
    const confirm = await start(browser, {});
    assert.equal((await submit(new Browser(origin), confirm.logout)).status, 410);
    clock.advance(31 * 60);
    assert.equal((await submit(browser, confirm.logout)).status, 410);
    assert.ok(await account(browser));
  });

  await t.test('a question to another account has expired', async () => {
    const { browser } = await signedIn();
    const confirm = await start(browser, {});
    await browser.login(GRACE);
    assert.equal((await submit(browser, confirm.logout)).status, 410);
    assert.equal((await account(browser)).email, GRACE);
  });

  await t.test('a hint of another account asks', async () => {
    const { hint } = await signedIn(GRACE);
    const { browser } = await signedIn(ADA);
    const confirm = await start(browser, { id_token_hint: hint, post_logout_redirect_uri: SIGNED_OUT });
    assert.deepEqual([confirm.outcome, confirm.account.email], ['confirm', ADA]);
  });

  await t.test('nobody being signed in is no error', async () => {
    const { hint } = await signedIn();
    const browser = new Browser(origin);
    assert.deepEqual(await start(browser, {}), { outcome: 'signed_out' });
    assert.equal((await start(browser, { id_token_hint: hint, post_logout_redirect_uri: SIGNED_OUT })).redirect_uri, SIGNED_OUT);
    const way = await wayOut(browser, await start(browser, { client_id: client.id, post_logout_redirect_uri: SIGNED_OUT, state: 's' }));
    assert.equal(way.address, `${SIGNED_OUT}?state=s`);
  });

  await t.test('POST is stored and redirects to the page, without the hint in the address', async () => {
    const { browser, hint } = await signedIn();
    const body = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: SIGNED_OUT }).toString();
    const response = await browser.postFrom(CLIENT_ORIGIN, '/oauth/logout', body);
    assert.equal(response.status, 303);
    const location = response.headers.get('location');
    assert.match(location, /^\/oauth\/logout\?logout=[\w-]+$/);
    assert.equal((await browser.fetch(location)).status, 200);
    const answer = await browser.ok('/countersign/logout/start', { realm: 'consumer', query: location.split('?')[1] });
    assert.deepEqual(answer, { outcome: 'redirect', redirect_uri: SIGNED_OUT });
  });

  await t.test('the other realm’s session ends too, and what it granted', async () => {
    const { browser, hint } = await signedIn();
    const other = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
    const tokens = await other.redeem(await connect(browser, other, {}, { realm: 'b2b' }));
    await other.userinfo(tokens);
    await start(browser, { id_token_hint: hint });
    await assert.rejects(other.userinfo(tokens));
    const silent = await browser.fetch(`/b2b/oauth/authorize?${await other.query({ prompt: 'none' })}`);
    assert.match(silent.headers.get('location'), /error=login_required/);
  });

  await t.test('a sign-out that fails in the server can be tried again', async (step) => {
    step.mock.method(console, 'error', () => {});
    const { browser } = await signedIn();
    const { logout } = await start(browser, {});
    const fails = step.mock.method(site.realms.consumer.provider.Session, 'findByUid', async () => { throw new Error('the store is down'); });
    const { status, answer } = await submit(browser, logout);
    assert.deepEqual([status, answer.code], [503, 'unavailable']);
    fails.mock.restore();
    assert.deepEqual((await submit(browser, logout)).answer, { outcome: 'signed_out' });
    assert.equal(await account(browser), null);
  });

  await t.test('offline access outlives it', async () => {
    const browser = new Browser(origin);
    const tokens = await client.redeem(await connect(browser, client, { scope: 'openid offline_access', prompt: 'consent' }));
    await start(browser, { id_token_hint: tokens.id_token });
    assert.ok((await oauth.refreshTokenGrant(client.config, tokens.refresh_token)).access_token);
  });

  await t.test('two browsers of one account sign out separately', async () => {
    const one = await signedIn();
    const two = await signedIn();
    await start(one.browser, { id_token_hint: one.hint });
    assert.ok(await account(two.browser));
    await client.userinfo(two.tokens);
  });
});
