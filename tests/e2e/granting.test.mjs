// What is granted: exactly what is ticked, all of it shown before, and asked for again unless the user wants it remembered.
import assert from 'node:assert/strict';
import { payment } from '../../examples/relying-party/clients.mjs';
import { startProgram, startWebsite } from './support/app.mjs';
import { journeys } from './support/journey.mjs';

const { journey } = journeys();
const SUBMIT = '/authorize/submit';
const PHOTOS = ['photos.read', 'photos.write'];

/** Ada on the card of a client. */
async function onTheCard(visitor, { client = 'Photo Printer', ...request } = {}) {
  const ada = await visitor();
  const tab = await ada.signedIn();
  await tab.client.connect({ client, ...request });
  await tab.card.asks(client);
  return { ada, ...tab };
}

const group = ({ page }, name) => page.getByRole('group', { name, exact: true });
const names = (locator) => locator.getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => box.labels[0].textContent));

journey('the client’s token has exactly what was ticked', async ({ visitor }) => {
  const { card, client } = await onTheCard(visitor, { scopes: ['photos.read', 'calendar.read', 'contacts.read'] });
  for (const title of ['See your email address', 'See your calendar', 'See your contacts']) await card.tick(title, false);
  await card.tick('See your contacts', true);
  await card.allow.click();
  const { scopes, userinfo } = await client.connected();
  assert.deepEqual(scopes, ['contacts.read', 'openid', 'photos.read', 'profile']);
  assert.equal(userinfo.email, undefined);
});

journey('what is required has no box and is granted when everything else is left out', async ({ visitor }) => {
  const { page, card, client } = await onTheCard(visitor);
  await card.says('Know who you are');
  assert.deepEqual(await names(page.getByRole('main')), ['See your name', 'See your email address']);
  await card.tick('See your name', false);
  await card.tick('See your email address', false);
  await card.allow.click();
  assert.deepEqual((await client.connected()).scopes, ['openid']);
});

journey('with nothing ticked Allow does nothing and says why, until something is ticked again', async ({ site, visitor }) => {
  const ada = await visitor();
  const app = await startProgram(site, ada);
  const request = await app.generic.request({ scope: 'photos.read calendar.read' });
  const { page, card } = await ada.signedIn();
  await page.goto(request.address.href);
  await card.asks('Generic Client');
  await card.tick('See your photos', false);
  const why = page.getByText('Select at least one permission, or deny the request.', { exact: true });
  assert.equal(await why.count(), 0);
  await card.tick('See your calendar', false);
  await why.waitFor();
  assert.equal(await card.allow.getAttribute('aria-disabled'), 'true');
  await card.allow.click({ force: true });
  await card.allow.press('Enter');
  assert.equal(ada.requests(SUBMIT).length, 0);
  await card.tick('See your calendar', true);
  await why.waitFor({ state: 'detached' });
  await card.allow.click();
  assert.equal((await app.generic.tokens((await app.received()).url, request)).scope, 'calendar.read');
  assert.equal(ada.requests(SUBMIT, 'POST').length, 1);
  await app.close();
});

journey('writing brings reading with it, and says so', async ({ visitor }) => {
  const { card, client } = await onTheCard(visitor, { scopes: PHOTOS });
  const reading = card.scope('See your photos');
  assert.equal(await reading.isChecked(), true);
  assert.equal(await reading.isDisabled(), true);
  await card.says('Included with: Add and delete photos');
  await card.tick('Add and delete photos', false);
  assert.equal(await reading.isDisabled(), false);
  await card.tick('See your photos', false);
  await card.tick('Add and delete photos', true);
  assert.equal(await reading.isChecked(), true);
  await card.allow.click();
  assert.deepEqual((await client.connected()).scopes, ['email', 'openid', 'photos.read', 'photos.write', 'profile']);
});

journey('“Select reading only” leaves out in one press what writes, and takes it in again in another', async ({ visitor }) => {
  const { card, client } = await onTheCard(visitor, { scopes: [...PHOTOS, 'calendar.read'] });
  const writing = card.scope('Add and delete photos');
  const isPressed = () => card.readOnly.getAttribute('aria-pressed');
  assert.equal(await isPressed(), null);
  await card.readOnly.click();
  assert.deepEqual([await writing.isChecked(), await isPressed()], [false, 'true']);
  await card.readOnly.click();
  assert.deepEqual([await writing.isChecked(), await isPressed()], [true, null]);
  await card.readOnly.click();
  await card.allow.click();
  assert.deepEqual((await client.connected()).scopes, ['calendar.read', 'email', 'openid', 'photos.read', 'profile']);
});

journey('a press on the words beside a box ticks it, as a press on the box does', async ({ visitor }) => {
  const { page, card } = await onTheCard(visitor, { scopes: PHOTOS });
  for (const [box, words] of [[card.scope('See your name'), 'See your name'], [card.scope('See your email address'), 'See your email address']]) {
    const before = await box.isChecked();
    for (const [press, ticked] of [[page.getByText(words, { exact: true }), !before], [box, before]]) {
      await press.click({ force: true }); // whatever lies over it there
      assert.equal(await box.isChecked(), ticked, words);
    }
  }
});

journey('on a phone everything is done with a finger', async ({ visitor }) => {
  const grace = await visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const { card, client } = await grace.signedIn('many@example.com');
  await client.connectOrganization({ scopes: PHOTOS });
  await card.asks('Photo Printer', 'Harbor Aarhus');
  await card.chooseOrganization.tap();
  await card.search.tap();
  await card.search.fill('porto');
  await card.organization('Harbor Porto').tap();
  await card.asks('Photo Printer', 'Harbor Porto');
  await card.readOnly.tap();
  await card.scope('See your email address').tap({ force: true }); // its label lies over it
  await card.allow.tap();
  const { scopes, idToken } = await client.connected();
  assert.deepEqual(scopes, ['openid', 'photos.read', 'profile']);
  assert.equal(idToken.organization_id, 'harbor-porto');
});

journey('there is no “Select reading only” where nothing writes', async ({ visitor }) => {
  const { card } = await onTheCard(visitor, { scopes: ['photos.read', 'calendar.read'] });
  assert.equal(await card.readOnly.count(), 0);
});

journey('permissions stand in groups, with what they include behind one press, and the sensitive one marked', async ({ visitor }) => {
  const { page, card } = await onTheCard(visitor, { scopes: [...PHOTOS, 'calendar.read', 'offline_access'], askAgain: true });
  assert.deepEqual(await page.getByRole('heading', { level: 3 }).allInnerTexts(), ['Your account', 'Photos', 'Calendar and contacts']);
  assert.deepEqual(await names(group({ page }, 'Photos')), ['Add and delete photos', 'See your photos']);
  assert.deepEqual(await names(group({ page }, 'Calendar and contacts')), ['See your calendar']);
  const writing = group({ page }, 'Photos').getByRole('listitem').filter({ has: card.scope('Add and delete photos') });
  await writing.getByText('Sensitive', { exact: true }).waitFor();
  const more = writing.getByText('Delete photos and albums for good');
  assert.equal(await more.isVisible(), false);
  await writing.getByText('What this includes').click();
  await more.waitFor();
  assert.deepEqual(await writing.getByRole('listitem').allInnerTexts(), ['Add photos and albums', 'Change titles and dates', 'Delete photos and albums for good']);
  // What lasts stands apart from the groups.
  assert.equal(await group({ page }, 'Your account').getByText('Keep access when you’re away').count(), 0);
  await card.says('Keep access when you’re away');
});

journey('a second ask tells what is new from what was allowed before, and does not where nothing is new', async ({ visitor }) => {
  const { page, card, client } = await onTheCard(visitor, { scopes: ['photos.read'] });
  await card.allow.click();
  await client.connected();
  await client.connect({ scopes: ['photos.read', 'calendar.read'] });
  await card.asks('Photo Printer');
  assert.deepEqual(await names(group({ page }, 'New: Photo Printer will be able to')), ['See your calendar']);
  const before = group({ page }, 'You’ve already allowed Photo Printer to');
  assert.deepEqual(await names(before), []);
  await page.getByText('Already allowed (4)').click();
  assert.deepEqual(await names(before), ['See your name', 'See your email address', 'See your photos']);
  await card.allow.click();
  await client.connected();
  await client.connect({ scopes: ['photos.read', 'calendar.read'] });
  await card.asks('Photo Printer');
  await group({ page }, 'Photo Printer will be able to').waitFor();
  assert.equal(await group({ page }, 'New: Photo Printer will be able to').count(), 0);
});

journey('what was allowed before can be taken back on a second ask', async ({ visitor }) => {
  const { page, card, client } = await onTheCard(visitor, { scopes: ['photos.read', 'calendar.read'] });
  await card.allow.click();
  await client.connected();
  await client.connect({ scopes: ['photos.read', 'calendar.read'] });
  await card.asks('Photo Printer');
  await card.tick('See your calendar', false);
  await card.allow.click();
  assert.ok(!(await client.connected()).scopes.includes('calendar.read'));
  await client.connect({ scopes: ['photos.read', 'calendar.read'] });
  await card.asks('Photo Printer');
  assert.deepEqual(await names(group({ page }, 'New: Photo Printer will be able to')), ['See your calendar']);
});

journey('a payment is shown in full, is asked for each time, and is in the token as it was shown', async ({ visitor }) => {
  const { page, card, client } = await onTheCard(visitor, { pays: true });
  const asked = group({ page }, 'Photo Printer asks for').getByRole('listitem');
  for (const text of ['45.00 EUR to Photo Printer Sensitive', '45.00 EUR', 'Photo Printer', 'Recipient’s account', 'DE02 1001 0010 9307 1186 03', 'Reference', 'Order 20260711']) {
    await asked.getByText(text, { exact: true }).waitFor();
  }
  await page.locator('[part=resources]', { hasText: 'Applies to Payments' }).waitFor();
  assert.equal(await card.remember.count(), 0);
  await card.allow.click();
  const { details } = await client.connected();
  assert.deepEqual(details, payment.details);
  await client.connect({ pays: true });
  await card.asks('Photo Printer');
});

journey('a payment stays where every permission is left out', async ({ visitor }) => {
  const { card, client } = await onTheCard(visitor, { pays: true });
  await card.tick('See your name', false);
  await card.tick('See your email address', false);
  await card.allow.click();
  const { scopes, details } = await client.connected();
  assert.deepEqual(scopes, ['openid']);
  assert.deepEqual(details, payment.details);
});

journey('access that lasts can be left out: the client gets no refresh token', async ({ visitor }) => {
  const { card, client } = await onTheCard(visitor, { scopes: ['offline_access'], askAgain: true });
  await card.tick('Keep access when you’re away', false);
  await card.allow.click();
  const { scopes, refreshToken } = await client.connected();
  assert.deepEqual([scopes.includes('offline_access'), refreshToken], [false, false]);
});

journey('Postcard Club, which needs all it asks for, has no boxes and gets all of it or nothing', async ({ visitor }) => {
  const { page, card, client } = await onTheCard(visitor, { client: 'Postcard Club', scopes: PHOTOS });
  assert.deepEqual(await names(page.getByRole('main')), []);
  for (const title of ['See your name', 'See your email address', 'See your photos', 'Add and delete photos']) await card.says(title);
  await card.allow.click();
  assert.deepEqual((await client.connected()).scopes, ['email', 'openid', 'photos.read', 'photos.write', 'profile']);
});

/** Ada at a website of somebody else, which the box is offered for. `ask` goes to its card or, if it needs none, back to it. */
async function atWebsite(site, visitor) {
  const ada = await visitor();
  const website = await startWebsite(site, ada, { client_name: 'Website' });
  const tab = await ada.signedIn();
  let request;
  const ask = async (parameters) => {
    request = await website.generic.request(parameters);
    await tab.page.goto(request.address.href);
  };
  const scopes = async () => (await website.generic.tokens(await website.received(tab), request)).scope.split(' ').sort();
  return { ada, ...tab, website, ask, scopes };
}

journey('a decision is remembered only where the user ticks so, and never for a program on this device', async ({ site, visitor }) => {
  const { ada, page, card, ask, scopes } = await atWebsite(site, visitor);
  await ask();
  await card.asks('Website');
  assert.deepEqual(await names(page.getByRole('main')), ['See your name', 'See your email address', 'If I allow this, don’t ask me again']);
  assert.equal(await card.remember.isChecked(), false);
  await card.allow.click();
  await scopes();
  await ask();
  await card.asks('Website');
  assert.equal(await card.remember.isChecked(), false);
  await page.getByText('If I allow this, don’t ask me again', { exact: true }).click({ force: true });
  assert.equal(await card.remember.isChecked(), true);
  await card.allow.click();
  await scopes();
  await ask();
  await scopes();
  const sent = ada.requests(SUBMIT, 'POST').map((request) => request.postDataJSON().remember);
  assert.deepEqual(sent, [false, true]);
  const { card: program } = await onTheCard(visitor);
  assert.equal(await program.remember.count(), 0);
});

journey('what is remembered is what was ticked: a permission left out is asked for again', async ({ site, visitor }) => {
  const { card, ask, scopes } = await atWebsite(site, visitor);
  const more = { scope: 'openid profile email calendar.read' };
  await ask(more);
  await card.asks('Website');
  await card.tick('See your calendar', false);
  await card.remember.check();
  await card.allow.click();
  await scopes();
  await ask();
  assert.deepEqual(await scopes(), ['email', 'openid', 'profile']);
  await ask(more);
  await card.asks('Website');
});

journey('denying remembers nothing, whatever is ticked', async ({ site, visitor }) => {
  const { ada, page, card, website, ask } = await atWebsite(site, visitor);
  await ask();
  await card.asks('Website');
  await card.remember.check();
  await card.deny.click();
  assert.equal((await website.received({ page })).searchParams.get('error'), 'access_denied');
  await ask();
  await card.asks('Website');
  assert.equal(ada.requests(SUBMIT, 'POST')[0].postDataJSON().remember, undefined);
});
