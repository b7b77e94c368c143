/** The addresses of clients: which may be registered and used, and what each of them decides. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as oauth from 'openid-client';
import { addressFault, isNativeAddress, isRegistered } from '../../examples/authorization-server/registration/addresses.mjs';
import { transactionOf } from './answers.mjs';
import { ADA, AT_HOME, Browser, CLIENT_ORIGIN, Client, GRACE, KEPT, card, errorOf, startServer } from './harness.mjs';

const VECTORS = JSON.parse(readFileSync(new URL('../vectors/registration.json', import.meta.url), 'utf8'));
const REDIRECTS = JSON.parse(readFileSync(new URL('../vectors/redirect.json', import.meta.url), 'utf8'));
const PREFIXES = { consumer: '', b2b: '/b2b' };

async function register(origin, metadata, prefix = '') {
  const response = await fetch(`${origin}${prefix}/oauth/register`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token_endpoint_auth_method: 'none', ...metadata }),
  });
  return { status: response.status, answer: await response.json() };
}

test('the rules for addresses', async (t) => {
  for (const { name, address, refused, native = false } of VECTORS) {
    await t.test(`${name}: ${refused ?? (native ? 'native' : 'web')}`, () => {
      assert.equal(addressFault(address), refused);
      if (refused === undefined) assert.equal(isNativeAddress(address), native);
    });
  }

  await t.test('no address can be registered that the page would not open because of its scheme', () => {
    const refused = REDIRECTS.filter((it) => it.refused === 'scheme').map(({ address }) => address);
    assert.ok(refused.length > 50);
    const everything = refused.filter((address) => URL.canParse(address)).map((address) => new URL(address).protocol.slice(0, -1));
    assert.deepEqual(refused.filter((address) => addressFault(address, everything) === undefined), []);
  });

  await t.test('an address has at most 2048 characters', () => {
    const long = `https://printer.example/${'x'.repeat(2048 - 24)}`;
    assert.equal(long.length, 2048);
    assert.deepEqual([addressFault(long), addressFault(`${long}x`)], [undefined, 'malformed']);
  });

  await t.test('the host’s list replaces the default one, and allows no handler of the system', () => {
    const schemes = ['printer', 'ms-msdt', 'javascript', 'file'];
    assert.equal(addressFault('printer://cb', schemes), undefined);
    assert.equal(addressFault('cursor://cb', schemes), 'scheme_unlisted');
    assert.equal(addressFault('com.example.printer:/cb', []), undefined);
    for (const address of ['ms-msdt:/id', 'javascript:alert(1)', 'file:///etc/passwd']) assert.equal(addressFault(address, schemes), 'scheme');
  });

  await t.test('only text is an address', () => {
    for (const value of [undefined, null, 7, ['https://printer.example/']]) {
      assert.deepEqual([addressFault(value), isNativeAddress(value)], ['malformed', false]);
    }
  });

  await t.test('on loopback by http the port does not matter, and everything else does', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.0.0.2']) {
      const plain = `http://${host}/cb?a=1`;
      for (const other of [plain, `http://${host}:1/cb?a=1`, `http://${host}:65535/cb?a=1`, `http://${host}:80/cb?a=1`]) {
        assert.ok(isRegistered([plain], other), other);
        assert.ok(isRegistered([other], plain), other);
        assert.ok(isRegistered(['https://printer.example/cb', other], `http://${host}:54212/cb?a=1`), other);
      }
      for (const other of [`http://${host}:1/cb`, `http://${host}:1/cb?a=2`, `http://${host}:1/CB?a=1`, `http://${host}:1/cb?a=1#`, `https://${host}:1/cb?a=1`, `http://user@${host}:1/cb?a=1`, `http://${host}:65536/cb?a=1`]) {
        assert.ok(!isRegistered([plain], other), other);
      }
    }
    assert.ok(!isRegistered(['http://127.0.0.1/cb'], 'http://localhost/cb'));
    assert.ok(!isRegistered(['http://127.0.0.1/cb'], 'http://[::1]/cb'));
    assert.ok(isRegistered(['http://localhost'], 'http://localhost:3000'));
    for (const [known, other] of [
      ['https://printer.example/cb', 'https://printer.example:8443/cb'], ['https://localhost/cb', 'https://localhost:1/cb'],
      ['http://printer.example/cb', 'http://printer.example:81/cb'], ['com.example.app://cb', 'com.example.app://cb:1'],
    ]) assert.deepEqual([isRegistered([known], other), isRegistered([known], known)], [false, true], other);
  });
});

test('registration', async (t) => {
  const { origin } = await startServer(t);

  for (const [realm, prefix] of Object.entries(PREFIXES)) {
    await t.test(`takes and refuses addresses by the rules, for answers and after a sign-out (${realm})`, async () => {
      for (const { name, address, refused } of VECTORS) {
        const good = 'https://printer.example/other';
        const { status, answer } = await register(origin, { redirect_uris: [good, address] }, prefix);
        const after = await register(origin, { redirect_uris: [good], post_logout_redirect_uris: [address] }, prefix);
        if (refused === undefined) {
          assert.deepEqual([status, after.status], [201, 201], name);
          assert.deepEqual([answer.redirect_uris, after.answer.post_logout_redirect_uris], [[good, address], [address]], name);
        } else {
          assert.deepEqual([status, answer.error], [400, 'invalid_redirect_uri'], name);
          assert.deepEqual([after.status, after.answer.error], [400, 'invalid_client_metadata'], name);
          assert.match(answer.error_description, /^redirect_uris ./, name);
          assert.match(after.answer.error_description, /^post_logout_redirect_uris ./, name);
        }
      }
    });
  }

  await t.test('takes mixed lists with any application_type, and keeps the one that is given', async () => {
    const mixed = [AT_HOME, 'http://127.0.0.1/cb', 'http://[::1]/cb', 'cursor://cb', 'com.example.app:/cb', 'https://localhost/cb'];
    for (const type of ['web', 'native', undefined]) {
      const { status, answer } = await register(origin, { redirect_uris: mixed, application_type: type });
      assert.deepEqual([status, answer.application_type], [201, type ?? 'native']);
    }
    assert.equal((await register(origin, { redirect_uris: mixed, application_type: 'desktop' })).status, 400);
  });

  await t.test('without an application_type the addresses give it', async () => {
    for (const [addresses, type] of [
      [[AT_HOME], 'web'], [['http://localhost:3000/cb'], 'native'], [['com.example.app:/cb'], 'native'], [[AT_HOME, 'http://[::1]/cb'], 'native'],
    ]) assert.equal((await register(origin, { redirect_uris: addresses })).answer.application_type, type, addresses[0]);
  });

  await t.test('takes the schemes on the host’s list alone', async () => {
    const { origin: other } = await startServer(t, { schemes: ['printer'] });
    for (const prefix of Object.values(PREFIXES)) {
      assert.equal((await register(other, { redirect_uris: ['printer://cb'] }, prefix)).status, 201);
      assert.equal((await register(other, { redirect_uris: ['cursor://cb'] }, prefix)).status, 400);
    }
  });
});

test('an authorization request', async (t) => {
  const { origin, site } = await startServer(t);
  const native = (redirect, more = {}, prefix = '') => Client.registered(origin, { client_name: 'Tool', redirect_uris: [redirect].flat(), ...more }, prefix);

  await t.test('may name any port on loopback, whatever the client says of itself', async () => {
    for (const [realm, prefix] of Object.entries(PREFIXES)) {
      for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
        for (const type of [undefined, 'web', 'native']) {
          const client = await native([AT_HOME, `http://${host}/callback`], { application_type: type }, prefix);
          const redirect = `http://${host}:54212/callback`;
          const browser = new Browser(origin);
          const shown = await card(browser, client, { redirect_uri: redirect }, { realm, email: GRACE });
          assert.deepEqual([shown.redirect_uri, shown.client.native, shown.remember], [redirect, true, 'never']);
          const { answer } = await browser.allow(shown);
          assert.deepEqual([answer.redirect_uri.startsWith(`${redirect}?code=`), answer.native], [true, true]);
          assert.ok((await client.redeem(answer.redirect_uri)).access_token);
        }
      }
    }
  });

  await t.test('by POST, pushed or signed, too', async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const jwk = { ...await crypto.subtle.exportKey('jwk', publicKey), kid: 'key', use: 'sig', alg: 'ES256' };
    const client = await native('http://[::1]/callback', { jwks: { keys: [jwk] } });
    const shownAt = async (response) => (await new Browser(origin).resume(transactionOf(response))).answer.outcome;
    for (const [redirect, outcome] of [['http://[::1]:54212/callback', 'login'], ['http://[::1]:54212/other', 'error']]) {
      const parameters = await client.parameters({ redirect_uri: redirect });
      const posted = await new Browser(origin).postFrom('null', '/oauth/authorize', await client.query({ redirect_uri: redirect }));
      assert.equal(await shownAt(posted), outcome);
      const signed = await oauth.buildAuthorizationUrlWithJAR(client.config, parameters, { key: privateKey, kid: 'key' });
      const answer = await fetch(signed, { redirect: 'manual' });
      assert.equal(answer.status, outcome === 'login' ? 303 : 400);
      const pushed = oauth.buildAuthorizationUrlWithPAR(client.config, parameters);
      if (outcome === 'login') assert.equal((await fetch(await pushed, { redirect: 'manual' })).status, 303);
      else await assert.rejects(pushed, { error: 'invalid_request' });
    }
  });

  await t.test('of an app leads to its scheme', async () => {
    for (const redirect of ['cursor://anysphere.cursor-mcp/oauth/callback', 'com.example.app:/cb']) {
      const client = await native(redirect);
      const browser = new Browser(origin);
      const shown = await card(browser, client);
      assert.deepEqual([shown.client.native, shown.remember, shown.client.registrable_domain], [true, 'never', undefined]);
      const { answer } = await browser.allow(shown);
      assert.deepEqual([answer.redirect_uri.startsWith(`${redirect}?code=`), answer.native], [true, true]);
    }
  });

  await t.test('at an https address is a web client’s, whatever the client says of itself', async () => {
    for (const type of [undefined, 'web', 'native']) {
      const client = await native([AT_HOME, 'http://127.0.0.1/cb'], { application_type: type });
      const browser = new Browser(origin);
      const shown = await card(browser, client);
      assert.deepEqual([shown.client.native, shown.remember], [false, 'choice']);
      const { answer } = await browser.allow(shown);
      assert.equal(answer.native, undefined);
    }
  });

  await t.test('at a native client’s address is asked every time, also if the decision wants to be remembered', async () => {
    const addresses = ['http://localhost:54212/callback', 'http://127.0.0.1:7777/cb', 'http://[::1]:7777/cb', 'cursor://cb', 'com.example.app:/cb'];
    for (const redirect of addresses) {
      for (const more of [{}, { application_type: 'web' }, { application_type: 'native' }]) {
        const client = await native(redirect, more);
        const browser = new Browser(origin);
        await browser.allow(await card(browser, client, { prompt: undefined }), KEPT);
        const again = await browser.start('consumer', await client.query());
        assert.deepEqual([again.outcome, again.remember], ['consent', 'never'], redirect);
        assert.ok(again.scopes.every(({ granted }) => granted), 'the card says what was allowed before');
      }
    }
    const managed = await Client.known(origin, 'third-party-public', { site: CLIENT_ORIGIN });
    const browser = new Browser(origin);
    await browser.allow(await card(browser, managed, { prompt: undefined }), KEPT);
    assert.equal((await browser.start('consumer', await managed.query())).outcome, 'consent');
  });

  await t.test('at a native client’s address does not profit from an https address that is remembered', async () => {
    const client = await native([AT_HOME, 'http://127.0.0.1/cb']);
    const browser = new Browser(origin);
    await browser.allow(await card(browser, client, { prompt: undefined }), KEPT);
    assert.equal((await browser.start('consumer', await client.query())).outcome, 'redirect');
    const there = { redirect_uri: 'http://127.0.0.1:1024/cb' };
    assert.equal((await browser.start('consumer', await client.query(there))).outcome, 'consent');
    const silent = await browser.fetch(`/oauth/authorize?${await client.query({ ...there, scope: 'openid', prompt: 'none' })}`);
    assert.equal(errorOf(silent.headers.get('location')), 'interaction_required');
    const atHome = await browser.fetch(`/oauth/authorize?${await (await native(AT_HOME, { application_type: 'native' })).query({ prompt: 'none' })}`);
    assert.equal(errorOf(atHome.headers.get('location')), 'consent_required');
    const web = await native([AT_HOME, 'http://127.0.0.1/cb'], { application_type: 'web' });
    const other = await browser.fetch(`/oauth/authorize?${await web.query({ ...there, prompt: 'none' })}`);
    assert.equal(errorOf(other.headers.get('location')), 'consent_required');
  });

  await t.test('at a native client’s address is asked also if a record of before the rule remembers it', async () => {
    const client = await native([AT_HOME, 'http://127.0.0.1/cb']);
    const browser = new Browser(origin);
    await browser.login(ADA);
    const entries = ['openid', 'profile', 'email'].map((scope) => ({ scope }));
    for (const [redirect, outcome] of [['http://127.0.0.1/cb', 'consent'], [AT_HOME, 'redirect']]) {
      site.realms.consumer.consents.decide('account-ada', client.id, undefined, redirect, { shown: entries, ticked: entries, remember: true });
      assert.equal((await browser.start('consumer', await client.query({ redirect_uri: redirect }))).outcome, outcome);
    }
  });

  await t.test('of the server’s own confidential client needs no card at its registered port, and one at another', async () => {
    const client = await Client.known(origin, 'first-party-confidential');
    const browser = new Browser(origin);
    await browser.login(ADA);
    assert.equal((await browser.start('consumer', await client.query())).outcome, 'redirect');
    const other = await browser.start('consumer', await client.query({ redirect_uri: 'http://localhost:4402/callback' }));
    assert.deepEqual([other.outcome, other.remember], ['consent', 'never']);
  });

  await t.test('names no address that the rules refuse, also if it was registered before them', async () => {
    const { answer: stored } = await register(origin, { redirect_uris: [AT_HOME] });
    const clients = site.realms.consumer.store.adapter('Client');
    for (const address of ['http://printer.example/cb', 'ms-msdt:/id', 'https://good.example@evil.example/cb']) {
      await clients.upsert(stored.client_id, { ...stored, redirect_uris: [address] });
      const query = new URLSearchParams({ client_id: stored.client_id, redirect_uri: address, response_type: 'code', scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' });
      const refused = await new Browser(origin).start('consumer', query.toString());
      assert.deepEqual([refused.outcome, refused.error], ['error', 'invalid_redirect_uri']);
    }
  });
});

test('after a sign-out', async (t) => {
  const { origin } = await startServer(t);
  const signOut = async (registered, address, metadata = {}) => {
    const client = await Client.registered(origin, { redirect_uris: [`${CLIENT_ORIGIN}/cb`], post_logout_redirect_uris: [registered], ...metadata });
    const browser = new Browser(origin);
    const { answer } = await browser.allow(await card(browser, client));
    const tokens = await client.redeem(answer.redirect_uri);
    const query = new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: address }).toString();
    return browser.ok('/countersign/logout/start', { realm: 'consumer', query });
  };

  await t.test('a native client’s address has any port on loopback, or the app’s scheme', async () => {
    for (const [registered, address, more] of [
      ['http://127.0.0.1/out', 'http://127.0.0.1:54212/out'], ['http://[::1]/out', 'http://[::1]:54212/out'],
      ['https://app.example/out', 'https://app.example/out'], ['com.example.app:/out', 'com.example.app:/out', { native: true }],
    ]) assert.deepEqual(await signOut(registered, address), { outcome: 'redirect', redirect_uri: address, ...more });
  });

  await t.test('whatever the client says of itself, the address decides', async () => {
    const address = 'http://127.0.0.1:54212/out';
    assert.deepEqual(await signOut('http://127.0.0.1/out', address, { application_type: 'web' }), { outcome: 'redirect', redirect_uri: address });
  });

  await t.test('another path or host is not taken', async () => {
    for (const address of ['http://127.0.0.1:54212/other', 'http://localhost/out']) {
      assert.notEqual((await signOut('http://127.0.0.1/out', address)).redirect_uri, address);
    }
  });
});
