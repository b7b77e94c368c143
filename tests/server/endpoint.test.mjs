import assert from 'node:assert/strict';
import test from 'node:test';
import { formOf, transactionOf } from './answers.mjs';
import { ADA, Browser, CLIENT_ORIGIN, Client, card, connect, errorOf, startServer } from './harness.mjs';

test('GET of the authorization endpoint', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('gives the page for any query, with no cookie but ours', async () => {
    for (const query of [await client.query(), 'client_id=nobody', '', 'transaction=unknown']) {
      const response = await fetch(`${origin}/oauth/authorize?${query}`, { redirect: 'manual' });
      assert.equal(response.status, 200);
      assert.match(await response.text(), /authorization/);
      const cookies = response.headers.getSetCookie();
      assert.equal(cookies.length, 1);
      assert.match(cookies[0], /^countersign_browser=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    }
  });

  await t.test('no engine cookie reaches the browser in a whole flow', async () => {
    const browser = new Browser(origin);
    await browser.fetch(`/oauth/authorize?${await client.query()}`);
    await connect(browser, client);
    await browser.fetch(`/oauth/authorize?${await client.query({ prompt: 'none' })}`);
    assert.deepEqual(['_session', '_interaction', '_interaction_resume', '_session.sig'].map((name) => browser.cookie(name)), [undefined, undefined, undefined, undefined]);
    assert.ok(browser.cookie('countersign_login'));
  });

  await t.test('shows an error that the engine found first as a page of 400', async () => {
    for (const query of ['prompt=none', 'prompt=none&client_id=nobody', 'request=x&client_id=nobody', 'request_uri=x', '%70rompt=login%20none']) {
      const response = await fetch(`${origin}/oauth/authorize?${query}`, { redirect: 'manual' });
      assert.equal(response.status, 400, query);
      assert.match(await response.text(), /This link doesn’t work/);
    }
  });

  await t.test('HEAD does nothing', async () => {
    const response = await fetch(`${origin}/oauth/authorize?${await client.query({ prompt: 'none' })}`, { method: 'HEAD', redirect: 'manual' });
    assert.equal(response.status, 200);
  });

  await t.test('refuses a prefetch that would use up a request', async () => {
    const headers = { 'sec-purpose': 'prefetch;prerender' };
    const silent = await fetch(`${origin}/oauth/authorize?${await client.query({ prompt: 'none' })}`, { headers, redirect: 'manual' });
    assert.equal(silent.status, 503);
  });
});

test('prompt=none is answered with a 303', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const silently = async (browser, more) => browser.fetch(`/oauth/authorize?${await client.query({ prompt: 'none', ...more })}`);

  await t.test('without a session: login_required, with state and issuer', async () => {
    const response = await silently(new Browser(origin), { state: 'a+b/c=&d#e %' });
    assert.equal(response.status, 303);
    const url = new URL(response.headers.get('location'));
    assert.equal(`${url.origin}${url.pathname}`, client.redirectUri);
    assert.deepEqual([errorOf(url), url.searchParams.get('state'), url.searchParams.get('iss')], ['login_required', 'a+b/c=&d#e %', origin]);
    assert.equal(response.headers.get('x-frame-options'), 'DENY');
  });

  await t.test('with a session and no consent: consent_required', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    assert.equal(errorOf((await silently(browser)).headers.get('location')), 'consent_required');
  });

  await t.test('with a session and consent: a code', async () => {
    const browser = new Browser(origin);
    await connect(browser, client);
    const response = await silently(browser, { nonce: 'n' });
    assert.ok(await client.redeem(response.headers.get('location'), { expectedNonce: 'n' }));
  });

  await t.test('right after login, before the engine has seen the user', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const first = await Client.known(origin, 'first-party-confidential');
    const response = await browser.fetch(`/oauth/authorize?${await first.query({ prompt: 'none' })}`);
    assert.ok(await first.redeem(response.headers.get('location')));
  });

  await t.test('through the API it is a redirect, too', async () => {
    const answer = await new Browser(origin).start('consumer', await client.query({ prompt: 'none' }));
    assert.equal(errorOf(answer.redirect_uri), 'login_required');
  });

  await t.test('by form_post leads to a page that may be framed by the client', async () => {
    const response = await silently(new Browser(origin), { response_mode: 'form_post' });
    const page = await fetch(response.url);
    assert.equal(page.status, 200, 'a frame on another site has no cookie to show');
    assert.match(page.headers.get('content-security-policy'), new RegExp(`frame-ancestors ${client.origin};`));
    assert.equal(page.headers.get('x-frame-options'), null);
    assert.equal(formOf(await page.text()).fields.error, 'login_required');
  });

  await t.test('parallel silent checks all get a code that works', async () => {
    const browser = new Browser(origin);
    await connect(browser, client);
    const answers = await Promise.all([1, 2, 3, 4].map(() => silently(browser)));
    for (const answer of answers) await client.redeem(answer.headers.get('location'));
  });
});

test('POST of the authorization endpoint', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('stores the request and redirects to the page, also without a cookie', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const body = await client.query({ state: 'a+b/c=&d#e %', prompt: 'consent' });
    const response = await browser.postFrom(CLIENT_ORIGIN, '/oauth/authorize', body);
    assert.equal(response.status, 303);
    assert.deepEqual(response.headers.getSetCookie(), []);
    const transaction = transactionOf(response);
    assert.equal((await browser.fetch(response.headers.get('location'))).status, 200);
    const shown = await browser.start('consumer', { transaction });
    assert.equal(shown.outcome, 'consent');
    const { answer } = await browser.allow(shown);
    await client.redeem(answer.redirect_uri, { state: 'a+b/c=&d#e %' });
  });

  await t.test('parameters that the page needs before the first answer stay in its address, if they occur once', async () => {
    const address = async (more) => {
      const response = await new Browser(origin).postFrom(CLIENT_ORIGIN, '/oauth/authorize', `${await client.query({ display: 'popup' })}&${more}`);
      const { transaction, ...kept } = Object.fromEntries(new URL(response.headers.get('location'), origin).searchParams);
      assert.ok(transaction);
      return kept;
    };
    assert.deepEqual(await address('ui_locales=de-CH+fr'), { display: 'popup', ui_locales: 'de-CH fr' });
    for (const more of ['ui_locales=de&ui_locales=fr', 'ui_locales=', `ui_locales=${'x'.repeat(257)}`]) assert.deepEqual(await address(more), { display: 'popup' }, more);
  });

  await t.test('a request in another tab stays open', async () => {
    const browser = new Browser(origin);
    const open = await card(browser, client);
    const response = await browser.postFrom(CLIENT_ORIGIN, '/oauth/authorize', await client.query());
    await browser.fetch(response.headers.get('location'));
    assert.equal((await browser.allow(open)).status, 200);
  });

  await t.test('belongs to the first browser that asks for it', async () => {
    const response = await new Browser(origin).postFrom(CLIENT_ORIGIN, '/oauth/authorize', await client.query());
    const transaction = transactionOf(response);
    assert.equal((await new Browser(origin).start('consumer', { transaction })).outcome, 'login');
    assert.equal((await new Browser(origin).resume(transaction)).status, 410);
  });

  await t.test('with prompt=none is answered by the GET that follows, once', async () => {
    const browser = new Browser(origin);
    await connect(browser, client);
    const response = await browser.postFrom(CLIENT_ORIGIN, '/oauth/authorize', await client.query({ prompt: 'none' }));
    const silent = await browser.fetch(response.headers.get('location'));
    assert.equal(silent.status, 303);
    assert.equal((await browser.fetch(response.headers.get('location'))).status, 200);
    const again = await browser.resume(transactionOf(response));
    assert.equal(again.answer.redirect_uri, silent.headers.get('location'), 'the page repeats it for its minute');
    await client.redeem(silent.headers.get('location'));
    assert.equal((await browser.resume(transactionOf(response))).status, 409, 'and not once the client has used it');
  });

  await t.test('a bad request is an error on the page', async () => {
    const browser = new Browser(origin);
    const response = await browser.postFrom(CLIENT_ORIGIN, '/oauth/authorize', 'client_id=nobody');
    const answer = await browser.start('consumer', { transaction: transactionOf(response) });
    assert.deepEqual([answer.outcome, answer.error], ['error', 'invalid_client']);
  });

  await t.test('an error for the client reaches it', async () => {
    const browser = new Browser(origin);
    const response = await browser.postFrom(CLIENT_ORIGIN, '/oauth/authorize', await client.query({ scope: '"' }));
    const answer = await browser.start('consumer', { transaction: transactionOf(response) });
    assert.equal(errorOf(answer.redirect_uri), 'invalid_scope');
  });

  await t.test('a body that is no form or too long is refused', async () => {
    const json = await fetch(`${origin}/oauth/authorize`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    assert.equal(json.status, 415);
    const large = await new Browser(origin).postFrom(CLIENT_ORIGIN, '/oauth/authorize', `x=${'x'.repeat(32 * 1024 - 1)}`);
    assert.equal(large.status, 413);
    assert.equal((await fetch(`${origin}/oauth/authorize`, { method: 'PUT', body: 'x' })).status, 405);
  });
});
