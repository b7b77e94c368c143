// Acting for an organization: which one, whether it may be, and who is asked where it may not.
import assert from 'node:assert/strict';
import { startWebsite } from './support/app.mjs';
import { journeys } from './support/journey.mjs';

const { journey } = journeys();
const START = '/countersign/authorize/start';
const SUBMIT = '/countersign/authorize/submit';

/** Somebody on the card of Photo Printer, for the organization that comes first. */
async function onTheCard(visitor, { email = 'ada@example.com', first = 'Acme Corporation', ...request } = {}) {
  const person = await visitor();
  const tab = await person.signedIn(email);
  await tab.client.connectOrganization(request);
  await tab.card.asks('Photo Printer', first);
  return { person, ...tab };
}

const choices = ({ page }) => page.locator('[part=picker]').getByRole('radio');

/** The names in the open list. */
const listed = async (here) => {
  const found = await choices(here).all();
  const shown = await Promise.all(found.map(async (one) => [await one.isVisible(), (await one.locator('bdi').innerText())]));
  return shown.filter(([visible]) => visible).map(([, name]) => name);
};

journey('the organizations lie behind a button, each with its logo, and the chosen one is marked', async ({ visitor }) => {
  const here = await onTheCard(visitor);
  const { card } = here;
  assert.equal(await card.organization('Globex').isVisible(), false);
  assert.equal(await card.chooseOrganization.getAttribute('aria-expanded'), 'false');
  await card.chooseOrganization.click();
  assert.equal(await card.chooseOrganization.getAttribute('aria-expanded'), 'true');
  assert.deepEqual(await listed(here), ['Acme Corporation', 'Globex', 'Initech', 'Vandelay Industries']);
  for (const [name, picture] of [['Acme Corporation', '/logos/acme'], ['Globex', '/logos/globex']]) {
    const logo = card.organization(name).locator('img');
    assert.equal(await logo.getAttribute('src'), picture);
    await logo.evaluate((image) => image.decode());
    assert.ok(await logo.evaluate((image) => image.naturalWidth > 0), name);
  }
  const initial = card.organization('Initech Needs an administrator’s approval').locator('[aria-hidden]');
  assert.equal(await initial.innerText(), 'I');
  assert.deepEqual(await choices(here).evaluateAll((buttons) => buttons.map((one) => one.getAttribute('aria-checked'))), ['true', 'false', 'false', 'false']);
  assert.equal(await card.search.count(), 0);
  await card.chooseOrganization.click();
  assert.equal(await card.organization('Globex').isVisible(), false);
});

journey('what can be granted is what the chosen organization lets its members grant', async ({ visitor }) => {
  const { page, card, client } = await onTheCard(visitor, { scopes: ['members.read'] });
  const members = card.scope('See who’s in your organization');
  await members.waitFor();
  await card.actFor('Globex');
  await card.asks('Photo Printer', 'Globex');
  await page.getByRole('group', { name: 'Not available to your account' }).getByText('Globex doesn’t share its member list.').waitFor();
  assert.equal(await members.count(), 0);
  await card.actFor('Acme Corporation');
  await card.asks('Photo Printer', 'Acme Corporation');
  await members.waitFor();
  await card.allow.click();
  const { scopes, idToken } = await client.connected();
  assert.deepEqual([idToken.organization_id, scopes.includes('members.read')], ['acme', true]);
});

journey('an organization that does not allow the app stands in the list, says so, and cannot be chosen', async ({ visitor }) => {
  const { person, page, card } = await onTheCard(visitor);
  await card.chooseOrganization.click();
  const blocked = choices({ page }).filter({ hasText: 'Vandelay Industries' });
  assert.match(await blocked.innerText(), /Vandelay Industries\s*Doesn’t allow this app/);
  assert.equal(await blocked.getAttribute('aria-disabled'), 'true');
  const before = person.requests(START).length;
  await blocked.click({ force: true });
  await blocked.press('Enter');
  await card.asks('Photo Printer', 'Acme Corporation');
  assert.equal(person.requests(START).length, before);
});

/** Chooses Initech, which has to approve the app first. */
async function atInitech({ page, card }) {
  await card.chooseOrganization.click();
  await choices({ page }).filter({ hasText: 'Initech' }).click();
  await page.getByRole('heading', { level: 1, name: 'Photo Printer wants access to Initech', exact: true }).waitFor();
}

const REQUESTED = 'The administrators of Initech have been asked. Open the app again once they’ve approved it.';

journey('an approval is asked for from the card, which then says that it was, and the request goes on elsewhere', async ({ visitor }) => {
  const here = await onTheCard(visitor);
  const { person, card, client } = here;
  await atInitech(here);
  await card.says('An administrator of Initech must approve this app first.');
  assert.equal(await card.allow.count(), 0);
  await card.askForApproval.click();
  await card.says(REQUESTED);
  assert.equal(await card.askForApproval.count(), 0);
  assert.equal(await card.allow.count(), 0);
  assert.equal(person.requests(SUBMIT, 'POST').length, 1);
  await card.actFor('Globex');
  await card.asks('Photo Printer', 'Globex');
  await card.allow.click();
  assert.equal((await client.connected()).idToken.organization_id, 'globex');
});

journey('two presses ask for an approval once', async ({ visitor }) => {
  const here = await onTheCard(visitor);
  await atInitech(here);
  await here.card.askForApproval.dblclick();
  await here.card.says(REQUESTED);
  assert.equal(here.person.requests(SUBMIT, 'POST').length, 1);
});

journey('an approval whose question fails is said, and asked for again with the same key', async ({ visitor }) => {
  const here = await onTheCard(visitor);
  const { page, card } = here;
  await atInitech(here);
  const keys = [];
  await page.route(`**${SUBMIT}`, async (route) => {
    keys.push(await route.request().headerValue('idempotency-key'));
    if (keys.length === 1) await route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>Down</h1>' });
    else await route.continue();
  });
  await card.askForApproval.click();
  await card.alert.filter({ hasText: /Your answer didn’t get through|We couldn’t tell/ }).waitFor();
  await card.askForApproval.click();
  await card.says(REQUESTED);
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
});

journey('who signed out meanwhile is asked to sign in, and asks for the approval then', async ({ site, visitor }) => {
  const here = await onTheCard(visitor);
  const { person, card, login } = here;
  await atInitech(here);
  const other = await person.tab();
  await other.page.goto(`${site.issuer}/oauth/logout`);
  await other.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await other.card.heading('You’re signed out');
  await card.askForApproval.click();
  await login.signIn('ada@example.com');
  await here.page.getByRole('heading', { level: 1, name: /access to Initech/ }).waitFor();
  await card.askForApproval.click();
  await card.says(REQUESTED);
});

journey('nothing is decided while another organization is asked for', async ({ visitor }) => {
  const { person, page, card, client } = await onTheCard(visitor);
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(`**${START}`, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(`**${START}`);
  await card.actFor('Globex');
  await asked;
  for (const button of [card.allow, card.deny]) {
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await button.click({ force: true });
  }
  await card.says('Checking the request…');
  assert.equal(person.requests(SUBMIT).length, 0);
  release();
  await card.asks('Photo Printer', 'Globex');
  await card.allow.click();
  assert.equal((await client.connected()).idToken.organization_id, 'globex');
});

journey('an organization chosen in another tab is never what this tab’s Allow counts for', async ({ visitor }) => {
  const { person, card, client } = await onTheCard(visitor);
  const second = await person.tab();
  await second.page.goto(await card.transactionAddress());
  await second.card.asks('Photo Printer', 'Acme Corporation');
  await second.card.actFor('Globex');
  await second.card.asks('Photo Printer', 'Globex');
  await card.allow.click();
  await card.asks('Photo Printer', 'Globex');
  await card.allow.click();
  assert.equal((await client.connected()).idToken.organization_id, 'globex');
});

journey('that an approval was asked for is shown to the next member, too, who can go back to the app', async ({ visitor }) => {
  const first = await onTheCard(visitor);
  await atInitech(first);
  await first.card.askForApproval.click();
  await first.card.says(REQUESTED);
  const second = await onTheCard(visitor, { email: 'many@example.com', first: 'Harbor Aarhus' });
  await atInitech(second);
  await second.card.says(REQUESTED);
  assert.equal(await second.card.askForApproval.count(), 0);
  await second.card.says('You’ll be sent to');
  await second.page.getByRole('button', { name: 'Return to the app', exact: true }).click();
  await second.client.refused('access_denied');
});

journey('a member of thirty organizations finds one by a part of its name, without its accents', async ({ visitor }) => {
  const here = await onTheCard(visitor, { email: 'many@example.com', first: 'Harbor Aarhus' });
  const { card, client } = here;
  await card.chooseOrganization.click();
  assert.equal((await listed(here)).length, 30);
  await card.search.fill('GDA');
  await card.says('1 organization found');
  assert.deepEqual(await listed(here), ['Harbor Gdańsk']);
  await card.search.fill('malmo');
  assert.deepEqual(await listed(here), ['Harbor Malmö']);
  await card.search.fill('nowhere');
  await card.says('0 organizations found');
  assert.deepEqual(await listed(here), []);
  await card.search.fill('gdan');
  await card.organization('Harbor Gdańsk').click();
  await card.asks('Photo Printer', 'Harbor Gdańsk');
  await card.allow.click();
  assert.equal((await client.connected()).idToken.organization_id, 'harbor-gdansk');
});

journey('a list that was searched is whole again on the next card', async ({ visitor }) => {
  const here = await onTheCard(visitor, { email: 'many@example.com', first: 'Harbor Aarhus' });
  const { card } = here;
  await card.chooseOrganization.click();
  await card.search.fill('turku');
  await card.organization('Harbor Turku').click();
  await card.asks('Photo Printer', 'Harbor Turku');
  assert.equal(await card.search.isVisible(), false);
  await card.chooseOrganization.click();
  assert.equal((await listed(here)).length, 30);
});

journey('an organization is found and chosen with the keyboard alone', async ({ visitor }) => {
  const { page, card } = await onTheCard(visitor, { email: 'many@example.com', first: 'Harbor Aarhus' });
  await card.chooseOrganization.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('oslo');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await card.asks('Photo Printer', 'Harbor Oslo');
});

journey('where there is one organization there is nothing to choose, and the answer can be remembered', async ({ site, visitor }) => {
  const grace = await visitor();
  const { generic, received } = await startWebsite(site, grace, { realm: '/b2b', client_name: 'Website' });
  const { page, card } = await grace.signedIn('grace@example.com');
  for (const round of [1, 2]) {
    const request = await generic.request();
    await page.goto(request.address.href);
    if (round === 1) {
      await card.asks('Website', 'Acme Corporation');
      assert.equal(await card.chooseOrganization.count(), 0);
      await card.remember.check();
      await card.allow.click();
    }
    await generic.tokens(await received({ page }), request);
  }
  assert.equal(grace.requests(SUBMIT, 'POST').length, 1);
});

journey('where there are several the answer cannot be remembered', async ({ site, visitor }) => {
  const ada = await visitor();
  const { generic } = await startWebsite(site, ada, { realm: '/b2b', client_name: 'Website' });
  const { page, card } = await ada.signedIn();
  await page.goto((await generic.request()).address.href);
  await card.asks('Website', 'Acme Corporation');
  assert.equal(await card.remember.count(), 0);
});

journey('another account comes back to the same request, and to its own organizations', async ({ visitor }) => {
  const { card, login, client } = await onTheCard(visitor);
  await card.actFor('Globex');
  await card.asks('Photo Printer', 'Globex');
  const request = new URL(await card.transactionAddress()).searchParams.get('transaction');
  await card.switchAccount.click();
  await login.signIn('grace@example.com');
  await card.asks('Photo Printer', 'Acme Corporation');
  await card.says('Grace Hopper');
  assert.equal(new URL(await card.transactionAddress()).searchParams.get('transaction'), request);
  await card.allow.click();
  const { idToken, userinfo } = await client.connected();
  assert.deepEqual([idToken.organization_id, userinfo.email], ['acme', 'grace@example.com']);
});

journey('a reload stays with the organization that was chosen', async ({ visitor }) => {
  const { page, card } = await onTheCard(visitor);
  await card.actFor('Globex');
  await card.asks('Photo Printer', 'Globex');
  await page.reload();
  await card.asks('Photo Printer', 'Globex');
});
