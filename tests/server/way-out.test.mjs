/** Errors of clients that registered themselves, in a browser where nobody is signed in. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { formOf, transactionOf, wayOut } from './answers.mjs';
import { ADA, Browser, Client, card, errorOf, startServer } from './harness.mjs';

const CALLBACK = 'https://evil.example:8443/cb';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

for (const [realm, prefix] of [['consumer', ''], ['b2b', '/b2b']]) {
  test(`an error of a client of ${realm} that registered itself`, async (t) => {
    const { origin, clock } = await startServer(t);
    const evil = await Client.registered(origin, { redirect_uris: [CALLBACK], client_name: 'Ev\u202eil <b>' }, prefix);
    const managed = await Client.known(origin, 'third-party-public', { realm });
    const page = `${origin}/countersign/way-out/`;

    async function stops(browser, answer, error) {
      assert.ok(answer.redirect_uri.startsWith(page), answer.redirect_uri);
      const way = await wayOut(browser, answer);
      assert.deepEqual([way.status, way.label], [200, 'Continue: evil.example:8443']);
      if (error !== undefined) assert.match(way.html, new RegExp(`<code>${error}</code>`));
      return way;
    }
    const redirected = (response) => {
      assert.equal(response.status, 303);
      return { redirect_uri: new URL(response.headers.get('location'), origin).href };
    };

    await t.test('that the page’s call finds is a page of ours with a button first', async () => {
      for (const [more, error] of [
        [{ response_type: 'foo' }, 'unsupported_response_type'],
        [{ response_mode: 'foo' }, 'unsupported_response_mode'],
        [{ code_challenge_method: 'plain' }, 'invalid_request'],
        [{ prompt: 'foo' }, 'invalid_request'],
      ]) {
        const browser = new Browser(origin);
        const answer = await browser.start(realm, await evil.query({ state: 'a+b', ...more }));
        assert.deepEqual([answer.outcome, answer.intermediate], ['redirect', true], error);
        const way = await stops(browser, answer, error);
        assert.equal(new URL(way.address).searchParams.get('state'), 'a+b');
        assert.equal(errorOf(way.address), error);
      }
    });

    await t.test('that is answered without the page, by GET and by POST, is one, too', async () => {
      for (const more of [{ prompt: 'none login' }, { request: 'broken' }, { prompt: 'none', response_type: 'foo' }, { prompt: 'none consent', response_mode: 'fragment' }]) {
        const query = await evil.query(more);
        const browser = new Browser(origin);
        await stops(browser, redirected(await browser.fetch(`${prefix}/oauth/authorize?${query}`)));
        const posting = new Browser(origin);
        const stored = await posting.postFrom('https://evil.example', `${prefix}/oauth/authorize`, query);
        await stops(posting, redirected(await posting.fetch(stored.headers.get('location'))));
      }
    });

    await t.test('that stood in a pushed request, and one of a request by POST with a page', async () => {
      const parameters = new URLSearchParams({ client_id: evil.id, ...await evil.parameters({ prompt: 'none', response_type: 'code' }) });
      const pushed = await (await fetch(`${origin}${prefix}/oauth/par`, { method: 'POST', headers: FORM, body: parameters })).json();
      const silent = await fetch(`${origin}${prefix}/oauth/authorize?${new URLSearchParams({ client_id: evil.id, request_uri: pushed.request_uri })}`, { redirect: 'manual' });
      assert.equal(errorOf(silent.headers.get('location')), 'login_required');
      const browser = new Browser(origin);
      const stored = await browser.postFrom('https://evil.example', `${prefix}/oauth/authorize`, await evil.query({ response_type: 'foo' }));
      await stops(browser, await browser.start(realm, { transaction: transactionOf(stored) }));
    });

    await t.test('in every way of an answer: fragment, form and JWT', async () => {
      const inFragment = new Browser(origin);
      const fragment = await stops(inFragment, await inFragment.start(realm, await evil.query({ response_mode: 'fragment', prompt: 'foo' })));
      assert.match(new URL(fragment.address).hash, /error=invalid_request/);
      const inJwt = new Browser(origin);
      const jwt = await stops(inJwt, await inJwt.start(realm, await evil.query({ response_mode: 'jwt', prompt: 'foo' })));
      assert.ok(new URL(jwt.address).searchParams.get('response'));
      const byForm = new Browser(origin);
      const form = await stops(byForm, await byForm.start(realm, await evil.query({ response_mode: 'form_post', prompt: 'foo' })));
      assert.deepEqual([formOf(form.html).action, formOf(form.html).fields.error], [CALLBACK, 'invalid_request']);
      assert.match(form.headers.get('content-security-policy'), /form-action https:\/\/evil\.example:8443;/);
      assert.doesNotMatch(form.html, /<script/);
    });

    await t.test('goes straight there if somebody is signed in, has decided, or the client is managed', async () => {
      const ada = new Browser(origin);
      await ada.login(ADA);
      assert.equal(errorOf((await ada.start(realm, await evil.query({ response_type: 'foo' }))).redirect_uri), 'unsupported_response_type');
      const nobody = new Browser(origin);
      const known = await nobody.start(realm, await managed.query({ response_type: 'foo' }));
      assert.ok(known.redirect_uri.startsWith(managed.redirectUri));
      const asked = await nobody.start(realm, await evil.query());
      const { answer } = await nobody.deny(asked.transaction);
      assert.deepEqual([errorOf(answer.redirect_uri), new URL(answer.redirect_uri).host], ['access_denied', 'evil.example:8443']);
    });

    await t.test('plain prompt=none still answers login_required, in a frame, too', async () => {
      const response = await fetch(`${origin}${prefix}/oauth/authorize?${await evil.query({ prompt: 'none' })}`, { redirect: 'manual' });
      assert.ok(response.headers.get('location').startsWith(CALLBACK));
      assert.equal(errorOf(response.headers.get('location')), 'login_required');
      const form = await fetch(`${origin}${prefix}/oauth/authorize?${await evil.query({ prompt: 'none', response_mode: 'form_post' })}`, { redirect: 'manual' });
      assert.equal(formOf(await form.text()).fields.error, 'login_required');
    });

    await t.test('has a page that is its browser’s alone, can be loaded again, and ends', async () => {
      const browser = new Browser(origin);
      const answer = await browser.start(realm, await evil.query({ response_type: 'foo' }));
      assert.equal((await wayOut(new Browser(origin), answer)).status, 410);
      for (let loads = 0; loads < 2; loads += 1) assert.equal((await wayOut(browser, answer)).status, 200);
      assert.equal((await browser.fetch(answer.redirect_uri, { method: 'POST' })).status, 405);
      clock.advance(9 * 60);
      assert.equal((await wayOut(browser, answer)).status, 200);
      clock.advance(61);
      assert.equal((await wayOut(browser, answer)).status, 410);
    });
  });
}

test('the page before a way out', async (t) => {
  const { origin } = await startServer(t);
  const evil = await Client.registered(origin, { redirect_uris: [CALLBACK], client_name: `Ev\u202eil\u0000 <b>${'x'.repeat(300)}` });
  const show = async (more, headers = {}) => {
    const browser = new Browser(origin);
    const answer = await browser.start('consumer', await evil.query({ response_type: 'foo', ...more }));
    const response = await browser.fetch(answer.redirect_uri, { headers });
    return { response, html: await response.text() };
  };

  await t.test('says who is unknown, in text that cannot be more than a name', async () => {
    const { html } = await show();
    assert.match(html, /hasn’t checked who runs <bdi>Ev il &lt;b&gt;x{50,}<\/bdi>. Continue only if you came here from <bdi>evil\.example:8443<\/bdi>/);
    assert.doesNotMatch(html, /x{100}/);
  });

  await t.test('speaks the language of the request, then of the browser, then English', async () => {
    assert.match((await show({ ui_locales: 'xx de-AT fr' })).html, /<html lang="de" dir="ltr">/);
    assert.match((await show({}, { 'accept-language': 'xx, pt;q=0.9' })).html, /<html lang="pt-BR" dir="ltr">/);
    assert.match((await show({}, { 'accept-language': 'zh-Hant-TW, en' })).html, /<html lang="zh-Hant"/);
    assert.match((await show({ ui_locales: 'ar' }, { 'accept-language': 'de' })).html, /<html lang="ar" dir="rtl">/);
    assert.match((await show({ ui_locales: 'xx' }, { 'accept-language': '*' })).html, /<html lang="en" dir="ltr">/);
  });

  await t.test('runs one script and nothing else, is never framed, and is not stored', async () => {
    const { response } = await show();
    const policy = response.headers.get('content-security-policy');
    assert.match(policy, /default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'/);
    assert.deepEqual([response.headers.get('cache-control'), response.headers.get('x-frame-options')], ['no-store', 'DENY']);
  });
});
