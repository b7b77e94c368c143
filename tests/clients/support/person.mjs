// What a person does at the page, in one place for all clients.
import { CardPage, LoginPage } from '../../e2e/support/pages.mjs';

/** The widget's pages in a window, whoever opened it. */
export const pagesOf = (page, site) => ({ page, login: new LoginPage(page, site), card: new CardPage(page, site) });

/** Reads the card of this client (and organization), and allows what it asks. */
export async function allow({ card }, client, { remember = false, organization } = {}) {
  await card.asks(client, organization);
  if (remember) await card.remember.check();
  await card.allow.click();
}

/** Signs in first, and then allows. */
export async function signInAndAllow(tab, client, { email = 'ada@example.com', ...options } = {}) {
  await tab.login.signIn(email);
  await allow(tab, client, options);
}
