// Before the program runs: what the page shows where its scripts do not arrive, or may not run.
import assert from 'node:assert/strict';
import { journeys } from './support/journey.mjs';

const SENTENCE = 'This page couldn’t be loaded. Reload';
const { journey } = journeys();

journey('with the glue missing, the page says so, and a link loads it again', async ({ site, visitor }) => {
  const ada = await visitor();
  ada.expects(/glue-|ERR_FAILED/); // the loader reports why, for those who look
  const { page, login } = await ada.tab();
  await page.route('**/glue-*.js', (route) => route.abort());
  await page.goto(`${site.issuer}/login?return_to=%2F`);
  await page.getByRole('alert').filter({ hasText: SENTENCE }).waitFor();
  assert.equal(await page.locator('body').innerText(), SENTENCE);
  await page.unroute('**/glue-*.js');
  await page.getByRole('link', { name: 'Reload' }).click();
  await login.shown();
  assert.equal(new URL(page.url()).search, '?return_to=%2F');
});

journey('without WebAssembly, as on iOS in Lockdown Mode, each page says what to do about it', async ({ site, visitor }) => {
  const ada = await visitor();
  ada.expects(/WebAssembly is not defined|preloaded/);
  const { page } = await ada.tab();
  await page.addInitScript(() => { delete globalThis.WebAssembly; });
  for (const path of ['/login', '/oauth/authorize?client_id=x', '/b2b/oauth/logout', '/gallery']) {
    await page.goto(site.issuer + path);
    await page.getByText('too old or in Lockdown Mode').waitFor();
    await page.getByRole('alert').filter({ hasText: SENTENCE }).waitFor();
    assert.doesNotMatch(await page.locator('body').innerText(), /Loading/, path);
  }
});

/** The style sheets as a browser reads them that knows no `light-dark()`. */
const old = (page) => page.route('**/style-*.css', async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: (await response.text()).replaceAll('light-dark(', 'unknown(') });
});

journey('an older browser says so above the card, which can be read and pressed in light and dark', async ({ visitor }) => {
  for (const colorScheme of ['light', 'dark']) {
    const ada = await visitor({ colorScheme });
    const { page, client, card } = await ada.signedIn();
    await old(page);
    await client.connect();
    await card.asks('Photo Printer');
    await page.getByText('Your browser is too old').waitFor();
    const looks = await page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      document.querySelector('input.countersign-box').checked = false;
      const ground = document.createElement('p');
      document.querySelector('.countersign').append(ground);
      const canvas = new CSSStyleSheet();
      canvas.replaceSync('.countersign > p:last-child { background: Canvas !important; }');
      document.adoptedStyleSheets = [canvas];
      const { backgroundColor } = getComputedStyle(ground);
      const box = style('input.countersign-box');
      const seen = [style('h1').color, box.borderTopColor, style('[part~=allow]').backgroundColor, style('.countersign-standing').color];
      return [backgroundColor, box.borderTopStyle, ...seen.map((color) => color !== backgroundColor && color !== 'rgba(0, 0, 0, 0)'), style('[part~=allow]').color];
    });
    const canvas = colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(18, 18, 18)';
    assert.deepEqual(looks, [canvas, 'solid', true, true, true, true, canvas], colorScheme);
    await card.allow.click();
    await client.connected();
  }
});

journey('a browser of the list says nothing of its age', async ({ visitor }) => {
  const { page, client, card } = await (await visitor()).signedIn();
  await client.connect();
  await card.asks('Photo Printer');
  assert.equal(await page.getByText('too old').isVisible(), false);
});

journey('without JavaScript the page says what it needs', async ({ site, visitor }) => {
  const ada = await visitor({ javaScriptEnabled: false });
  ada.expects(/preloaded/);
  const { page } = await ada.tab();
  await page.goto(`${site.issuer}/login`);
  assert.equal(await page.locator('main').innerText(), 'This page needs JavaScript. Turn it on and reload the page.');
});

journey('where the program does not come, the outline says so after a while, without script and without a shift before, with a link that loads the page again', async ({ site, visitor }) => {
  const ada = await visitor();
  ada.expects(/ERR_FAILED|preloaded/);
  const { page } = await ada.tab();
  await page.route('**/loader-*.js', (route) => route.abort());
  await page.goto(`${site.issuer}/oauth/authorize?client_id=x`);
  const line = page.getByText('This is taking longer than usual.');
  assert.equal(await line.isVisible(), false);
  const card = page.locator('.countersign-card');
  const { height } = await card.boundingBox();
  const delays = await page.evaluate(() => document.getAnimations().filter((one) => one.animationName === 'countersign-slow').map((one) => {
    one.finish();
    return one.effect.getTiming().delay;
  }));
  assert.deepEqual(delays, [15_000]);
  await line.waitFor();
  assert.ok((await card.boundingBox()).height > height, 'the line stands below the outline');
  await page.unroute('**/loader-*.js');
  await page.getByRole('link', { name: 'Reload' }).click();
  await page.getByRole('heading').waitFor();
  assert.equal(new URL(page.url()).search, '?client_id=x');
});

journey('the outline before sign-out is one narrow column, which asks for nothing', async ({ site, visitor }) => {
  const ada = await visitor({ viewport: { width: 1280, height: 800 } });
  ada.expects(/ERR_FAILED|preloaded|Failed to fetch/);
  const { page } = await ada.tab();
  await page.route('**/*.wasm', (route) => route.abort());
  // The page says so where the program does not come; its outline stays for this test.
  await page.addInitScript(() => { Element.prototype.replaceChildren = () => {}; });
  const rows = async (path) => {
    await page.goto(site.issuer + path);
    await page.locator('#countersign-failed').waitFor();
    const card = page.locator('.countersign-card');
    return [await card.locator('.countersign-scope').first().isVisible(), (await card.boundingBox()).width <= 440];
  };
  assert.deepEqual(await rows('/oauth/authorize?client_id=x'), [true, false]);
  assert.deepEqual(await rows('/oauth/logout'), [false, true]);
});

journey('where the program does not come, no page has a second sentence beside the one that comes after a while', async ({ site, visitor }) => {
  const ada = await visitor();
  ada.expects(/ERR_FAILED|preloaded/);
  const { page } = await ada.tab();
  await page.route('**/loader-*.js', (route) => route.abort());
  for (const path of ['/oauth/authorize?client_id=x', '/b2b/oauth/logout', '/login', '/gallery']) {
    await page.goto(site.issuer + path);
    const late = await page.evaluate(() => document.getAnimations().filter((one) => one.effect.getTiming().iterations < Infinity).map((one) => {
      one.finish();
      return one.animationName;
    }));
    assert.deepEqual(late, ['countersign-slow'], path);
    const lines = (await page.locator('body').innerText()).split(/\n+/);
    assert.deepEqual(lines, ['Loading…', 'This is taking longer than usual. If reloading doesn’t help, use another browser. Reload'], path);
  }
});
