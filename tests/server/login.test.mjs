import assert from 'node:assert/strict';
import test from 'node:test';
import { ADA, Browser, GRACE, startServer } from './harness.mjs';

test('signing in', async (t) => {
  const { origin, clock } = await startServer(t);
  const browserAt = () => new Browser(origin);
  const attempt = (browser, email, password) => browser.call('/account/login', { email, password });

  await t.test('answers the current account until it signs out', async () => {
    const browser = browserAt();
    assert.deepEqual(await browser.ok('/account/session', {}), { account: null });
    assert.deepEqual(await browser.login(ADA), { return_to: '/' });
    assert.deepEqual((await browser.ok('/account/session', {})).account, { sub: 'account-ada', name: 'Ada Lovelace', email: ADA });
    assert.deepEqual(await browser.ok('/account/logout', {}), {});
    assert.deepEqual(await browser.ok('/account/session', {}), { account: null });
    assert.deepEqual(await browser.ok('/account/logout', {}), {});
  });

  await t.test('a wrong password and an unknown email get the same answer', async () => {
    const browser = browserAt();
    const [wrong, unknown] = [await attempt(browser, ADA, 'nope'), await attempt(browser, 'nobody@example.com', 'demo')];
    for (const { status, answer } of [wrong, unknown]) assert.deepEqual([status, answer.code], [401, 'invalid_credentials']);
    assert.equal(wrong.answer.detail, unknown.answer.detail);
    assert.equal((await attempt(browser, 'nobody@example.com', '')).status, 401);
    assert.deepEqual(await browser.ok('/account/session', {}), { account: null });
  });

  await t.test('the email is compared without case', async () => {
    const browser = browserAt();
    await browser.login(' Ada@Example.com ');
    assert.equal((await browser.ok('/account/session', {})).account.email, ADA);
  });

  await t.test('ten wrong passwords are enough for five minutes', async () => {
    const browser = browserAt();
    for (let count = 0; count < 10; count += 1) assert.equal((await attempt(browser, GRACE, 'nope')).status, 401);
    const { status, answer, headers } = await attempt(browser, GRACE, 'demo');
    assert.deepEqual([status, answer.code], [429, 'too_many']);
    assert.ok(Number(headers.get('retry-after')) <= 300);
    assert.equal((await attempt(browserAt(), ADA, 'demo')).status, 200);
    clock.advance(301);
    assert.equal((await attempt(browser, GRACE, 'demo')).status, 200);
  });

  await t.test('renews the login cookie, and the old one is worth nothing', async () => {
    const browser = browserAt();
    await browser.login(ADA);
    const before = browser.cookie('countersign_login');
    await browser.login(ADA);
    assert.notEqual(browser.cookie('countersign_login'), before);
    const thief = await browserAt().ok('/account/session', {}, { headers: { cookie: `countersign_login=${before}` } });
    assert.deepEqual(thief, { account: null });
  });

  await t.test('a login cookie that was planted is not adopted', async () => {
    const browser = browserAt();
    const planted = 'x'.repeat(32);
    const { headers } = await browser.call('/account/login', { email: ADA, password: 'demo' }, { headers: { cookie: `countersign_login=${planted}` } });
    const [cookie] = headers.getSetCookie().filter((line) => line.startsWith('countersign_login='));
    assert.ok(!cookie.includes(planted));
    assert.match(cookie, /; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  await t.test('to continue needs a session', async () => {
    const { status, answer } = await browserAt().call('/account/continue', {});
    assert.deepEqual([status, answer.code], [401, 'no_session']);
  });

  await t.test('return_to leads only to a page of this site that is part of a flow', async () => {
    const browser = browserAt();
    const { host } = new URL(origin);
    const hostile = [
      '//evil.test', '/\\evil.test', '\\\\evil.test', '/\t/evil.test', '////evil.test', 'http:/evil.test', 'http://evil.test/oauth/authorize',
      `http://${host}@evil.test/oauth/authorize`, `http://user@${host}/oauth/authorize`, `blob:${origin}/oauth/authorize`, '/..//evil.test', '/.//evil.test',
      `https://${host}/oauth/authorize`, 'javascript:alert(1)', 'data:text/html,x', '/account/logout', '/assets/x', '/oauth/authorize/', '/oauth/authorize/x',
      '/oauth/authorize%2f..', '/OAUTH/authorize', '/oauth//authorize', `${origin}.evil.test/oauth/authorize`, 'http://[', '', ' ', 'x',
      `http://localhost:1/oauth/authorize`,
    ];
    for (const returnTo of hostile) {
      for (const path of ['/account/login', '/account/continue']) {
        const body = path === '/account/login' ? { email: ADA, password: 'demo', return_to: returnTo } : { return_to: returnTo };
        assert.deepEqual(await browser.ok(path, body), { return_to: '/' }, `${path} ${returnTo}`);
      }
    }
    const good = [
      '/oauth/authorize?transaction=abc', '/b2b/oauth/authorize?a=%2B+b&c=%25', '/oauth/logout?x', '/b2b/oauth/logout', '/',
      '/oauth/authorize?state=a%2Bb%2Fc%3D%26d%23e%20%25',
    ];
    for (const returnTo of good) assert.equal((await browser.login(ADA, { returnTo })).return_to, returnTo);
    assert.equal((await browser.login(ADA, { returnTo: `${origin}/oauth/authorize?a=1#part` })).return_to, '/oauth/authorize?a=1');
  });
});
