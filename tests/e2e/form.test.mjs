// The card as a form in Chromium: without script to a code, and with the guards of its script.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { launchChromium } from './support/chromium.mjs';
import { startForms } from '../kit/support/form-server.mjs';

let browser;
before(async () => { browser = await launchChromium(); });
after(() => browser.close());

async function openPage(t, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 700 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const refused = [];
  page.on('console', (message) => { if (/refused|violat/i.test(message.text())) refused.push(message.text()); });
  return { page, refused };
}

const allow = (page) => page.locator('button[value="allow"]');
const ready = 'button[value="allow"]:not([data-unready])';
const answers = ({ engine }) => ['allow', 'deny'].map((name) => engine.named(name).length);

test('without script, Allow leads by a second page to the client with its code, and nothing is refused by a policy', async (t) => {
  const site = await startForms(t);
  const { page, refused } = await openPage(t, { javaScriptEnabled: false });
  await page.goto(site.address);
  await page.locator('input[name="scope"][value="2"]').uncheck({ force: true });
  site.pass();
  await allow(page).click();
  await page.getByText('Nothing has been shared yet').waitFor();
  assert.deepEqual(answers(site), [0, 0]);
  site.pass();
  await allow(page).click();
  await page.waitForURL(`${site.client}/cb?code=1&state=a%20b`);
  assert.deepEqual(site.engine.named('allow')[0].args[1].scopes.map(({ scope }) => scope), ['openid', 'read']);
  assert.deepEqual(refused, []);
});

test('without script, Deny leads to the client at once', async (t) => {
  const site = await startForms(t);
  const { page } = await openPage(t, { javaScriptEnabled: false });
  await page.goto(site.address);
  await page.locator('button[value="deny"]').click();
  await page.waitForURL(`${site.client}/cb?error=access_denied`);
  assert.deepEqual(answers(site), [0, 1]);
});

for (const viewport of [{ width: 390, height: 700 }, { width: 1280, height: 800 }, { width: 1280, height: 400 }]) {
  test(`without script, clicks where Allow was allow nothing on the second page, whose button stands above (${viewport.width} × ${viewport.height})`, async (t) => {
    const site = await startForms(t);
    const { page } = await openPage(t, { viewport, javaScriptEnabled: false });
    await page.goto(site.address);
    site.pass();
    await allow(page).scrollIntoViewIfNeeded();
    const before = await allow(page).boundingBox();
    const [x, y] = [before.x + before.width / 2, before.y + before.height / 2];
    await page.mouse.click(x, y);
    await page.getByText('Nothing has been shared yet').waitFor();
    const second = await allow(page).boundingBox();
    assert.ok(second.y + second.height < before.y, `${JSON.stringify(before)} and ${JSON.stringify(second)}`);
    // The time alone would let them through.
    site.pass();
    for (let click = 0; click < 10; click += 1) await page.mouse.click(x, y);
    assert.equal(answers(site)[0], 0);
  });
}

test('with the script of the page, an Allow that was looked at needs no second page', async (t) => {
  const site = await startForms(t);
  const { page, refused } = await openPage(t);
  await page.goto(site.address);
  await page.locator(ready).waitFor();
  site.pass();
  await allow(page).click();
  await page.waitForURL(`${site.client}/cb?code=1&state=a%20b`);
  assert.deepEqual([answers(site), refused], [[1, 0], []]);
});

test('a stream of clicks never allows: each begins the quiet again and says so, until they end', async (t) => {
  const site = await startForms(t);
  const { page } = await openPage(t);
  await page.clock.install();
  await page.goto(site.address);
  await page.clock.runFor(100);
  site.pass(60_000);
  for (let click = 0; click < 14; click += 1) {
    await allow(page).click({ force: true });
    await page.clock.runFor(200);
  }
  assert.equal(await page.locator('.countersign-hint').textContent(), 'That was too soon, so nothing was sent. Press again.');
  assert.deepEqual([page.url(), answers(site)], [site.address, [0, 0]]);
  await page.clock.runFor(601);
  await allow(page).click();
  await page.waitForURL(`${site.client}/cb?code=1&state=a%20b`);
});

test('a window that is covered or has no focus does not arm, and the quiet begins when it is back', async (t) => {
  const site = await startForms(t);
  const { page } = await openPage(t);
  await page.clock.install();
  await page.addInitScript(() => {
    globalThis.away = { focus: true, visible: true };
    Document.prototype.hasFocus = () => globalThis.away.focus;
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => (globalThis.away.visible ? 'visible' : 'hidden') });
  });
  await page.goto(site.address);
  const tell = (focus, visible) => page.evaluate(([isFocused, isVisible]) => {
    globalThis.away = { focus: isFocused, visible: isVisible };
    globalThis.dispatchEvent(new Event(isFocused ? 'focus' : 'blur'));
    document.dispatchEvent(new Event('visibilitychange'));
  }, [focus, visible]);
  site.pass(60_000);
  for (const [focus, visible] of [[false, true], [true, false]]) {
    await tell(focus, visible);
    await page.clock.runFor(5000);
    await allow(page).click({ force: true });
    assert.equal(await page.locator(ready).count(), 0);
  }
  await tell(true, true);
  await page.clock.runFor(500);
  await allow(page).click({ force: true });
  assert.deepEqual([page.url(), answers(site)], [site.address, [0, 0]]);
  await page.clock.runFor(601);
  await allow(page).click();
  await page.waitForURL(`${site.client}/cb?code=1&state=a%20b`);
});

test('a press before all has been in view leads to the first row that has not, and the last one lets it through', async (t) => {
  const scopes = Array.from({ length: 60 }, (_, index) => `permission-${index}`);
  const site = await startForms(t, scopes);
  const { page } = await openPage(t);
  await page.goto(site.address);
  site.pass();
  // The answers are in view: the card's own style keeps them there only with the widget.
  const press = () => page.evaluate(() => document.querySelector('button[value="allow"]').click());
  await page.waitForFunction(() => !document.querySelector('button[value="allow"]').hasAttribute('aria-disabled'));
  await press();
  assert.match(await page.locator('.countersign-hint').textContent(), /wasn’t on your screen yet/);
  const first = await page.evaluate(() => document.activeElement.textContent.trim());
  assert.match(first, /^permission-\d+/);
  assert.deepEqual(answers(site), [0, 0]);
  for (let row = 0; row < 60; row += 5) await page.getByText(`permission-${row}`, { exact: true }).scrollIntoViewIfNeeded();
  await allow(page).scrollIntoViewIfNeeded();
  await page.locator(ready).waitFor();
  await allow(page).click();
  await page.waitForURL(`${site.client}/cb?code=1&state=a%20b`);
});

test('Deny counts at once with the script, too', async (t) => {
  const site = await startForms(t);
  const { page } = await openPage(t);
  await page.clock.install();
  await page.goto(site.address);
  await page.locator('button[value="deny"]').click();
  await page.waitForURL(`${site.client}/cb?error=access_denied`);
});
