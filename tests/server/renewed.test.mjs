import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { ADA, Browser, CLIENT_ORIGIN, Client, GRACE, KEPT, card, connect, errorOf, startServer } from './harness.mjs';

const PHOTOS = 'https://photos.example/api';
const AT_HTTPS = ['https://app.example/cb'];
const AT_LOOPBACK = ['http://localhost:4401/one', 'http://localhost:4401/two'];

test('an allow holds for silent requests of its login session', async (t) => {
  const { origin, clock } = await startServer(t);
  const registered = (metadata = {}, prefix) => Client.registered(origin, { redirect_uris: AT_HTTPS, ...metadata }, prefix);
  const silentAnswer = async (browser, client, more = {}, prefix = '') => {
    const response = await browser.fetch(`${prefix}/oauth/authorize?${await client.query({ prompt: 'none', ...more })}`);
    return response.headers.get('location');
  };
  const silently = async (...request) => errorOf(await silentAnswer(...request)) ?? 'answered';
  const allowed = async (client, more = {}, { decision, ...options } = {}) => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { prompt: undefined, ...more }, options);
    assert.equal(shown.outcome, 'consent');
    assert.equal((await browser.allow(shown, decision)).answer.outcome, 'redirect');
    return browser;
  };

  await t.test('of a client at an https address, a confidential one, or one that says that it is a web page', async () => {
    const secret = { token_endpoint_auth_method: 'client_secret_basic' };
    for (const client of [
      await registered(),
      await registered({ application_type: 'native' }),
      await registered({ application_type: 'web', redirect_uris: AT_LOOPBACK }),
      await registered({ application_type: 'native', redirect_uris: AT_LOOPBACK, ...secret }),
      await Client.known(origin, 'third-party-confidential'),
    ]) {
      const browser = await allowed(client);
      assert.equal(await silently(browser, client), 'answered');
    }
  });

  await t.test('and not of a public native client at another address, which any program can imitate', async () => {
    for (const redirect of ['http://127.0.0.1/cb', 'http://localhost:4401/cb', 'http://[::1]:4401/cb', 'com.example.app:/cb']) {
      const client = await registered({ application_type: 'native', redirect_uris: [redirect] });
      const browser = await allowed(client);
      assert.notEqual(await silently(browser, client), 'answered', redirect);
    }
  });

  await t.test('with tokens for the scopes that were allowed, once more each time', async () => {
    const client = await registered();
    const browser = await allowed(client);
    for (const round of [1, 2]) {
      const tokens = await client.redeem(await silentAnswer(browser, client));
      assert.deepEqual([tokens.scope, tokens.claims().sub], ['openid profile email', 'account-ada'], `round ${round}`);
    }
    const less = await client.redeem(await silentAnswer(browser, client, { scope: 'openid email' }));
    assert.equal(less.scope, 'openid email');
  });

  await t.test('an interactive request is still asked', async () => {
    const client = await registered();
    const browser = await allowed(client);
    for (const prompt of [undefined, 'consent']) {
      assert.equal((await browser.start('consumer', await client.query({ prompt }))).outcome, 'consent');
    }
  });

  await t.test('and not for more scopes, another API, another address, another client or details', async () => {
    const client = await registered({ redirect_uris: [...AT_HTTPS, 'https://app.example/other'], authorization_details_types: ['account_information'] });
    const browser = await allowed(client, { scope: 'openid photos.read' });
    const details = JSON.stringify([{ type: 'account_information', actions: ['list_accounts'] }]);
    const scope = 'openid photos.read';
    assert.equal(await silently(browser, client, { scope }), 'answered');
    for (const more of [
      { scope: `${scope} photos.write` }, { scope: 'openid email' }, { scope, resource: PHOTOS },
      { scope, redirect_uri: 'https://app.example/other' }, { scope, authorization_details: details, resource: 'https://payments.example/api' },
    ]) assert.equal(await silently(browser, client, more), 'consent_required', JSON.stringify(more));
    assert.equal(await silently(browser, await registered(), { scope }), 'consent_required');
  });

  await t.test('an API’s scopes are renewed at that API alone', async () => {
    const client = await registered();
    const more = { scope: 'openid photos.read', resource: PHOTOS };
    const browser = await allowed(client, more);
    assert.equal(await silently(browser, client, more), 'answered');
    assert.equal(await silently(browser, client, { ...more, resource: 'http://localhost:9000/api' }), 'consent_required');
  });

  await t.test('and not on another port of the same machine', async () => {
    const client = await registered({
      application_type: 'native', redirect_uris: ['http://127.0.0.1/cb'], token_endpoint_auth_method: 'client_secret_basic',
    });
    const at = (port) => ({ redirect_uri: `http://127.0.0.1:${port}/cb` });
    const browser = await allowed(client, at(50_001));
    assert.equal(await silently(browser, client, at(50_001)), 'answered');
    assert.equal(await silently(browser, client, at(50_002)), 'interaction_required');
  });

  await t.test('what was unticked is never granted, and a later decision takes back', async () => {
    const client = await registered();
    const browser = await allowed(client, {}, { decision: { without: ['email'] } });
    assert.equal(await silently(browser, client), 'consent_required');
    assert.equal(await silently(browser, client, { scope: 'openid profile' }), 'answered');
    await browser.allow(await card(browser, client), { without: ['profile', 'email'] });
    assert.equal(await silently(browser, client, { scope: 'openid profile' }), 'consent_required');
    assert.equal(await silently(browser, client, { scope: 'openid' }), 'answered');
  });

  await t.test('a denial allows nothing', async () => {
    const client = await registered();
    const browser = new Browser(origin);
    await browser.deny((await card(browser, client)).transaction);
    assert.equal(await silently(browser, client), 'consent_required');
  });

  await t.test('ends with the sign-out, however the user signs in again', async () => {
    const client = await registered();
    const browser = await allowed(client);
    await browser.ok('/account/logout', {});
    assert.equal(await silently(browser, client), 'login_required');
    await browser.login(ADA);
    assert.equal(await silently(browser, client), 'consent_required');
  });

  await t.test('ends with another account, also for the first one', async () => {
    const client = await registered();
    const browser = await allowed(client);
    await browser.login(GRACE);
    assert.equal(await silently(browser, client), 'consent_required');
    await browser.login(ADA);
    assert.equal(await silently(browser, client), 'consent_required');
  });

  await t.test('stays if the same account gives its password again', async () => {
    const client = await registered();
    const browser = await allowed(client);
    await browser.login(ADA);
    assert.equal(await silently(browser, client), 'answered');
  });

  await t.test('belongs to the browser', async () => {
    const client = await registered();
    await allowed(client);
    const other = new Browser(origin);
    await other.login(ADA);
    assert.equal(await silently(other, client), 'consent_required');
  });

  await t.test('holds in the realm of the allow, for a member of one organization', async () => {
    const client = await registered({}, '/b2b');
    const browser = await allowed(client, {}, { realm: 'b2b', email: GRACE });
    const tokens = await client.redeem(await silentAnswer(browser, client, {}, '/b2b'));
    assert.equal(tokens.claims().organization_id, 'acme');
    const [here, there] = [await Client.known(origin), await Client.known(origin, 'third-party-public', { realm: 'b2b' })];
    const redirect = { redirect_uri: there.redirectUri };
    const member = await allowed(there, redirect, { realm: 'b2b', email: GRACE });
    assert.equal(await silently(member, here), 'consent_required');
  });

  await t.test('also for requests by POST and pushed ones', async () => {
    const client = await registered();
    const browser = await allowed(client);
    const posted = await browser.postFrom(CLIENT_ORIGIN, '/oauth/authorize', await client.query({ prompt: 'none' }));
    const answer = await browser.fetch(posted.headers.get('location'));
    assert.ok((await client.redeem(answer.headers.get('location'))).access_token);
    const pushed = await oauth.buildAuthorizationUrlWithPAR(client.config, await client.parameters({ prompt: 'none' }));
    const silent = await browser.fetch(pushed.pathname + pushed.search);
    assert.ok((await client.redeem(silent.headers.get('location'))).access_token);
  });

  await t.test('a remembered allow outlives the session, as before', async () => {
    const client = await registered();
    const browser = new Browser(origin);
    await connect(browser, client, {}, { decision: KEPT });
    await browser.ok('/account/logout', {});
    await browser.login(ADA);
    assert.equal(await silently(browser, client), 'answered');
  });

  await t.test('ends when the login session does', async () => {
    const client = await registered();
    const browser = await allowed(client);
    clock.advance(12 * 60 * 60 + 1);
    assert.equal(await silently(browser, client), 'login_required');
  });
});
