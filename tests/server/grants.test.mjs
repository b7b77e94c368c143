/** What the engine keeps of an allow, and for how much a former one counts. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { sessionName } from '../../server/node/src/engines/oidc-provider/requests.ts';
import { ADA, Browser, Client, card, connect, errorOf, startServer } from './harness.mjs';

const API = 'https://photos.example/api';
const OTHER = 'http://localhost:9/api';

test('an API that was on no card gets no token from a former allow, even without a scope', async (t) => {
  const { origin } = await startServer(t);
  const parameters = { scope: 'openid profile' };
  const silent = async (browser, client, more) => {
    const response = await browser.fetch(`/oauth/authorize?${await client.query({ ...parameters, prompt: 'none', ...more })}`);
    return errorOf(response.headers.get('location'));
  };

  for (const [how, decision] of [['remembered', { remember: true }], ['in its session', {}]]) {
    await t.test(how, async () => {
      const client = await Client.registered(origin, {});
      const browser = new Browser(origin);
      await browser.allow(await card(browser, client, parameters), decision);
      assert.equal(await silent(browser, client, {}), null);
      for (const resource of [API, OTHER]) {
        assert.equal(await silent(browser, client, { resource }), 'consent_required');
        const shown = await browser.start('consumer', await client.query({ ...parameters, resource }));
        assert.deepEqual([shown.outcome, shown.resources.map((api) => api.resource)], ['consent', [resource]]);
      }
      await browser.allow(await browser.start('consumer', await client.query({ ...parameters, resource: API })), decision);
      assert.equal(await silent(browser, client, { resource: API }), null, 'once it was allowed, it is');
      assert.equal(await silent(browser, client, { resource: OTHER }), 'consent_required', 'and no other');
    });
  }
});

test('a request with details makes no grant before its card, whatever is remembered', async (t) => {
  const { origin, site } = await startServer(t);
  const client = await Client.known(origin);
  const browser = new Browser(origin);
  const resource = 'https://payments.example/api';
  await connect(browser, client, { resource });
  const saved = t.mock.method(site.realms.consumer.provider.Grant.prototype, 'save');
  const details = JSON.stringify([{ type: 'payment_initiation', instructedAmount: { currency: 'EUR', amount: '45.00' }, creditorName: 'Photo Printer' }]);
  const { location } = Object.fromEntries((await browser.fetch(`/oauth/authorize?${await client.query({ prompt: 'none', resource, authorization_details: details })}`)).headers);
  assert.equal(errorOf(location), 'consent_required');
  assert.equal(saved.mock.callCount(), 0);
});

test('a sign-out leaves no session and no grant of its login in the engine', async (t) => {
  const { origin, site } = await startServer(t);
  const client = await Client.known(origin);
  const browser = new Browser(origin);
  await browser.login(ADA);
  await connect(browser, client);
  const { account: { sub }, grants, lock: session } = site.logins.find(browser.cookie('countersign_login'));
  const [{ realm: { provider }, id }] = grants;
  const { Grant, Session } = provider;
  const name = await sessionName(provider, { sub, session });
  assert.ok(await Grant.find(id));
  assert.ok(await Session.findByUid(name));
  await browser.ok('/account/logout', {});
  assert.deepEqual([await Grant.find(id), await Session.findByUid(name)], [undefined, undefined]);
});
