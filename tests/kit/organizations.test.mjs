// Realm b2b: the organizations of an account, and what a client may do in them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ADA, createBrowser, createSite, decisionOn, QUERY } from './support/site.mjs';

const ACME = { organization_id: 'acme', name: 'Acme', status: 'allowed', slug: 'acme', logo_uri: '/acme.png' };
const GLOBEX = { organization_id: 'globex', name: 'Globex', status: 'allowed' };
const BLOCKED = { organization_id: 'blocked', name: 'Blocked', status: 'blocked', logo_uri: 'https://tracker.example/x' };
const ASKS = { organization_id: 'asks', name: 'Asks', status: 'needs_approval', approval: 'offered' };

function createOrganizations(list, more = {}) {
  const site = createSite({ describe: { organizations: () => list, ...more } });
  const browser = createBrowser(site);
  const start = (body = { query: QUERY }) => browser.start({ realm: 'b2b', ...body });
  return { site, browser, start };
}

test('the card shows the first organization that allows the client, and all others', async () => {
  const { start } = createOrganizations([BLOCKED, ACME, GLOBEX]);
  const { body } = await start();
  assert.equal(body.organization.organization_id, 'acme');
  assert.deepEqual(body.organizations, [{ organization_id: 'blocked', name: 'Blocked', status: 'blocked' }, ACME, GLOBEX]);
  assert.equal(body.remember, 'never');
});

test('another organization can be chosen, stays chosen, and is in the grant and known to the engine', async () => {
  const { site, browser, start } = createOrganizations([ACME, GLOBEX]);
  const { body: first } = await start();
  const { body: card } = await start({ transaction: first.transaction, organization_id: 'globex' });
  assert.equal(card.organization.organization_id, 'globex');
  assert.notEqual(card.version, first.version);
  assert.equal((await start({ transaction: first.transaction })).body.organization.organization_id, 'globex');
  const stale = await browser.submit(decisionOn(first));
  assert.deepEqual([stale.body.outcome, stale.body.organization.organization_id], ['consent', 'globex']);
  assert.equal((await browser.submit(decisionOn(card))).body.outcome, 'redirect');
  const [{ args: [, grant, context] }] = site.engine.named('allow');
  assert.deepEqual([grant.organization, context.organization, context.realm], ['globex', 'globex', 'b2b']);
});

test('a decision that names another organization than its card gets the current card', async () => {
  const { site, browser, start } = createOrganizations([ACME, GLOBEX]);
  const { body: card } = await start();
  for (const organization of ['globex', undefined]) {
    const { body } = await browser.submit(decisionOn(card, 'allow', { organization_id: organization }), { unchecked: true });
    assert.deepEqual([body.outcome, body.organization.organization_id], ['consent', 'acme']);
  }
  assert.equal(site.engine.named('allow').length, 0);
});

test('an organization that is not the account’s is 400, and the one before stays', async () => {
  const { start } = createOrganizations([ACME, GLOBEX]);
  const { body } = await start();
  assert.equal((await start({ transaction: body.transaction, organization_id: 'evil' })).status, 400);
  assert.equal((await start({ transaction: body.transaction })).body.organization.organization_id, 'acme');
});

test('an organization that does not allow the client has a card, but no Allow', async () => {
  for (const list of [[BLOCKED], [ASKS], []]) {
    const { site, browser, start } = createOrganizations(list);
    const { body: card } = await start();
    assert.equal(card.outcome, 'consent');
    assert.equal((await browser.submit(decisionOn(card))).status, 400);
    assert.equal((await browser.submit(decisionOn(card, 'deny'))).status, 200);
    assert.equal(site.engine.named('allow').length, 0);
  }
});

test('an approval is asked for once, and the card says so; without the host there is none', async () => {
  const requests = [];
  const organization = { ...ASKS };
  const { browser, start } = createOrganizations([organization], { request_approval: (account, client, { organization_id: id }) => { requests.push([account.sub, client.client_id, id]); organization.approval = 'requested'; } });
  const { body: card } = await start();
  for (let n = 0; n < 2; n += 1) {
    const { body } = await browser.submit(decisionOn(card, 'request_approval'));
    assert.equal(body.organization.approval, 'requested');
  }
  assert.deepEqual(requests, [[ADA.sub, 'app', 'asks']]);
  assert.equal((await browser.submit(decisionOn(card, 'deny'))).status, 200);
  const without = createOrganizations([{ ...ASKS }]);
  const { body: plain } = await without.start();
  assert.equal((await without.browser.submit(decisionOn(plain, 'request_approval'))).status, 400);
  // Whatever the host says: there is an approval where one is needed.
  const allowed = createOrganizations([{ ...ACME, approval: 'offered' }], { request_approval: () => assert.fail('there is nothing to approve') });
  const { body: fine } = await allowed.start();
  assert.equal(fine.organization.approval, undefined);
  assert.equal((await allowed.browser.submit(decisionOn(fine, 'request_approval'))).status, 400);
});

test('one organization that allows the client can be remembered', async () => {
  const { start } = createOrganizations([ACME]);
  assert.equal((await start()).body.remember, 'choice');
});

test('consumers have no organizations', async () => {
  const { browser } = createOrganizations([ACME]);
  const { body } = await browser.start();
  assert.deepEqual([body.organizations, body.organization], [[], undefined]);
});
