// What the pages ask for before their WebAssembly is there.
import assert from 'node:assert/strict';
import { journeys } from './support/journey.mjs';
import { textsIn } from './support/texts.mjs';

const { journey } = journeys();
const FILES = '/messages-';

/** Holds the WebAssembly of pages back until it is let go. */
async function held(page) {
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/*.wasm', async (route) => { await arrived; await route.continue(); });
  return arrive;
}

for (const [realm, email, connect] of [['consumers', 'ada@example.com', 'connect'], ['organizations', 'grace@example.com', 'connectOrganization']]) {
  journey(`the page for ${realm} asks for the request and the language while its WebAssembly is on its way, and once`, async ({ visitor }) => {
    const person = await visitor({ locale: 'de-DE' });
    const { page, client } = await person.signedIn(email);
    const arrive = await held(page);
    const asked = Promise.all([page.waitForResponse('**/authorize/start'), page.waitForResponse(`**${FILES}*`)]);
    await client[connect]();
    await asked;
    arrive();
    await page.getByRole('button', { name: textsIn('de')('allow'), exact: true }).waitFor();
    assert.deepEqual([person.requests('/authorize/start').length, person.requests(FILES).length], [1, 1]);
  });
}

journey('what was asked for another address is not taken', async ({ site, visitor }) => {
  const person = await visitor();
  const { page, client, card } = await person.signedIn();
  await client.connect();
  await card.asks('Photo Printer');
  const arrive = await held(page);
  const asked = page.waitForResponse('**/authorize/start');
  await page.reload();
  await asked;
  await page.evaluate(() => history.replaceState(null, '', '?transaction=another'));
  arrive();
  await page.locator('.countersign[data-state=expired]').waitFor();
  assert.equal(person.requests('/authorize/start').length, 3);
  assert.ok(site);
});

journey('a page to sign out asks for nothing early', async ({ site, visitor }) => {
  const person = await visitor();
  const { page } = await person.signedIn();
  const arrive = await held(page);
  await page.goto(`${site.issuer}/oauth/logout`);
  await page.locator('[data-flow=logout]').waitFor();
  assert.equal(person.requests('/start').length, 0);
  arrive();
  await page.locator('.countersign[data-state=confirm-logout]').waitFor();
  assert.equal(person.requests('/logout/start').length, 1);
});
