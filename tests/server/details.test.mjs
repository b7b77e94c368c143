import assert from 'node:assert/strict';
import test from 'node:test';
import * as oauth from 'openid-client';
import { createRelyingParty } from '../../examples/relying-party/relying-party.mjs';
import { holdPort } from '../e2e/support/ports.mjs';
import { transactionOf } from './answers.mjs';
import { ADA, Browser, Client, KEPT, allowing, card, connect, errorOf, startServer } from './harness.mjs';

const resource = 'https://payments.example/api';
const PAYMENT = {
  type: 'payment_initiation',
  instructedAmount: { currency: 'EUR', amount: '45.00' },
  creditorName: 'Photo Printer',
  creditorAccount: { iban: 'DE02100100109307118603' },
};
const ACCOUNTS = { type: 'account_information', actions: ['list_accounts', 'read_balances'] };
const asking = (...details) => ({ scope: 'openid', resource, authorization_details: JSON.stringify(details) });
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

test('authorization details', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const allowed = async (browser, more) => (await browser.allow(await card(browser, client, more))).answer;

  await t.test('are on the card as requested, with the API that they are for', async () => {
    const shown = await card(new Browser(origin), client, asking(PAYMENT, ACCOUNTS));
    assert.deepEqual(shown.authorization_details, [PAYMENT, ACCOUNTS]);
    assert.deepEqual(shown.resources, [{ resource, name: 'Payments' }]);
    assert.deepEqual((await card(new Browser(origin), client)).authorization_details, []);
  });

  await t.test('are in the tokens after an allow: in the answer, for the API, introspected, and renewed', async () => {
    const browser = new Browser(origin);
    const app = await Client.known(origin, 'third-party-confidential');
    const shown = await card(browser, app, { ...asking(PAYMENT, ACCOUNTS), scope: 'openid offline_access' });
    const { answer } = await browser.allow(shown);
    const tokens = await app.redeem(answer.redirect_uri, { parameters: { resource } });
    assert.deepEqual(tokens.authorization_details, [PAYMENT, ACCOUNTS]);
    const { aud, authorization_details: details } = claimsOf(tokens.access_token);
    assert.deepEqual([aud, details], [resource, [PAYMENT, ACCOUNTS]]);
    const renewed = await oauth.refreshTokenGrant(app.config, tokens.refresh_token);
    assert.deepEqual(renewed.authorization_details, [PAYMENT, ACCOUNTS]);
    const inspected = await oauth.tokenIntrospection(app.config, renewed.refresh_token);
    assert.deepEqual(inspected.authorization_details, [PAYMENT, ACCOUNTS]);
  });

  await t.test('can be narrowed by the client at the token endpoint, and not changed', async () => {
    const ask = async (...details) => {
      const { redirect_uri: address } = await allowed(new Browser(origin), asking(PAYMENT, ACCOUNTS));
      return client.redeem(address, { parameters: { resource, authorization_details: JSON.stringify(details) } });
    };
    assert.deepEqual((await ask(ACCOUNTS)).authorization_details, [ACCOUNTS]);
    await assert.rejects(ask({ ...PAYMENT, instructedAmount: { currency: 'EUR', amount: '450.00' } }), { error: 'invalid_authorization_details' });
    const service = await Client.known(origin, 'calendar-service');
    const alone = oauth.clientCredentialsGrant(service.config, { resource: 'https://calendar.example/api', authorization_details: JSON.stringify([ACCOUNTS]) });
    await assert.rejects(alone, { error: 'invalid_authorization_details' });
  });

  await t.test('are allowed as shown or not at all', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, asking(PAYMENT, ACCOUNTS));
    const other = { ...PAYMENT, creditorAccount: { iban: 'FR1420041010050500013M02606' } };
    for (const details of [[], [PAYMENT], [ACCOUNTS, PAYMENT], [other, ACCOUNTS], [PAYMENT, ACCOUNTS, ACCOUNTS], [{ ...PAYMENT, more: 1 }, ACCOUNTS]]) {
      const { status, answer } = await browser.allow(shown, { authorization_details: details });
      assert.deepEqual([status, answer.code], [400, 'malformed_call'], JSON.stringify(details));
    }
    const { authorization_details: dropped, ...unnamed } = allowing(shown);
    assert.equal((await browser.submit(unnamed)).status, 400);
    const turned = { creditorAccount: PAYMENT.creditorAccount, instructedAmount: { amount: '45.00', currency: 'EUR' }, creditorName: PAYMENT.creditorName, type: PAYMENT.type };
    const { answer } = await browser.allow(shown, { authorization_details: [turned, ACCOUNTS] });
    assert.deepEqual((await client.redeem(answer.redirect_uri)).authorization_details, [PAYMENT, ACCOUNTS]);
  });

  await t.test('cannot be added to a request without any', async () => {
    const browser = new Browser(origin);
    const { status } = await browser.allow(await card(browser, client), { authorization_details: [PAYMENT] });
    assert.equal(status, 400);
  });

  await t.test('can be denied', async () => {
    const browser = new Browser(origin);
    const { answer } = await browser.deny((await card(browser, client, asking(PAYMENT))).transaction);
    assert.equal(errorOf(answer.redirect_uri), 'access_denied');
  });

  await t.test('need a card each time, for every client, and are never granted silently', async () => {
    for (const id of ['third-party-public', 'first-party-confidential']) {
      const app = await Client.known(origin, id);
      const browser = new Browser(origin);
      await connect(browser, app, { scope: 'openid' });
      const shown = await browser.start('consumer', await app.query(asking(PAYMENT)));
      assert.deepEqual([shown.outcome, shown.remember], ['consent', 'never'], id);
      await browser.allow(shown, KEPT);
      assert.equal((await browser.start('consumer', await app.query(asking(PAYMENT)))).outcome, 'consent', id);
      const silently = await browser.fetch(`/oauth/authorize?${await app.query({ ...asking(PAYMENT), prompt: 'none' })}`);
      assert.equal(errorOf(silently.headers.get('location')), 'consent_required', id);
    }
  });

  await t.test('of an earlier grant are not in the next one', async () => {
    const browser = new Browser(origin);
    await allowed(browser, asking(PAYMENT));
    const { redirect_uri: address } = await allowed(browser, { scope: 'openid' });
    assert.equal((await client.redeem(address)).authorization_details, undefined);
  });
});

test('details that do not fit their type', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const browser = new Browser(origin);
  await browser.login(ADA);
  const refused = async (details, who = client) => {
    const answer = await browser.start('consumer', await who.query(asking(...details)));
    assert.equal(errorOf(answer.redirect_uri), 'invalid_authorization_details', JSON.stringify(details));
  };

  await t.test('go back to the client as an error', async () => {
    for (const wrong of [
      { instructedAmount: '45.00' }, { instructedAmount: { currency: 'EUR' } }, { instructedAmount: { currency: 'EUR', amount: 45 } },
      { instructedAmount: { currency: 'EUR', amount: '-45.00' } }, { creditorName: '' }, { creditorName: undefined }, { creditorName: 'x'.repeat(141) },
      { creditorAccount: { iban: 'no' } }, { creditorAccount: null }, { remittanceInformationUnstructured: 7 }, { unknown: 'member' },
    ]) await refused([{ ...PAYMENT, ...wrong }]);
    for (const actions of [undefined, [], ['read_mails'], 'read_balances']) await refused([{ ...ACCOUNTS, actions }]);
  });

  await t.test('do so where one of several is wrong, or of a type the client did not register', async () => {
    await refused([PAYMENT, { type: 'payment' }]);
    await refused([PAYMENT], await Client.registered(origin, { authorization_details_types: ['account_information'] }));
  });

  await t.test('are an error for the client where there are too many', async () => {
    const answer = await browser.start('consumer', await client.query(asking(...Array(65).fill(PAYMENT))));
    assert.equal(errorOf(answer.redirect_uri), 'invalid_request');
  });
});

test('details that were pushed or signed are the same', async (t) => {
  const { origin } = await startServer(t);
  const browser = new Browser(origin);
  await browser.login(ADA);
  const detailsAt = async (url) => {
    const page = await browser.fetch(url.pathname + url.search);
    return (await browser.start('consumer', { transaction: transactionOf(page) })).authorization_details;
  };
  const client = await Client.known(origin);
  const pushed = await oauth.buildAuthorizationUrlWithPAR(client.config, await client.parameters(asking(PAYMENT)));
  assert.deepEqual(await detailsAt(pushed), [PAYMENT]);

  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const jwk = { ...await crypto.subtle.exportKey('jwk', publicKey), kid: 'key', use: 'sig', alg: 'ES256' };
  const app = await Client.registered(origin, {
    jwks: { keys: [jwk] }, request_object_signing_alg: 'ES256', authorization_details_types: ['payment_initiation'],
  });
  const signed = await oauth.buildAuthorizationUrlWithJAR(app.config, await app.parameters(asking(PAYMENT)), { key: privateKey, kid: 'key' });
  assert.deepEqual(await detailsAt(signed), [PAYMENT]);
});

test('the demo’s client asks for a payment and shows what it got', async (t) => {
  const held = await holdPort();
  const { origin } = await startServer(t, { clientPort: held.port });
  await held.release();
  const app = await createRelyingParty({ port: held.port, issuer: origin });
  t.after(() => app.close());
  const [atClient, browser] = [new Browser(app.url), new Browser(origin)];
  assert.match(await (await atClient.fetch('/')).text(), /With a payment of 45\.00 EUR/);
  const begun = await atClient.fetch('/connect?scope=profile&pays=yes');
  await browser.login(ADA);
  const shown = await browser.start('consumer', new URL(begun.headers.get('location')).search.slice(1));
  assert.equal(shown.authorization_details[0].instructedAmount.amount, '45.00');
  const { answer } = await browser.allow(shown);
  const back = await atClient.fetch(answer.redirect_uri);
  const page = await (await atClient.fetch(back.headers.get('location'))).text();
  assert.match(page, /<h1>Connected<\/h1>[^]*<caption>Granted details<\/caption>[^]*payment_initiation[^]*45\.00/);
});
