// Signing out, asked for by a client or by nobody.
import assert from 'node:assert/strict';
import { startWebsite } from './support/app.mjs';
import { journeys } from './support/journey.mjs';

const { journey } = journeys();

/** Ada, connected with Trip Planner, on the client's result page. */
async function connected(visitor) {
  const ada = await visitor();
  const tab = await ada.signedIn();
  await tab.client.connect({ client: 'Trip Planner' });
  await tab.card.asks('Trip Planner');
  await tab.card.allow.click();
  await tab.client.connected();
  return { ada, ...tab };
}

async function isSignedIn({ client }, signedIn) {
  await client.prepare({ client: 'Trip Planner' });
  await client.press('Check as a whole page');
  await (signedIn ? client.connected() : client.refused('login_required'));
}

const backAtClient = ({ page }) => page.getByRole('heading', { name: 'Signed out' }).waitFor();
const press = ({ page }, name) => page.getByRole('button', { name, exact: true }).click();

journey('a client with a hint signs the user out without a question and gets its state back', async ({ visitor }) => {
  const here = await connected(visitor);
  await here.client.press('Sign out');
  await backAtClient(here);
  await here.card.says('The state matched.');
  await isSignedIn(here, false);
});

journey('a client without a hint makes the page ask; signing out ends the session, and the way back is a button', async ({ site, visitor }) => {
  const here = await connected(visitor);
  await here.client.press('Sign out without a hint');
  await here.card.heading('Sign out?');
  await here.card.says('Trip Planner');
  await here.card.says('Ada Lovelace');
  await press(here, 'Sign out');
  await here.card.heading('You’re signed out');
  await press(here, `Continue: ${new URL(site.client).host}`);
  await backAtClient(here);
  await here.card.says('The state matched.');
  await isSignedIn(here, false);
});

journey('staying signed in leaves the session as it was', async ({ visitor }) => {
  const here = await connected(visitor);
  await here.client.press('Sign out without a hint');
  await here.card.heading('Sign out?');
  await press(here, 'Stay signed in');
  await here.card.heading('You’re still signed in');
  await isSignedIn(here, true);
});

journey('what was remembered is remembered after signing out and in again', async ({ site, visitor }) => {
  const ada = await visitor();
  const { generic, received } = await startWebsite(site, ada, { client_name: 'Website' });
  const { page, card, login } = await ada.signedIn();
  const ask = async () => page.goto((await generic.request()).address.href);
  await ask();
  await card.asks('Website');
  await card.remember.check();
  await card.allow.click();
  await received({ page });
  await page.goto(`${site.issuer}/oauth/logout`);
  await card.heading('Sign out?');
  await press({ page }, 'Sign out');
  await card.heading('You’re signed out');
  await ask();
  await login.signIn('ada@example.com');
  assert.ok((await received({ page })).searchParams.has('code'));
});

journey('signing out with nobody asking for it works from the page alone', async ({ site, visitor }) => {
  const here = await connected(visitor);
  await here.page.goto(`${site.issuer}/oauth/logout`);
  await here.card.heading('Sign out?');
  await press(here, 'Sign out');
  await here.card.heading('You’re signed out');
  await isSignedIn(here, false);
});

journey('signing out without a session is not an error', async ({ site, visitor }) => {
  const { page, card } = await (await visitor()).tab();
  await page.goto(`${site.issuer}/oauth/logout`);
  await card.heading('You’re signed out');
});

journey('a client of organizations signs the user out at its own issuer', async ({ site, visitor }) => {
  const ada = await visitor();
  const here = await ada.signedIn('grace@example.com');
  await here.client.connectOrganization();
  await here.card.asks('Photo Printer', 'Acme Corporation');
  await here.card.allow.click();
  await here.client.connected();
  await here.client.press('Sign out');
  await backAtClient(here);
  assert.ok(ada.requests(`${site.issuer}/b2b/oauth/logout`).length > 0);
  await isSignedIn(here, false);
});

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (claims) => `${part({ alg: 'none' })}.${part(claims)}.`;

const NO_PROOF = {
  'a hint that is no token': (site) => ({ id_token_hint: 'nonsense', post_logout_redirect_uri: `${site.client}/signed-out` }),
  'an unsigned hint': (site) => ({
    id_token_hint: unsigned({ iss: site.issuer, sub: 'ada', aud: 'third-party-confidential' }),
    post_logout_redirect_uri: `${site.client}/signed-out`,
  }),
  'an address that is not registered': (site) => ({
    client_id: 'third-party-confidential',
    post_logout_redirect_uri: `${site.client}/elsewhere`,
  }),
  'a registered address with a query added': (site) => ({
    client_id: 'third-party-confidential',
    post_logout_redirect_uri: `${site.client}/signed-out?x=1`,
  }),
  'an address but no client': (site) => ({ post_logout_redirect_uri: `${site.client}/signed-out` }),
};

for (const [what, parameters] of Object.entries(NO_PROOF)) {
  journey(`signing out with ${what} never leaves the site, and ends no session by itself`, async ({ site, visitor }) => {
    const here = await connected(visitor);
    // The client's own page asks for its icon whenever it likes.
    const visits = () => here.ada.requests(site.client).filter((one) => !one.url().endsWith('/favicon.svg')).length;
    const before = visits();
    await here.page.goto(`${site.issuer}/oauth/logout?${new URLSearchParams(parameters(site))}`);
    await here.card.heading('Sign out?');
    await press(here, 'Stay signed in');
    await here.card.heading('You’re still signed in');
    assert.equal(visits(), before);
    await isSignedIn(here, true);
  });
}

journey('a sign-out request by POST is the same request', async ({ site, visitor }) => {
  const here = await connected(visitor);
  await here.page.goto(`${site.client}/`);
  await here.page.evaluate((action) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action });
    document.body.append(form);
    form.submit();
  }, `${site.issuer}/oauth/logout`);
  await here.card.heading('Sign out?');
  await press(here, 'Sign out');
  await here.card.heading('You’re signed out');
});
