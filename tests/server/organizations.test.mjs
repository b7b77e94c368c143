import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { ADA, Browser, Client, GRACE, allowing, card, connect, errorOf, startServer } from './harness.mjs';

const B2B = { realm: 'b2b' };

test('organizations', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin, 'third-party-public', B2B);
  const cardOf = (browser, more, options) => card(browser, client, more, { ...B2B, ...options });
  const choose = (browser, { transaction }, organization) => browser.start('b2b', { transaction, organization_id: organization });
  const silently = async (browser, more) => (await browser.fetch(`/b2b/oauth/authorize?${await client.query({ prompt: 'none', ...more })}`)).headers.get('location');

  await t.test('a member of several is shown all of them, with the first one chosen', async () => {
    const shown = await cardOf(new Browser(origin));
    assert.equal(shown.organization.organization_id, 'acme');
    assert.deepEqual(shown.organizations.map(({ name, status }) => [name, status]), [
      ['Acme Corporation', 'allowed'], ['Globex', 'allowed'], ['Initech', 'needs_approval'], ['Vandelay Industries', 'blocked'],
    ]);
    assert.equal(shown.remember, 'never');
  });

  await t.test('the chosen organization is in the ID token, userinfo, introspection and a refresh', async () => {
    for (const [id, name] of [['acme', 'Acme Corporation'], ['globex', 'Globex']]) {
      const browser = new Browser(origin);
      const shown = await choose(browser, await cardOf(browser, { scope: 'openid profile offline_access' }), id);
      assert.equal(shown.organization.organization_id, id);
      const { answer } = await browser.allow(shown);
      const tokens = await client.redeem(answer.redirect_uri);
      const { organization_id: organization, organization_name: called, iss } = tokens.claims();
      assert.deepEqual([organization, called, iss], [id, name, `${origin}/b2b`]);
      assert.equal((await client.userinfo(tokens)).organization_id, id);
      const renewed = await oauth.refreshTokenGrant(client.config, tokens.refresh_token);
      assert.equal(renewed.claims().organization_id, id);
      const inspected = await oauth.tokenIntrospection(client.config, renewed.access_token);
      assert.deepEqual([inspected.active, inspected.organization_id], [true, id]);
    }
  });

  await t.test('the grantable scopes differ by organization', async () => {
    const browser = new Browser(origin);
    const first = await cardOf(browser, { scope: 'openid members.read' });
    const offered = ({ scopes }) => {
      const { grantable, reason } = scopes.find(({ scope }) => scope === 'members.read');
      return [grantable, reason];
    };
    assert.deepEqual(offered(first), [true, undefined]);
    const shown = await choose(browser, first, 'globex');
    assert.deepEqual(offered(shown), [false, 'Globex doesn’t share its member list.']);
    const forced = { ...allowing(shown), scopes: [{ scope: 'openid' }, { scope: 'members.read' }] };
    assert.equal((await browser.submit(forced)).status, 400);
    const { answer } = await browser.allow(shown);
    assert.equal((await client.redeem(answer.redirect_uri)).scope, 'openid');
  });

  await t.test('a decision that names another organization than the one shown is asked again', async () => {
    const browser = new Browser(origin);
    const shown = await cardOf(browser);
    await choose(browser, shown, 'globex');
    const { answer } = await browser.allow(shown);
    assert.deepEqual([answer.outcome, answer.organization.organization_id], ['consent', 'globex']);
    const { organization_id: dropped, ...unnamed } = allowing(shown);
    assert.equal((await browser.submit(unnamed)).answer.outcome, 'consent');
    assert.equal((await browser.allow(answer)).answer.outcome, 'redirect');
  });

  await t.test('nobody acts in an organization of others', async () => {
    const browser = new Browser(origin);
    const shown = await cardOf(browser, {}, { email: GRACE });
    const { status, answer } = await browser.call('/countersign/authorize/start', { realm: 'b2b', transaction: shown.transaction, organization_id: 'globex' });
    assert.deepEqual([status, answer.code], [400, 'malformed_call']);
    assert.equal((await browser.submit({ ...allowing(shown), organization_id: 'globex' })).answer.outcome, 'consent');
  });

  await t.test('the choice of one account does not carry over to the next', async () => {
    const browser = new Browser(origin);
    await choose(browser, await cardOf(browser), 'globex');
    const shown = await cardOf(browser);
    await choose(browser, shown, 'globex');
    await browser.login(GRACE);
    const hers = await browser.start('b2b', { transaction: shown.transaction });
    assert.equal(hers.organization.organization_id, 'acme');
    assert.equal(hers.organizations.length, 1);
  });

  await t.test('several organizations always ask, and prompt=none is interaction_required', async () => {
    const browser = new Browser(origin);
    await connect(browser, client, {}, B2B);
    assert.equal((await browser.start('b2b', await client.query())).outcome, 'consent');
    assert.equal(errorOf(await silently(browser)), 'interaction_required');
  });

  await t.test('one organization asks once, and is silent afterwards', async () => {
    const browser = new Browser(origin);
    await browser.login(GRACE);
    assert.equal(errorOf(await silently(browser)), 'consent_required');
    await connect(browser, client, {}, { ...B2B, email: GRACE });
    const again = await browser.start('b2b', await client.query());
    assert.equal(again.outcome, 'redirect');
    const tokens = await client.redeem(await silently(browser));
    assert.equal(tokens.claims().organization_id, 'acme');
  });

  await t.test('a first-party confidential client needs no card with one organization, and one with several', async () => {
    const app = await Client.known(origin, 'first-party-confidential', B2B);
    const grace = new Browser(origin);
    await grace.login(GRACE);
    const { redirect_uri: address } = await grace.start('b2b', await app.query());
    assert.equal((await app.redeem(address)).claims().organization_id, 'acme');
    const ada = new Browser(origin);
    await ada.login(ADA);
    assert.equal((await ada.start('b2b', await app.query())).outcome, 'consent');
  });
});

test('the endpoint of organizations takes POST and answers by form', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin, 'third-party-public', B2B);
  const browser = new Browser(origin);
  const response = await browser.postFrom('https://elsewhere.example', '/b2b/oauth/authorize', await client.query({ response_mode: 'form_post' }));
  const location = response.headers.get('location');
  assert.match(location, /^\/b2b\/oauth\/authorize\?transaction=/);
  const transaction = location.split('=')[1];
  await browser.login(ADA);
  const { answer } = await browser.allow(await browser.start('b2b', { transaction }));
  assert.ok(answer.redirect_uri.startsWith(`${origin}/countersign/finish/`));
  const page = await browser.fetch(answer.redirect_uri);
  assert.match(await page.text(), /action="https:\/\/photo-printer\.example\/b2b\/callback"/);
});

test('the two realms are apart', async (t) => {
  const { origin } = await startServer(t);
  const consumer = await Client.known(origin);
  const b2b = await Client.known(origin, 'third-party-public', B2B);

  await t.test('a code of one does not redeem at the other', async () => {
    const browser = new Browser(origin);
    const address = new URL(await connect(browser, consumer, { redirect_uri: consumer.redirectUri }));
    const body = new URLSearchParams({
      grant_type: 'authorization_code', code: address.searchParams.get('code'), client_id: 'third-party-public',
      redirect_uri: consumer.redirectUri, code_verifier: 'v'.repeat(43),
    });
    const response = await fetch(`${origin}/b2b/oauth/token`, { method: 'POST', body });
    assert.equal((await response.json()).error, 'invalid_grant');
  });

  await t.test('an answer names its own issuer', async () => {
    const browser = new Browser(origin);
    const address = new URL(await connect(browser, b2b, {}, B2B));
    assert.equal(address.searchParams.get('iss'), `${origin}/b2b`);
    await b2b.redeem(address);
  });

  await t.test('metadata of each names its own endpoints, wherever a client looks', async () => {
    const places = ['/b2b/.well-known/openid-configuration', '/b2b/.well-known/oauth-authorization-server', '/.well-known/oauth-authorization-server/b2b', '/.well-known/openid-configuration/b2b'];
    for (const place of places) {
      const metadata = await (await fetch(origin + place)).json();
      assert.equal(metadata.issuer, `${origin}/b2b`, place);
      for (const [name, value] of Object.entries(metadata)) {
        if (/_(endpoint|uri)$/.test(name)) assert.ok(value.startsWith(`${origin}/b2b/oauth/`), `${name}: ${value}`);
      }
    }
    const metadata = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
    assert.equal(metadata.issuer, origin);
    assert.equal(metadata.authorization_endpoint, `${origin}/oauth/authorize`);
    assert.equal(metadata.end_session_endpoint, `${origin}/oauth/logout`);
    assert.deepEqual(metadata.prompt_values_supported, ['none', 'login', 'consent', 'select_account']);
  });

  await t.test('a client registered at one is unknown at the other', async () => {
    const client = await Client.registered(origin, {});
    const answer = await new Browser(origin).start('b2b', await client.query());
    assert.deepEqual([answer.outcome, answer.error], ['error', 'invalid_client']);
  });

  await t.test('both at once in one browser do not disturb each other', async () => {
    const browser = new Browser(origin);
    const one = await card(browser, consumer);
    const two = await card(browser, b2b, {}, B2B);
    const [first, second] = await Promise.all([browser.allow(one), browser.allow(two)]);
    await consumer.redeem(first.answer.redirect_uri);
    await b2b.redeem(second.answer.redirect_uri);
  });
});
