// The elements in a plain page: the main job, in both realms, from a client to tokens.
import assert from 'node:assert/strict';
import { journeys } from '../e2e/support/journey.mjs';
import { elementSite, REGISTERED } from './support/site.mjs';

const consumer = journeys(elementSite(`${REGISTERED}<countersign-identity-provider></countersign-identity-provider>`));
const b2b = journeys(elementSite(`${REGISTERED}<countersign-b2b-identity-provider></countersign-b2b-identity-provider>`));
const light = journeys(elementSite(`${REGISTERED}<countersign-identity-provider light-dom></countersign-identity-provider>`));

for (const [tree, { journey }] of [['shadow', consumer], ['light', light]]) {
  journey(`in ${tree} DOM: somebody signs in, allows, and the client gets tokens`, async ({ visitor }) => {
    const { client, login, card, page } = await (await visitor()).tab();
    await client.prepare({ scopes: ['photos.read'] });
    await client.press('Connect');
    await login.signIn('ada@example.com');
    await card.asks('Photo Printer');
    await card.says('See your photos');
    const inside = await page.evaluate(() => document.querySelector('countersign-identity-provider').shadowRoot !== null);
    assert.equal(inside, tree === 'shadow');
    await card.allow.click();
    const { scopes } = await client.connected();
    assert.ok(scopes.includes('photos.read'));
  });
}

b2b.journey('a member connects an organization', async ({ site, visitor }) => {
  const { client, card } = await (await visitor()).signedIn('grace@example.com');
  await client.connectOrganization();
  await card.asks('Photo Printer', 'Acme');
  await card.allow.click();
  const { idToken } = await client.connected();
  assert.equal(idToken.iss, `${site.issuer}/b2b`);
  assert.equal(idToken.organization_id, 'acme');
});

consumer.journey('the API is asked while the WebAssembly is on its way, and asked once', async ({ visitor }) => {
  const person = await visitor();
  const { client, card, page } = await person.signedIn();
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/npm/widget.wasm', async (route) => { await arrived; await route.continue(); });
  const asked = page.waitForResponse((response) => response.url().endsWith('/authorize/start'));
  await client.connect();
  await asked;
  arrive();
  await card.asks('Photo Printer');
  assert.equal(person.requests('/authorize/start').length, 1);
});

consumer.journey('a denial gets to the client', async ({ visitor }) => {
  const tab = await (await visitor()).signedIn();
  await tab.client.connect();
  await tab.card.asks('Photo Printer');
  await tab.card.deny.click();
  await tab.client.refused('access_denied');
});
