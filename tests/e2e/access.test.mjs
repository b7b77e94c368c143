// For everybody: an automatic check of every page, and the whole way without a mouse.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { journeys } from './support/journey.mjs';
import { textsIn } from './support/texts.mjs';

const { journey } = journeys();

// Evaluated, not added as a script: the pages' own policy refuses that.
async function check(page, what) {
  // What fades in has not its own colours yet.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' ')})`);
  assert.deepEqual(found, [], what);
}

for (const colorScheme of ['light', 'dark']) {
  journey(`axe finds nothing on the way through sign-in and consent, in ${colorScheme}`, async ({ visitor }) => {
    const { page, client, login, card } = await (await visitor({ colorScheme })).tab();
    await client.prepare();
    await check(page, 'client');
    await client.press('Connect');
    await login.shown();
    await check(page, 'login');
    await login.signIn('ada@example.com', 'wrong');
    await page.getByRole('alert').waitFor();
    await check(page, 'login, wrong password');
    await login.signIn('ada@example.com');
    await card.asks('Photo Printer');
    await check(page, 'consent');
    await card.allow.click();
    await client.connected();
    await check(page, 'connected');
    await client.connectOrganization({ scopes: ['photos.write', 'members.read'] });
    await card.chooseOrganization.waitFor();
    await check(page, 'consent for an organization');
    await card.chooseOrganization.click();
    await card.organization('Globex').waitFor();
    await check(page, 'the list of organizations');
    await card.organization('Initech Needs an administrator’s approval').click();
    await card.askForApproval.waitFor();
    await check(page, 'an organization that has to approve');
    await login.open();
    await check(page, 'login with a session');
  });

  journey(`axe finds nothing on what ends a request, in ${colorScheme}`, async ({ site, visitor }) => {
    const { page, client, card } = await (await visitor({ colorScheme })).signedIn();
    await page.goto(`${site.issuer}/oauth/authorize`);
    await card.heading('This link doesn’t work');
    await check(page, 'invalid');
    await page.goto(`${site.issuer}/oauth/authorize?transaction=gone`);
    await card.heading('This request has expired');
    await check(page, 'expired');
    await client.connect();
    await card.asks('Photo Printer');
    await card.deny.click();
    await client.refused('access_denied');
    await check(page, 'not connected');
    await client.connect();
    await card.asks('Photo Printer');
    const address = await card.transactionAddress();
    await card.allow.click();
    await client.connected();
    await page.goto(address);
    await card.heading('You’ve already allowed this request');
    await check(page, 'answered');
    await page.goto(`${site.issuer}/oauth/logout`);
    await card.heading('Sign out?');
    await check(page, 'sign out');
  });
}

/** A whole card in Arabic: everything that can stand on one. */
const EVERYTHING = { scopes: ['photos.read', 'photos.write', 'calendar.read', 'offline_access'], askAgain: true, pays: true };

for (const colorScheme of ['light', 'dark']) {
  journey(`axe finds nothing on the pages in Arabic, in ${colorScheme}`, async ({ site, visitor }) => {
    const say = textsIn('ar');
    const { page, client, card } = await (await visitor({ colorScheme, locale: 'ar-EG' })).signedIn('many@example.com');
    const press = (key) => page.getByRole('button', { name: say(key), exact: true }).click();
    await client.connect(EVERYTHING);
    await card.heading(say('consent_heading_payment', { client: 'Photo Printer', site: 'Harbor' }));
    for (const fold of await page.locator('summary').all()) await fold.click();
    await check(page, 'consent');
    await client.connectOrganization({ client: 'Postcard Club', ...EVERYTHING });
    await card.heading(say('consent_heading_payment', { client: 'Postcard Club', site: 'Harbor Aarhus' }));
    await press('consent_organization_change');
    await page.getByRole('searchbox').fill('or');
    await check(page, 'the list of organizations');
    const address = await card.transactionAddress();
    await card.reads();
    await press('pay');
    await client.connected();
    await page.goto(address);
    await card.heading(say('answered_heading_allow'));
    await check(page, 'answered');
    await page.goto(`${site.issuer}/oauth/authorize`);
    await card.heading(say('invalid_heading'));
    await check(page, 'invalid');
    await page.goto(`${site.issuer}/oauth/logout`);
    await card.heading(say('logout_heading'));
    await check(page, 'sign out');
  });
}

const isFocused = (locator) => locator.evaluate((element) => element === element.ownerDocument.activeElement);

/** Presses Tab until this is focused, as somebody would. */
async function tabTo(page, locator) {
  await locator.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isFocused(locator)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches ${locator}`);
}

journey('everything can be done with the keyboard alone', async ({ visitor }) => {
  const { page, client, card } = await (await visitor()).tab();
  await client.prepare();
  await page.evaluate(() => document.activeElement.blur());
  await tabTo(page, page.getByRole('checkbox', { name: 'photos.read' }));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: 'Connect', exact: true }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: 'Email' }));
  await page.keyboard.type('ada@example.com');
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await page.keyboard.type('demo');
  await page.keyboard.press('Enter');
  await card.asks('Photo Printer');
  await tabTo(page, card.scope('See your photos'));
  await page.keyboard.press('Space');
  assert.equal(await card.scope('See your photos').isChecked(), false);
  await tabTo(page, card.allow);
  await page.keyboard.press('Enter');
  assert.ok(!(await client.connected()).scopes.includes('photos.read'));
});

journey('the focus goes to the heading of what appears', async ({ site, visitor }) => {
  const { page, client, card } = await (await visitor()).signedIn();
  await client.connect();
  await card.asks('Photo Printer');
  await page.locator('h1:focus').waitFor();
  await page.goto(`${site.issuer}/oauth/logout`);
  await card.heading('Sign out?');
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await card.heading('You’re still signed in');
  await page.locator('h1:focus').waitFor();
});

/** The texts on a page that are smaller than 13 pixels. In the page. */
function smallPrint() {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, ({ data, parentElement }) => (
    data.trim() && parentElement.checkVisibility() && parseFloat(getComputedStyle(parentElement).fontSize) < 13 ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP
  ));
  const found = [];
  while (words.nextNode()) found.push(words.currentNode.data.trim());
  return found;
}

/** How often the answers begin to stay in the window or cease to, though nobody does anything. In the page. */
async function changesAtRest() {
  const frames = async (count) => {
    for (let frame = 0; frame < count; frame += 1) await new Promise((resolve) => { requestAnimationFrame(resolve); });
  };
  await frames(20);
  const observer = new MutationObserver(() => {});
  observer.observe(document.querySelector('.countersign-decision'), { attributeFilter: ['data-fixed'] });
  await frames(20);
  return observer.takeRecords().length;
}

// WCAG 2.2, 1.4.10 and 1.4.4: a window of 320 pixels, and text of twice its size.
for (const [width, size] of [[320, '100%'], [640, '200%']]) {
  journey(`nothing is cut off or small print ${width} pixels wide with text at ${size}`, async ({ visitor }) => {
    const { page, client, login, card } = await (await visitor({ viewport: { width, height: 640 } })).tab();
    const fits = async (what) => {
      await page.evaluate((value) => document.documentElement.style.setProperty('font-size', value), size);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, what);
      assert.deepEqual(await page.evaluate(smallPrint), [], what);
    };
    await client.connect({ scopes: ['photos.read', 'photos.write', 'calendar.read', 'contacts.read'] });
    await login.shown();
    await fits('login');
    await login.signIn('ada@example.com');
    await card.asks('Photo Printer');
    await fits('consent');
    assert.equal(await page.evaluate(changesAtRest), 0, 'the answers rest');
    await card.allow.scrollIntoViewIfNeeded();
    await card.allow.click();
    await client.connected();
    await fits('client');
    await client.connectOrganization({ client: 'Postcard Club', pays: true });
    await card.chooseOrganization.click();
    await fits('consent for an organization');
  });

  journey(`nothing is cut off in Arabic ${width} pixels wide with text at ${size}`, async ({ visitor }) => {
    const { page, client, card } = await (await visitor({ viewport: { width, height: 640 }, locale: 'ar' })).signedIn('many@example.com');
    await client.connectOrganization(EVERYTHING);
    const say = textsIn('ar');
    await page.getByRole('button', { name: say('consent_organization_change'), exact: true }).click();
    for (const fold of await page.locator('summary').all()) await fold.click();
    await page.evaluate((value) => document.documentElement.style.setProperty('font-size', value), size);
    // What is written from right to left would be cut off on the left.
    const [wide, over] = await page.evaluate(() => {
      const { left } = document.documentElement.getBoundingClientRect();
      const boxes = [...document.querySelectorAll('.countersign *')].map((one) => one.getBoundingClientRect()).filter(({ width: w, height: h }) => w > 1 && h > 1);
      return [document.documentElement.scrollWidth <= window.innerWidth, boxes.filter((box) => box.left < left - 1 || box.right > window.innerWidth + 1).length];
    });
    assert.deepEqual([wide, over], [true, 0]);
    await card.heading(say('consent_heading_payment', { client: 'Photo Printer', site: 'Harbor Aarhus' }));
  });
}
