// Before the program runs: what the page shows where its scripts do not arrive, or may not run.
import assert from 'node:assert/strict';
import { journeys } from './support/journey.mjs';

const SENTENCE = 'This page could not be loaded. Reload it, or go back to the app and start again.';
const { journey } = journeys();

journey('with the glue missing, the page says so', async ({ site, visitor }) => {
  const ada = await visitor();
  ada.expects(/glue-|ERR_FAILED/); // the loader reports why, for those who look
  const { page } = await ada.tab();
  await page.route('**/glue-*.js', (route) => route.abort());
  await page.goto(`${site.issuer}/login`);
  await page.getByRole('alert').filter({ hasText: SENTENCE }).waitFor();
  assert.equal(await page.locator('main').innerText(), SENTENCE);
});

journey('with even the loader missing, the page says so after half a minute', async ({ site, visitor }) => {
  const ada = await visitor();
  ada.expects(/ERR_FAILED|preloaded/);
  const { page } = await ada.tab();
  await page.route('**/loader-*.js', (route) => route.abort());
  await page.goto(`${site.issuer}/login`);
  const sentence = page.getByText(SENTENCE);
  assert.equal(await sentence.isVisible(), false);
  const delays = await page.evaluate(() => document.getAnimations().filter((one) => one.animationName === 'countersign-late').map((one) => {
    one.finish();
    return one.effect.getTiming().delay;
  }));
  assert.deepEqual(delays, [30_000]);
  await sentence.waitFor();
});

journey('without JavaScript the page says what it needs', async ({ site, visitor }) => {
  const ada = await visitor({ javaScriptEnabled: false });
  ada.expects(/preloaded/);
  const { page } = await ada.tab();
  await page.goto(`${site.issuer}/login`);
  assert.equal(await page.locator('main').innerText(), 'This page needs JavaScript. Turn it on and reload the page.');
});
