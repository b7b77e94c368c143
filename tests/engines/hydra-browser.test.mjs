// Ory Hydra behind the widget's page, in Chromium: from Hydra to the page, and back, for the login, for the card and for signing out.
import assert from 'node:assert/strict';
import { startHydra } from './support/hydra.mjs';
import { engineJourneys } from './support/journeys.mjs';

const journey = engineJourneys(startHydra);

journey('a person who is signed in sees the card alone, and signs out of the site and of Hydra', async ({ visitor }) => {
  const tab = await (await visitor()).signedIn();
  await tab.client.connect();
  await tab.card.asks('Photo Printer');
  const address = new URL(tab.page.url());
  assert.deepEqual([address.pathname, [...address.searchParams.keys()]], ['/oauth/authorize', ['transaction']]);
  await tab.card.reads();
  await tab.card.allow.click();
  await tab.client.connected();
  await tab.client.press('Sign out');
  await tab.card.heading('Sign out?');
  await tab.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await tab.page.getByRole('heading', { name: 'Signed out' }).waitFor();
  await tab.card.says('The state matched.');
  await tab.client.connect();
  await tab.login.signIn('ada@example.com');
  await tab.card.asks('Photo Printer');
});
