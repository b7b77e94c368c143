// Auth.js as the client: its own pages, its own checks, and the user that it makes of the ID token.
import { journeys } from '../e2e/support/journey.mjs';
import { startAuthApp } from './support/auth-app.mjs';
import { allow, signInAndAllow } from './support/person.mjs';

const { journey } = journeys();

/** Begins at the app's own sign-in page. */
async function begin({ page }, app) {
  await page.goto(`${app.origin}/auth/signin?callbackUrl=${encodeURIComponent(`${app.origin}/`)}`);
  await page.getByRole('button', { name: 'Sign in with Countersign' }).click();
}

const shows = ({ page }, text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();

journey('the user has a name and an email address', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.tab();
  const app = await startAuthApp(ada, site.issuer);
  await begin(tab, app);
  await signInAndAllow(tab, app.name);
  await shows(tab, 'Ada Lovelace, ada@example.com, account-ada, openid profile email');
});

journey('a user who denies comes back to the app’s sign-in page, and may allow later', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startAuthApp(ada, site.issuer);
  await begin(tab, app);
  await tab.card.asks(app.name);
  await tab.card.deny.click();
  await tab.page.waitForURL((url) => url.href.startsWith(`${app.origin}/auth/`));
  await tab.page.goto(app.origin);
  await shows(tab, 'Nobody is signed in');
  await begin(tab, app);
  await allow(tab, app.name);
  await shows(tab, 'Ada Lovelace, ada@example.com, account-ada, openid profile email');
});

journey('another account gets a session of its own after the first has left', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startAuthApp(ada, site.issuer);
  await begin(tab, app);
  await allow(tab, app.name);
  await shows(tab, 'Ada Lovelace, ada@example.com, account-ada, openid profile email');
  await tab.page.goto(`${app.origin}/auth/signout?callbackUrl=${encodeURIComponent(`${app.origin}/`)}`);
  await tab.page.getByRole('button', { name: 'Sign out' }).click();
  await shows(tab, 'Nobody is signed in');
  await begin(tab, app);
  await tab.card.asks(app.name);
  await tab.card.switchAccount.click();
  await signInAndAllow(tab, app.name, { email: 'grace@example.com' });
  await shows(tab, 'Grace Hopper, grace@example.com, account-grace, openid profile email');
});
