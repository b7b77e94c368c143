// Ory Hydra behind the widget's page, in Chromium: from Hydra to the page, and back, for the login, for the card and for signing out.
import assert from 'node:assert/strict';
import { webClient } from './support/hydra-client.mjs';
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

journey('what is remembered is answered without a card, also without the user, and is asked anew if the client wants that', async ({ site, visitor }) => {
  const client = await webClient(site.host);
  const ada = await visitor();
  ada.origins.add('https://client.example');
  const tab = await ada.signedIn();
  /** The address at the client to which Hydra leads. Nobody answers there. */
  const answer = (page = tab.page) => page.waitForRequest((sent) => sent.url().startsWith('https://client.example/callback')).then((sent) => sent.url());
  const open = async (more) => {
    const request = await client.request(more);
    const go = (page = tab.page) => page.goto(`${site.host.issuer}/oauth2/auth?${request.query}`, { waitUntil: 'commit' });
    return { request, go };
  };
  /** The tokens for a request that needs no card. In a tab of its own: the browser's error page would come in the way of what is next. */
  const tokens = async (more) => {
    const { request, go } = await open(more);
    const page = await tab.page.context().newPage();
    const [address] = await Promise.all([answer(page), go(page).catch(() => {})]);
    await page.close();
    return client.tokens(request, address);
  };
  const { request, go } = await open();
  await go();
  await tab.card.asks('Atlas');
  await tab.card.remember.check();
  const [allowed] = await Promise.all([answer(), tab.card.allow.click()]);
  const { scope } = await client.tokens(request, allowed);
  assert.equal((await tokens()).scope, scope);
  assert.equal((await tokens({ prompt: 'none' })).scope, scope);
  await assert.rejects(tokens({ prompt: 'none', scope: 'openid email' }), (error) => error.error === 'consent_required');
  await (await open({ prompt: 'consent' })).go();
  await tab.card.asks('Atlas');
  const [denied] = await Promise.all([answer(), tab.card.deny.click()]);
  assert.equal(new URL(denied).searchParams.get('error'), 'access_denied');
});
