/** Logout requests that prove nothing, or not enough. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { SignJWT, importJWK } from 'jose';
import { wayOut } from './answers.mjs';
import { ADA, Browser, CLIENT_ORIGIN, Client, GRACE, connect, keys, startServer } from './harness.mjs';

const SIGNED_OUT = `${CLIENT_ORIGIN}/signed-out`;
const EVIL = 'https://evil.example/x';

const [own] = keys.keys.filter(({ kty }) => kty === 'RSA');

/** An ID token signed by the server's own key, with other claims than it would give. */
async function forge(origin, claims) {
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: origin, sub: 'account-ada', aud: 'third-party-public', iat: now, exp: now + 3600, ...claims };
  return new SignJWT(all).setProtectedHeader({ alg: 'RS256' }).sign(await importJWK(own, 'RS256'));
}

for (const [realm, prefix] of [['consumer', ''], ['b2b', '/b2b']]) {
  test(`a logout of ${realm} uses nothing that cannot be checked`, async (t) => {
    const { origin } = await startServer(t);
    const client = await Client.known(origin, 'third-party-public', { realm });
    const ask = (browser, query) => browser.ok('/countersign/logout/start', { realm, query });
    const start = (browser, parameters) => ask(browser, new URLSearchParams(parameters).toString());
    const signOut = async (browser, logout) => (await browser.call('/countersign/logout/submit', { logout, decision: 'sign_out' })).answer;
    const account = async (browser) => (await browser.ok('/account/session', {})).account;
    const issuer = origin + prefix;
    const signedIn = async () => {
      const browser = new Browser(origin);
      const tokens = await client.redeem(await connect(browser, client, {}, { email: GRACE, realm }));
      return { browser, hint: tokens.id_token };
    };
    const post_logout_redirect_uri = SIGNED_OUT;
    const { hint } = await signedIn();
    const [head, body, signature] = hint.split('.');
    const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const other = realm === 'b2b' ? origin : `${origin}/b2b`;
    const grace = { iss: issuer, sub: 'account-grace' };

    const bad = {
      'a hint that is no token': { id_token_hint: 'rubbish', post_logout_redirect_uri },
      'a hint with another signature': { id_token_hint: `${head}.${body}.c2lnbmF0dXJl`, post_logout_redirect_uri },
      'a hint with a changed body': { id_token_hint: `${head}.${encode({ sub: 'account-ada', aud: client.id, iss: issuer })}.${signature}`, post_logout_redirect_uri },
      'an unsigned hint': { id_token_hint: `${encode({ alg: 'none' })}.${body}.`, post_logout_redirect_uri },
      'a hint with a body that is no object': { id_token_hint: `${head}.${encode(null)}.${signature}`, post_logout_redirect_uri },
      'a hint of another issuer': { id_token_hint: await forge(origin, { ...grace, iss: other }), post_logout_redirect_uri },
      'a hint for several clients': { id_token_hint: await forge(origin, { ...grace, aud: [client.id, 'x'] }), post_logout_redirect_uri },
      'a hint for a client that is not known': { id_token_hint: await forge(origin, { ...grace, aud: 'nobody' }), post_logout_redirect_uri },
      'a bad hint beside a client': { id_token_hint: 'rubbish', client_id: client.id, post_logout_redirect_uri },
      'a hint and another client': { id_token_hint: hint, client_id: 'first-party-public', post_logout_redirect_uri },
      'an address of nobody': { id_token_hint: hint, post_logout_redirect_uri: EVIL },
      'an address with a query added': { id_token_hint: hint, post_logout_redirect_uri: `${SIGNED_OUT}?added=1` },
      'a client that is not known': { client_id: 'nobody', post_logout_redirect_uri },
      'an address of nobody and no hint': { client_id: client.id, post_logout_redirect_uri: EVIL },
      'a state that is too long': { id_token_hint: hint, post_logout_redirect_uri, state: 'x'.repeat(9000) },
    };
    for (const [what, parameters] of Object.entries(bad)) {
      await t.test(`${what}: the user is asked, signed out, and not redirected`, async () => {
        const { browser } = await signedIn();
        const confirm = await start(browser, parameters);
        assert.equal(confirm.outcome, 'confirm');
        assert.ok(await account(browser), 'asking ends nothing');
        assert.deepEqual(await signOut(browser, confirm.logout), { outcome: 'signed_out' });
        assert.equal(await account(browser), null);
        assert.deepEqual(await start(new Browser(origin), parameters), { outcome: 'signed_out' });
      });
    }

    await t.test('a parameter that occurs twice is not used, wherever it stands', async () => {
      const good = { id_token_hint: hint, client_id: client.id, post_logout_redirect_uri, state: 's' };
      for (const [name, value] of Object.entries(good)) {
        const { browser } = await signedIn();
        const query = `${new URLSearchParams(good)}&${name}=${encodeURIComponent(value)}`;
        const confirm = await ask(browser, query);
        assert.equal(confirm.outcome, 'confirm', name);
        assert.deepEqual(await signOut(browser, confirm.logout), { outcome: 'signed_out' }, name);
      }
      const { browser, hint: mine } = await signedIn();
      const twice = `${new URLSearchParams({ ...good, id_token_hint: mine })}&ui_locales=de&ui_locales=fr&other=1&other=2`;
      assert.equal((await ask(browser, twice)).redirect_uri, `${SIGNED_OUT}?state=s`, 'the rest is not needed for anything');
    });

    await t.test('an empty parameter is as good as none', async () => {
      const { browser, hint: mine } = await signedIn();
      const answer = await start(browser, { id_token_hint: mine, client_id: '', post_logout_redirect_uri, state: '' });
      assert.deepEqual(answer, { outcome: 'redirect', redirect_uri: SIGNED_OUT });
    });

    await t.test('a stored request that is gone, or another browser’s, is a request without anything', async () => {
      const { browser } = await signedIn();
      const confirm = await ask(browser, 'logout=unknown');
      assert.deepEqual([confirm.outcome, confirm.client], ['confirm', undefined]);
      const stored = await browser.postFrom(CLIENT_ORIGIN, `${prefix}/oauth/logout`, new URLSearchParams({ client_id: client.id }).toString());
      const [, query] = stored.headers.get('location').split('?');
      await ask(new Browser(origin), query);
      assert.equal((await ask(browser, query)).client, undefined);
    });

    await t.test('an expired hint counts while its account is signed in, or was in this browser', async () => {
      const expired = await forge(origin, { ...grace, exp: Math.floor(Date.now() / 1000) - 1 });
      const parameters = { id_token_hint: expired, post_logout_redirect_uri };
      const { browser } = await signedIn();
      assert.equal((await start(browser, parameters)).redirect_uri, SIGNED_OUT);
      assert.equal(await account(browser), null);
      assert.equal((await start(browser, parameters)).redirect_uri, SIGNED_OUT);
      const elsewhere = new Browser(origin);
      assert.equal((await wayOut(elsewhere, await start(elsewhere, parameters))).address, SIGNED_OUT);
      const fresh = await forge(origin, { ...grace });
      assert.equal((await start(new Browser(origin), { ...parameters, id_token_hint: fresh })).redirect_uri, SIGNED_OUT);
    });

    await t.test('a client that registered itself gets nobody without a proof from this browser', async () => {
      const metadata = { redirect_uris: ['https://evil.example/cb'], post_logout_redirect_uris: [EVIL, `${EVIL}?a=b`] };
      const evil = await Client.registered(origin, metadata, prefix);
      const attacker = new Browser(origin);
      const { id_token: theirs } = await evil.redeem(await connect(attacker, evil, {}, { email: GRACE, realm }));
      const attempts = [
        { client_id: evil.id, post_logout_redirect_uri: EVIL },
        { id_token_hint: theirs, post_logout_redirect_uri: EVIL },
      ];
      for (const parameters of attempts) {
        const nobody = new Browser(origin);
        const answer = await start(nobody, parameters);
        assert.deepEqual([answer.outcome, answer.intermediate], ['redirect', true]);
        assert.ok(answer.redirect_uri.startsWith(`${origin}/countersign/way-out/`));
        const way = await wayOut(nobody, answer);
        assert.deepEqual([way.status, way.address, way.label], [200, EVIL, 'Continue: evil.example']);
        assert.match(way.html, /<h1>You’re signed out<\/h1>/);

        const ada = new Browser(origin);
        await ada.login(ADA);
        const confirm = await start(ada, { ...parameters, state: 'a b' });
        assert.equal(confirm.outcome, 'confirm');
        assert.equal((await wayOut(ada, await signOut(ada, confirm.logout))).address, `${EVIL}?state=a%20b`);
        assert.equal(await account(ada), null);
      }
      const query = new URLSearchParams({ client_id: evil.id, post_logout_redirect_uri: `${EVIL}?a=b`, state: 's&' });
      const nobody = new Browser(origin);
      assert.equal((await wayOut(nobody, await ask(nobody, String(query)))).address, `${EVIL}?a=b&state=s%26`);
      assert.equal((await start(attacker, { id_token_hint: theirs, post_logout_redirect_uri: EVIL })).redirect_uri, EVIL, 'their own session leads there');
    });
  });
}
