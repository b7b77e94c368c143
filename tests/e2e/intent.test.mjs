// A decision is one that somebody meant: not a click that was under way when the card came, not a held key, not a script's.
import assert from 'node:assert/strict';
import { journeys } from './support/journey.mjs';

const { journey } = journeys();
const SUBMIT = '/countersign/authorize/submit';
/** High enough for the whole card: a click below the window would be nobody's. */
const TALL = { viewport: { width: 1280, height: 1_200 } };
const START = '**/countersign/authorize/start';
const ARMING = 600;

const isOff = (button) => button.getAttribute('aria-disabled').then((value) => value === 'true');
/** The middle of a button, where nothing lies over it. */
async function middleOf(button) {
  const { x, y, width, height } = await button.boundingBox();
  const middle = [x + width / 2, y + height / 2];
  assert.ok(await button.evaluate((one, point) => document.elementFromPoint(...point) === one, middle));
  return middle;
}

/**
 * Ada in front of the card's outline: the answer is held until `show`, which also waits for the card. Time stands still from then on,
 * and passes by `wait`. `over` is where Allow will be.
 */
async function beforeTheCard(visitor, request) {
  const ada = await visitor(TALL);
  const tab = await ada.signedIn();
  const { page, client, card } = tab;
  await client.connect(request);
  await card.asks('Photo Printer');
  const over = await middleOf(card.allow);
  await page.clock.install();
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(START, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(START);
  await page.reload();
  await asked;
  return {
    ada,
    over,
    ...tab,
    async show() {
      await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000));
      release();
      await card.allow.waitFor();
      await card.reads();
      assert.deepEqual(await middleOf(card.allow), over);
    },
    wait: (milliseconds) => page.clock.runFor(milliseconds),
  };
}

const TOO_EARLY = 'That was too soon, so nothing was sent. Press again.';

journey('Allow counts 600 ms after the card is there, and a dashed frame shows it, with everything else as ever', async ({ visitor }) => {
  const { card, show, wait, client } = await beforeTheCard(visitor);
  await show();
  const look = (button) => button.evaluate((one) => {
    const { color, backgroundColor, opacity, width, height } = getComputedStyle(one);
    return { color, backgroundColor, opacity, width, height };
  });
  const frame = (button) => button.evaluate((one) => getComputedStyle(one).borderStyle);
  assert.equal(await isOff(card.allow), true);
  assert.equal(await isOff(card.deny), false);
  assert.deepEqual(await look(card.allow), await look(card.deny));
  assert.deepEqual([await frame(card.allow), await frame(card.deny)], ['dashed', 'solid']);
  await wait(ARMING - 1);
  assert.equal(await isOff(card.allow), true);
  await wait(1);
  assert.equal(await isOff(card.allow), false);
  assert.equal(await frame(card.allow), 'solid');
  await card.allow.click();
  await client.connected();
});

journey('a click right as the card comes up decides nothing, says so, and the 600 ms begin anew', async ({ visitor }) => {
  const { ada, page, card, client, over, show, wait } = await beforeTheCard(visitor);
  await show();
  await page.mouse.click(...over);
  await wait(ARMING - 1);
  await page.mouse.click(...over);
  assert.equal(ada.requests(SUBMIT).length, 0);
  await page.getByRole('status').filter({ hasText: TOO_EARLY }).waitFor();
  await wait(ARMING - 1);
  assert.equal(await isOff(card.allow), true);
  await wait(1);
  assert.equal(ada.requests(SUBMIT).length, 0, 'what was clicked before does not count later');
  await page.mouse.click(...over);
  await client.connected();
});

journey('clicks that follow each other faster than 600 ms decide nothing, however many there are', async ({ visitor }) => {
  const { ada, page, card, client, over, show, wait } = await beforeTheCard(visitor);
  await show();
  for (let click = 0; click < 14; click += 1) {
    await page.mouse.click(...over);
    await wait(200);
  }
  assert.equal(ada.requests(SUBMIT).length, 0);
  await wait(ARMING - 200);
  await card.allow.click();
  await client.connected();
});

journey('an Allow that comes before the card was read leads from part to part, by the keyboard too, and counts in the end', async ({ visitor }) => {
  // 1280 × 1024 pixels at 400 %.
  const ada = await visitor({ viewport: { width: 320, height: 256 } });
  const { page, client, card } = await ada.signedIn();
  await client.connect({ scopes: ['photos.read', 'photos.write'] });
  await page.keyboard.press('End');
  let led = 0;
  while (ada.requests(SUBMIT).length === 0) {
    assert.ok(led < 30, 'pressing again gets there');
    await card.allow.and(page.locator(':not([aria-disabled])')).focus();
    // The focus scrolls, and what is then in view is seen with the next frame.
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    const unseen = await page.locator('[data-unseen]').count();
    await page.keyboard.press('Enter');
    if (!unseen) break;
    await page.getByRole('status').filter({ hasText: 'Part of the request wasn’t on your screen yet' }).waitFor();
    await page.locator('[tabindex="-1"]:focus').waitFor();
    led += 1;
  }
  assert.ok(led > 0);
  await client.connected();
});

journey('a sign-out takes its 600 ms too', async ({ site, visitor }) => {
  const { page, card } = await (await visitor(TALL)).signedIn();
  await page.clock.install();
  await page.route('**/countersign/logout/start', async (route) => {
    await page.clock.pauseAt(Date.now() + 10_000);
    await route.continue();
  });
  await page.goto(`${site.issuer}/oauth/logout`);
  await card.heading('Sign out?');
  const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
  await page.mouse.click(...await middleOf(signOut));
  await page.getByRole('status').filter({ hasText: TOO_EARLY }).waitFor();
  await card.heading('Sign out?');
  await page.clock.runFor(ARMING);
  await signOut.click();
  await card.heading('You’re signed out');
});

journey('a double click that was under way when the card came decides nothing', async ({ visitor }) => {
  const { ada, page, over, show, wait, card } = await beforeTheCard(visitor);
  await page.mouse.move(...over);
  await page.mouse.down();
  await page.mouse.up();
  await show();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await wait(ARMING);
  await card.asks('Photo Printer');
  assert.equal(ada.requests(SUBMIT).length, 0);
});

journey('a mouse button that was pressed before the card came decides nothing when it is let go', async ({ visitor }) => {
  const { ada, page, over, show, wait, card } = await beforeTheCard(visitor);
  await page.mouse.move(...over);
  await page.mouse.down();
  await show();
  await wait(ARMING);
  await page.mouse.up();
  await card.asks('Photo Printer');
  assert.equal(ada.requests(SUBMIT).length, 0);
});

for (const [key, name] of [['Enter', 'Enter'], ['Space', 'the space bar']]) {
  journey(`${name} held from before decides nothing, and pressed anew it does`, async ({ visitor }) => {
    const { ada, page, card, client, show, wait } = await beforeTheCard(visitor);
    await page.keyboard.down(key);
    await show();
    await wait(ARMING);
    await card.allow.focus();
    await page.keyboard.down(key); // again without a release: the key repeats
    await page.keyboard.down(key);
    await page.keyboard.up(key);
    assert.equal(ada.requests(SUBMIT).length, 0);
    await page.keyboard.press(key);
    await client.connected();
  });
}

journey('a key on Allow decides nothing before its time', async ({ visitor }) => {
  const { ada, page, card, show, wait } = await beforeTheCard(visitor);
  await show();
  await card.allow.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await wait(ARMING);
  await card.asks('Photo Printer');
  assert.equal(ada.requests(SUBMIT).length, 0);
});

journey('denying needs no time', async ({ visitor }) => {
  const { card, client, show } = await beforeTheCard(visitor);
  await show();
  await card.deny.click();
  await client.refused('access_denied');
});

journey('a page that was left for another tab takes its time anew', async ({ visitor }) => {
  const { ada, page, card, client, over, show, wait } = await beforeTheCard(visitor);
  await show();
  await wait(ARMING);
  assert.equal(await isOff(card.allow), false);
  // Playwright keeps every page in focus unless it is told not to.
  const session = await ada.context.newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const other = await ada.context.newPage();
  await other.bringToFront();
  await page.waitForFunction(() => !document.hasFocus());
  await page.bringToFront();
  await page.waitForFunction(() => document.hasFocus());
  assert.equal(await isOff(card.allow), true);
  await page.mouse.click(...over);
  await page.getByRole('status').filter({ hasText: TOO_EARLY }).waitFor();
  await wait(ARMING - 1);
  assert.equal(await isOff(card.allow), true);
  await wait(1);
  assert.equal(ada.requests(SUBMIT).length, 0);
  await page.mouse.click(...over);
  await client.connected();
}, { needs: 'whole' });

journey('a card of another organization takes its time anew', async ({ visitor }) => {
  const ada = await visitor(TALL);
  const { page, client, card } = await ada.signedIn();
  await client.connectOrganization();
  await card.asks('Photo Printer', 'Acme Corporation');
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await card.actFor('Globex');
  await page.getByRole('heading', { level: 1, name: /access to Globex/ }).waitFor();
  await page.mouse.click(...await middleOf(card.allow));
  assert.equal(await isOff(card.allow), true);
  await page.clock.runFor(ARMING);
  assert.equal(ada.requests(SUBMIT).length, 0);
  await card.allow.click();
  assert.equal((await client.connected()).idToken.organization_id, 'globex');
});

// What a script of the page, or of an extension, can do to an element.
const TRICKS = {
  'calls click()': (one) => one.click(),
  'dispatches a click': (one) => one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 })),
  'dispatches the pointer’s and the mouse’s events': (one) => {
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
      one.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true }));
    }
  },
  'dispatches Enter and Space': (one) => {
    one.focus();
    for (const key of ['Enter', ' ']) {
      for (const type of ['keydown', 'keypress', 'keyup']) one.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true }));
    }
  },
  'clicks the label': (one) => (one.labels?.[0] ?? one).click(),
};

for (const [what, trick] of Object.entries(TRICKS)) {
  journey(`a script that ${what} decides nothing and ticks nothing`, async ({ site, visitor }) => {
    const ada = await visitor();
    const { page, client, card } = await ada.signedIn();
    await client.connect({ scopes: ['photos.read', 'photos.write', 'calendar.read'] });
    await card.asks('Photo Printer');
    const address = await card.transactionAddress();
    for (const button of [card.allow, card.deny, card.switchAccount, card.readOnly]) await button.evaluate(trick);
    const boxes = await page.getByRole('checkbox').all();
    const ticks = () => Promise.all(boxes.map((box) => box.isChecked()));
    const before = await ticks();
    assert.equal(before.length, 5);
    for (const box of boxes) await box.evaluate(trick);
    assert.deepEqual(await ticks(), before);
    await card.asks('Photo Printer');
    assert.equal(page.url(), address);
    assert.equal(ada.requests(SUBMIT).length, 0);

    await card.allow.click();
    const sent = ada.requests(SUBMIT, 'POST').map((request) => request.postDataJSON());
    assert.equal(sent.length, 1);
    assert.deepEqual([sent[0].scopes.length, sent[0].remember], [6, undefined]);
    await client.connected();
    assert.equal(new URL(page.url()).origin, site.client);
  });

  journey(`a script that ${what} neither chooses an organization nor asks for an approval`, async ({ visitor }) => {
    const ada = await visitor();
    const { page, client, card } = await ada.signedIn();
    await client.connectOrganization();
    await card.asks('Photo Printer', 'Acme Corporation');
    await card.chooseOrganization.click();
    const started = ada.requests('/authorize/start').length;
    for (const choice of await page.locator('[part=picker]').getByRole('radio').all()) await choice.evaluate(trick);
    assert.equal(ada.requests('/authorize/start').length, started);
    await page.locator('[part=picker]').getByRole('radio').filter({ hasText: 'Initech' }).click();
    await card.askForApproval.waitFor();
    await card.askForApproval.evaluate(trick);
    await card.askForApproval.waitFor();
    assert.equal(ada.requests(SUBMIT).length, 0);
  });
}
