import assert from 'node:assert/strict';
import test from 'node:test';
import { findAccount } from '../../examples/authorization-server/fixtures/accounts.mjs';
import { ADA, Browser, Client, GRACE, MANY, card, connect, errorOf, startServer } from './harness.mjs';

const B2B = { realm: 'b2b' };
const choose = (browser, { transaction }, organization) => browser.start('b2b', { transaction, organization_id: organization });
const asking = ({ transaction, version, organization }) => ({
  transaction, version, decision: 'request_approval', scopes: [], ...(organization ? { organization_id: organization.organization_id } : {}),
});
const statusOf = ({ organizations }, id) => {
  const { status, approval } = organizations.find(({ organization_id: known }) => known === id);
  return [status, approval];
};

/** The card of an organization that does not allow every client, on its own server. */
async function cardOf(t, organization, { email = ADA, more = {} } = {}) {
  const { origin, site, clock } = await startServer(t);
  const client = await Client.known(origin, 'third-party-public', B2B);
  const browser = new Browser(origin);
  const first = await card(browser, client, more, { ...B2B, email });
  return { origin, site, clock, client, browser, first, shown: await choose(browser, first, organization) };
}

test('an organization that requires an approval can be chosen to see its card', async (t) => {
  const { first, shown } = await cardOf(t, 'initech');
  assert.equal(first.organization.organization_id, 'acme');
  assert.deepEqual(shown.organization, { organization_id: 'initech', name: 'Initech', slug: 'initech', status: 'needs_approval', approval: 'offered' });
  assert.deepEqual(statusOf(shown, 'initech'), ['needs_approval', 'offered']);
  for (const id of ['acme', 'globex']) assert.deepEqual(statusOf(shown, id), ['allowed', undefined]);
  assert.deepEqual(statusOf(shown, 'vandelay'), ['blocked', undefined]);
  assert.equal(shown.scopes.every(({ grantable }) => grantable), true);
});

for (const organization of ['initech', 'vandelay']) {
  test(`allow is refused for ${organization}, and the request goes on with another organization`, async (t) => {
    const { client, browser, shown } = await cardOf(t, organization);
    const { status, answer } = await browser.allow(shown);
    assert.deepEqual([status, answer.code], [400, 'malformed_call']);
    const done = await browser.allow(await choose(browser, shown, 'globex'));
    assert.equal((await client.redeem(done.answer.redirect_uri)).claims().organization_id, 'globex');
  });
}

test('deny works for an organization that is blocked', async (t) => {
  const { browser, shown } = await cardOf(t, 'vandelay');
  const { answer } = await browser.deny(shown.transaction);
  assert.equal(errorOf(answer.redirect_uri), 'access_denied');
});

test('a request for approval is recorded, and answered with the same card, which shows it', async (t) => {
  const { site, browser, shown } = await cardOf(t, 'initech');
  const { answer } = await browser.submit(asking(shown));
  assert.deepEqual(statusOf(answer, 'initech'), ['needs_approval', 'requested']);
  assert.deepEqual({ ...answer, organization: 0, organizations: 0 }, { ...shown, organization: 0, organizations: 0 });
  assert.deepEqual(answer.organization, { ...shown.organization, approval: 'requested' });
  assert.deepEqual(site.realms.b2b.approvals.requestedBy('initech', 'third-party-public'), ['account-ada']);
});

test('a request for approval does not end the transaction', async (t) => {
  const { client, browser, shown } = await cardOf(t, 'initech');
  const { answer } = await browser.submit(asking(shown));
  assert.equal((await browser.allow(answer)).status, 400, 'nobody has approved it');
  assert.deepEqual((await browser.resume(shown.transaction, 'b2b')).answer, answer);
  const done = await browser.allow(await choose(browser, answer, 'acme'));
  await client.redeem(done.answer.redirect_uri);
  assert.equal((await browser.submit(asking(shown))).status, 409);
});

test('a repeated request for approval, also under the same key, is recorded once', async (t) => {
  const { site, browser, shown } = await cardOf(t, 'initech');
  const results = await Promise.all([browser.submit(asking(shown), 'one'), browser.submit(asking(shown), 'one'), browser.submit(asking(shown), 'two')]);
  const again = await browser.submit(asking(shown), 'one');
  for (const { status, answer } of [...results, again]) assert.deepEqual([status, ...statusOf(answer, 'initech')], [200, 'needs_approval', 'requested']);
  assert.equal(site.realms.b2b.approvals.requestedBy('initech', 'third-party-public').length, 1);
});

test('a request for approval is shown to every member, for this client only', async (t) => {
  const { origin, client, browser, shown } = await cardOf(t, 'initech');
  await browser.submit(asking(shown));
  const other = new Browser(origin);
  const theirs = await card(other, client, {}, { ...B2B, email: MANY });
  assert.deepEqual(statusOf(theirs, 'initech'), ['needs_approval', 'requested']);
  const planner = await Client.known(origin, 'third-party-confidential', B2B);
  assert.deepEqual(statusOf(await card(other, planner, {}, { ...B2B, email: MANY }), 'initech'), ['needs_approval', 'offered']);
});

test('an approval cannot be requested if the organization allows or blocks clients, or without an organization', async (t) => {
  const { origin, browser, first } = await cardOf(t, 'initech');
  for (const organization of ['acme', 'vandelay']) {
    const { status, answer } = await browser.submit(asking(await choose(browser, first, organization)));
    assert.deepEqual([status, answer.code], [400, 'malformed_call'], organization);
  }
  const consumer = await card(browser, await Client.known(origin));
  assert.equal((await browser.submit(asking(consumer))).status, 400);
});

test('a request for another organization than the one shown is not recorded, and shows the card again', async (t) => {
  const { site, browser, first, shown } = await cardOf(t, 'initech');
  await choose(browser, first, 'acme');
  const { answer } = await browser.submit(asking(shown));
  assert.equal(answer.organization.organization_id, 'acme');
  assert.deepEqual(site.realms.b2b.approvals.requestedBy('initech', 'third-party-public'), []);
});

test('a request for approval needs the account that was shown', async (t) => {
  const { site, browser, shown } = await cardOf(t, 'initech');
  await browser.login(GRACE);
  assert.equal((await browser.submit(asking(shown))).answer.account.email, GRACE);
  await browser.ok('/account/logout', {});
  assert.equal((await browser.submit(asking(shown))).answer.reason, 'no_session');
  assert.deepEqual(site.realms.b2b.approvals.requestedBy('initech', 'third-party-public'), []);
});

test('a request for approval in an expired transaction is 410', async (t) => {
  const { clock, browser, shown } = await cardOf(t, 'initech');
  clock.advance(31 * 60);
  assert.equal((await browser.submit(asking(shown))).status, 410);
});

test('an organization that does not allow clients still counts for the choice', async (t) => {
  const { browser, client, first } = await cardOf(t, 'initech');
  await connect(browser, client, {}, B2B);
  assert.equal((await browser.start('b2b', await client.query())).outcome, 'consent');
  assert.equal(first.remember, 'never');
});

test('an account without an organization that allows clients is shown its first one, and nothing can be allowed or remembered', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin, 'third-party-public', B2B);
  const grace = findAccount('account-grace');
  const { organizations } = grace;
  t.after(() => { grace.organizations = organizations; });
  const shownTo = async (own) => {
    grace.organizations = own;
    const browser = new Browser(origin);
    const shown = await card(browser, client, {}, { ...B2B, email: GRACE });
    return { shown, status: (await browser.allow(shown)).status };
  };
  const { shown, status } = await shownTo(['vandelay', 'initech']);
  assert.deepEqual([shown.organization.organization_id, shown.remember, status], ['vandelay', 'never', 400]);
  const none = await shownTo([]);
  assert.deepEqual([none.shown.organization, none.shown.organizations, none.status], [undefined, [], 400]);
});
