import assert from 'node:assert/strict';
import test from 'node:test';
import { ADA, Browser, Client, GRACE, KEPT, allowing, card, connect, errorOf, startServer } from './harness.mjs';

const B2B = { realm: 'b2b' };
const again = { prompt: 'consent' };

test('a decision counts for the card that it names and for no other', async (t) => {
  const { origin, site } = await startServer(t);
  const client = await Client.known(origin);
  const subject = async (answer, app = client) => (await app.redeem(answer.redirect_uri)).claims().sub;

  await t.test('the same card has the same version, in every tab and after a sign-in', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    const cards = await Promise.all([1, 2].map(() => browser.start('consumer', { transaction: shown.transaction })));
    await browser.ok('/account/logout', {});
    await browser.login(ADA);
    for (const { version } of [...cards, await browser.start('consumer', { transaction: shown.transaction })]) assert.equal(version, shown.version);
  });

  await t.test('another account, client, address, request, organization, scope or detail has another one', async () => {
    const versions = new Set();
    const add = ({ outcome, version }) => {
      assert.equal(outcome, 'consent');
      assert.ok(!versions.has(version));
      versions.add(version);
    };
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    add(shown);
    await browser.login(GRACE);
    add(await browser.start('consumer', { transaction: shown.transaction }));
    for (const more of [{ scope: 'openid' }, { scope: 'openid profile photos.read' }, {}]) add(await card(browser, client, { ...again, ...more }));
    const member = await Client.known(origin, 'third-party-public', B2B);
    const other = new Browser(origin);
    const first = await card(other, member, again, B2B);
    add(first);
    add(await other.start('b2b', { transaction: first.transaction, organization_id: 'globex' }));
  });

  await t.test('a tab that shows another account is shown the current one, although a second tab has shown it', async () => {
    const browser = new Browser(origin);
    const first = await card(browser, client, again);
    await browser.login(GRACE);
    const second = await browser.start('consumer', { transaction: first.transaction });
    const { answer } = await browser.allow(first);
    assert.deepEqual(answer, second);
    assert.equal(answer.account.email, GRACE);
    const done = await browser.allow(answer);
    assert.equal(await subject(done.answer), 'account-grace');
  });

  await t.test('so is one where the other account would not be asked, with exactly what is ticked there', async () => {
    const browser = new Browser(origin);
    await connect(browser, client, {}, { email: GRACE, decision: KEPT });
    await browser.login(ADA);
    const first = await card(browser, client, again);
    await browser.login(GRACE);
    const { answer } = await browser.allow(first);
    assert.deepEqual([answer.outcome, answer.account.email], ['consent', GRACE]);
    const done = await browser.allow(answer, { without: ['email'] });
    const tokens = await client.redeem(done.answer.redirect_uri);
    assert.deepEqual([tokens.claims().sub, tokens.scope], ['account-grace', 'openid profile']);
  });

  await t.test('the same without a second sign-in in between', async () => {
    const browser = new Browser(origin);
    const first = await card(browser, client, { prompt: undefined, scope: 'openid contacts.read' });
    await browser.login(GRACE);
    const { answer } = await browser.allow(first);
    const done = await browser.allow(answer);
    assert.equal(await subject(done.answer), 'account-grace');
  });

  await t.test('a request with a hint of the first account goes back to the sign-in', async () => {
    const browser = new Browser(origin);
    const { id_token: hint } = await client.redeem(await connect(browser, client));
    const first = await card(browser, client, { ...again, id_token_hint: hint });
    await browser.login(GRACE);
    const { answer } = await browser.allow(first);
    assert.deepEqual([answer.outcome, answer.reason], ['login', 'select_account']);
  });

  await t.test('a tab of another organization is shown the one that was chosen last', async () => {
    const member = await Client.known(origin, 'third-party-public', B2B);
    const browser = new Browser(origin);
    const acme = await card(browser, member, again, B2B);
    const globex = await browser.start('b2b', { transaction: acme.transaction, organization_id: 'globex' });
    for (const body of [allowing(acme), { ...allowing(acme), organization_id: 'globex' }, { ...allowing(globex), version: acme.version }]) {
      assert.deepEqual((await browser.submit(body)).answer, globex);
    }
    const done = await browser.allow(globex);
    assert.equal((await member.redeem(done.answer.redirect_uri)).claims().organization_id, 'globex');
  });

  await t.test('an organization that the card does not have is shown the card', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, again);
    assert.deepEqual((await browser.submit({ ...allowing(shown), organization_id: 'acme' })).answer, shown);
  });

  await t.test('a client that has changed its name meanwhile is shown again', async (step) => {
    const browser = new Browser(origin);
    const app = await Client.registered(origin, { client_name: 'Before', redirect_uris: ['https://app.example/cb'] });
    const shown = await card(browser, app, again);
    const { Client: Model } = site.realms.consumer.provider;
    const find = Model.find.bind(Model);
    step.mock.method(Model, 'find', async (id) => Object.assign(await find(id), { clientName: 'After' }));
    const { answer } = await browser.allow(shown);
    assert.deepEqual([answer.outcome, answer.client.name], ['consent', 'After']);
    assert.equal((await browser.allow(answer)).answer.outcome, 'redirect');
  });

  await t.test('what was granted in another tab meanwhile changes nothing that is decided', async () => {
    const browser = new Browser(origin);
    const one = await card(browser, client, { ...again, scope: 'openid calendar.read' });
    const two = await card(browser, client, { ...again, scope: 'openid calendar.read' });
    await browser.allow(two);
    assert.equal((await browser.allow(one)).answer.outcome, 'redirect');
  });

  await t.test('a version of another transaction, or of nobody, is shown the card', async () => {
    const browser = new Browser(origin);
    const [one, two] = [await card(browser, client, again), await card(browser, client, again)];
    for (const version of [two.version, 'x', `${one.version}x`]) {
      assert.deepEqual((await browser.allow(one, { version })).answer, one);
    }
    assert.equal((await browser.allow(one)).answer.outcome, 'redirect');
  });

  await t.test('a version cannot stand for a sign-in that the request asks for', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const waiting = await browser.start('consumer', await client.query({ prompt: 'login consent' }));
    assert.equal(waiting.reason, 'prompt_login');
    const body = { transaction: waiting.transaction, version: 'guessed', decision: 'allow', scopes: [{ scope: 'openid' }] };
    assert.equal((await browser.submit(body)).answer.reason, 'prompt_login');
    await browser.login(ADA);
    const { answer: shown } = await browser.submit(body);
    assert.equal(shown.outcome, 'consent');
    assert.deepEqual(await browser.start('consumer', { transaction: waiting.transaction }), shown);
    const { answer } = await browser.allow(shown, { without: ['email'] });
    assert.equal((await client.redeem(answer.redirect_uri)).scope, 'openid profile');
  });

  await t.test('nor for an account that the user has to choose', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const waiting = await browser.start('consumer', await client.query({ prompt: 'select_account' }));
    assert.equal(waiting.reason, 'select_account');
    const body = { transaction: waiting.transaction, version: 'guessed', decision: 'allow', scopes: [{ scope: 'openid' }] };
    assert.equal((await browser.submit(body)).answer.reason, 'select_account');
    await browser.ok('/account/continue', {});
    const { answer: shown } = await browser.submit(body);
    assert.equal(shown.outcome, 'consent');
    assert.equal((await browser.allow(shown)).answer.outcome, 'redirect');
  });

  await t.test('a decision that is shown anew grants nothing, to nobody', async () => {
    const app = await Client.registered(origin, { redirect_uris: ['https://app.example/cb'] });
    const browser = new Browser(origin);
    const shown = await card(browser, app, again);
    await browser.login(GRACE);
    const { answer: hers } = await browser.allow(shown, KEPT);
    assert.ok(hers.scopes.every(({ granted }) => !granted));
    await browser.login(ADA);
    assert.deepEqual(await browser.start('consumer', { transaction: shown.transaction }), shown);
  });

  await t.test('a denial counts for every card, and without one', async () => {
    for (const version of [{ version: 'other' }, {}]) {
      const browser = new Browser(origin);
      const shown = await card(browser, client, again);
      await browser.login(GRACE);
      const { answer } = await browser.submit({ transaction: shown.transaction, decision: 'deny', scopes: [], ...version });
      assert.equal(errorOf(answer.redirect_uri), 'access_denied');
    }
  });
});
