// The program `countersign-hydra` for members of organizations: their host tells them with the account.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { confidentialClient, CONFIDENTIAL } from './support/client.mjs';
import { HydraBrowser, startHydra } from './support/hydra.mjs';

process.env.COUNTERSIGN_KIT = 'rust';
const LONGEST = { timeout: 120_000 };
const LOGO = '/logos/books';
let host;
before(async () => {
  const clients = { [CONFIDENTIAL.id]: { verified: true, managed: true, logo: LOGO } };
  host = await startHydra({ kit: 'rust', clients: [CONFIDENTIAL], program: { realm: 'b2b', clients } });
}, { timeout: 600_000 });
after(() => host?.close(), LONGEST);

/** The browser of a member: its calls are those of the page for organizations. */
class Member extends HydraBrowser {
  call(path, body, headers) {
    return super.call(path, body.realm === undefined ? body : { ...body, realm: 'b2b' }, headers);
  }
}

async function ask() {
  const browser = await new Member(host).signIn();
  const client = await confidentialClient(host);
  const request = await client.request();
  return { browser, client, request, card: await browser.card(request) };
}

test('the card has the organizations that the host tells, each with its status, and the logos of the settings', LONGEST, async () => {
  const { card } = await ask();
  assert.deepEqual(card.organizations.map(({ organization_id: id, status, logo_uri: logo }) => [id, status, logo]), [
    ['acme', 'allowed', '/logos/acme'], ['globex', 'allowed', '/logos/globex'], ['initech', 'needs_approval', undefined], ['vandelay', 'blocked', undefined],
  ]);
  assert.equal(card.organization.organization_id, 'acme');
  assert.deepEqual([card.client.name, card.client.logo_uri, card.client.verified], ['Books', LOGO, true]);
});

test('a member chooses an organization, and the client learns which', LONGEST, async () => {
  const { browser, client, request, card } = await ask();
  const { body: other } = await browser.call('/countersign/authorize/start', { realm: 'b2b', transaction: card.transaction, organization_id: 'globex' });
  assert.deepEqual([other.outcome, other.organization.organization_id], ['consent', 'globex']);
  const { body } = await browser.submit(other, { organization_id: 'globex' });
  const tokens = await client.tokens(request, body.redirect_uri);
  assert.equal(tokens.claims().organization_id, 'globex');
});

test('an organization that is not the account’s, or does not allow the client, gets nothing', LONGEST, async () => {
  const { browser, card } = await ask();
  const choose = (id) => browser.call('/countersign/authorize/start', { realm: 'b2b', transaction: card.transaction, organization_id: id });
  assert.equal((await choose('nobody')).status, 400);
  const { body: blocked } = await choose('vandelay');
  assert.equal(blocked.organization.status, 'blocked');
  const answer = await browser.submitOnly(blocked, { organization_id: 'vandelay' });
  assert.notEqual(answer.body.outcome, 'redirect', JSON.stringify(answer.body));
});

test('the page is the one for organizations, and the other realm is not served', LONGEST, async () => {
  const browser = await new Member(host).signIn();
  const login = await browser.challenge(await (await confidentialClient(host)).request());
  const gone = await browser.visit(`${host.origin}${login.path}?${login.query}`);
  const { path, query } = await browser.follow(gone.headers.get('location'));
  const opened = await browser.visit(`${host.origin}${path}?${query}`);
  const html = await (await browser.get(new URL(opened.headers.get('location'), host.origin))).text();
  assert.match(html, /<countersign-b2b-identity-provider/);
  const { status } = await new HydraBrowser(host).startWith('login_challenge=x');
  assert.equal(status, 400);
});
