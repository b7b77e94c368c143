// For everybody, inside a shadow tree too: an automatic check of every screen that the element itself brings, and of the card.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { pages } from './support/bare.mjs';

const inPage = pages();

async function check(page, what) {
  // What fades in has not its own colours yet.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), [], what);
}

for (const theme of ['light', 'dark']) {
  inPage(`axe finds nothing on the card, and on what stands in its place, in ${theme}`, async ({ page, person }) => {
    person.expects(/Failed to load resource/);
    await page.route('**/npm/widget.wasm', (route) => route.abort(), { times: 1 });
    await page.evaluate(async (colours) => {
      // A page has one main part; the widget stands in it.
      document.body.append(document.createElement('main'));
      document.body.append = (element) => document.querySelector('main').append(element);
      globalThis.element = kit.put({ backend: kit.scripted(kit.consent()), theme: colours });
      await kit.state(element, 'unavailable');
    }, theme);
    await check(page, 'unavailable');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.evaluate(() => kit.state(element, 'consent'));
    await check(page, 'consent');
    await page.evaluate(async () => { element.flow = 'sideways'; await kit.state(element, 'misconfigured'); });
    await check(page, 'misconfigured');
  });
}

inPage('what takes the card\'s place has the focus on its heading, and says itself', async ({ page }) => {
  const focused = await page.evaluate(async () => {
    const element = kit.put({ flow: 'sideways' });
    await kit.state(element, 'misconfigured');
    await Promise.resolve();
    return [element.shadowRoot.activeElement?.tagName, element.shadowRoot.querySelector('[role=status]').textContent.length > 20];
  });
  assert.deepEqual(focused, ['H1', true]);
});
