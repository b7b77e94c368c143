import assert from 'node:assert/strict';
import test from 'node:test';
import { ADA, Browser, Client, GRACE, allowing, card, startServer } from './harness.mjs';

const B2B = { realm: 'b2b' };
const unticked = ({ scopes }) => scopes.filter((entry) => entry.unticked).map(({ scope, resource }) => (resource ? `${scope} ${resource}` : scope));

test('what was ticked survives the sign-in that a decision leads to', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const realmOf = (options) => options.realm ?? 'consumer';

  /** Decides after the session has ended elsewhere, and signs in again. */
  async function decideWithoutSession(shown, browser, decision = {}, { email = ADA, ...options } = {}) {
    await browser.ok('/account/logout', {});
    const { answer } = await browser.allow(shown, decision);
    assert.deepEqual([answer.outcome, answer.reason], ['login', 'no_session']);
    await browser.login(email);
    return browser.start(realmOf(options), { transaction: shown.transaction });
  }

  await t.test('for the same account, and what is allowed then is what is ticked', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { scope: 'openid profile email photos.read' });
    assert.deepEqual([unticked(shown), shown.remember_ticked], [[], undefined]);
    const next = await decideWithoutSession(shown, browser, { without: ['email', 'photos.read'] });
    assert.deepEqual(unticked(next), ['email', 'photos.read']);
    assert.equal(next.version, shown.version);
    assert.deepEqual((await browser.start('consumer', { transaction: shown.transaction })), next, 'also after a reload');
    const { answer } = await browser.allow(next, { without: unticked(next) });
    assert.equal((await client.redeem(answer.redirect_uri)).scope, 'openid profile');
  });

  await t.test('with the box for remembering, where it was ticked', async () => {
    for (const remember of [true, false, undefined]) {
      const browser = new Browser(origin);
      const next = await decideWithoutSession(await card(browser, client), browser, remember === undefined ? {} : { remember });
      assert.equal(next.remember_ticked, remember === true ? true : undefined);
    }
  });

  await t.test('and the box is not ticked where it is not offered', async () => {
    const browser = new Browser(origin);
    const app = await Client.known(origin, 'first-party-confidential');
    const next = await decideWithoutSession(await card(browser, app), browser, { remember: true });
    assert.deepEqual([next.remember, next.remember_ticked], ['never', undefined]);
  });

  await t.test('for one resource of two', async () => {
    const browser = new Browser(origin);
    const [one, two] = ['https://photos.example/api', 'http://localhost:9000/api'];
    await browser.login(ADA);
    const query = await client.query({ scope: 'openid photos.read', prompt: 'consent' });
    const shown = await browser.start('consumer', `${query}&${new URLSearchParams([['resource', one], ['resource', two]])}`);
    const next = await decideWithoutSession(shown, browser, { scopes: [{ scope: 'openid' }, { scope: 'photos.read', resource: one }] });
    assert.deepEqual(unticked(next), [`photos.read ${two}`]);
  });

  await t.test('the last decision is the one that is kept', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client);
    await browser.ok('/account/logout', {});
    await browser.allow(shown, { without: ['email'], remember: true });
    await browser.allow(shown, { without: ['profile'] });
    await browser.login(ADA);
    const next = await browser.start('consumer', { transaction: shown.transaction });
    assert.deepEqual([unticked(next), next.remember_ticked], [['profile'], undefined]);
  });

  await t.test('not for another account', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client);
    const hers = await decideWithoutSession(shown, browser, { without: ['email'], remember: true }, { email: GRACE });
    assert.deepEqual([hers.account.email, unticked(hers), hers.remember_ticked], [GRACE, [], undefined]);
  });

  await t.test('not for another organization', async () => {
    const app = await Client.known(origin, 'third-party-public', B2B);
    const browser = new Browser(origin);
    const first = await card(browser, app, {}, B2B);
    const next = await decideWithoutSession(first, browser, { without: ['email'] }, B2B);
    assert.deepEqual([next.organization.organization_id, unticked(next)], ['acme', ['email']]);
    const globex = await browser.start('b2b', { transaction: first.transaction, organization_id: 'globex' });
    assert.deepEqual(unticked(globex), []);
  });

  await t.test('not for another request', async () => {
    const browser = new Browser(origin);
    await decideWithoutSession(await card(browser, client), browser, { without: ['email'] });
    assert.deepEqual(unticked(await card(browser, client)), []);
  });

  await t.test('what has to be granted stays ticked, and so does all if nothing can be left out', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client);
    const none = await decideWithoutSession(shown, browser, { scopes: [] });
    assert.deepEqual(unticked(none), ['profile', 'email']);
    const app = await Client.known(origin, 'third-party-unverified');
    const whole = await decideWithoutSession(await card(browser, app), browser, { without: ['email'] });
    assert.deepEqual(unticked(whole), []);
  });

  await t.test('a scope that cannot be granted has no box', async () => {
    const app = await Client.known(origin, 'third-party-public', B2B);
    const browser = new Browser(origin);
    const first = await card(browser, app, { scope: 'openid profile members.read' }, B2B);
    const shown = await browser.start('b2b', { transaction: first.transaction, organization_id: 'globex' });
    const next = await decideWithoutSession(shown, browser, { without: ['profile'] }, B2B);
    assert.deepEqual(unticked(next), ['profile']);
  });

  await t.test('a denial and a request that was never on the card keep nothing', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client);
    await browser.ok('/account/logout', {});
    await browser.submit({ ...allowing(shown), version: 'other', scopes: [] });
    await browser.login(ADA);
    assert.deepEqual(unticked(await browser.start('consumer', { transaction: shown.transaction })), []);
  });
});
