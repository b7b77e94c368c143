// The same page and the authorization server at https, on two hosts of one site: the page registers itself from
// the browser, and the user may tick the box.
import assert from 'node:assert/strict';
import { journeys } from '../e2e/support/journey.mjs';
import { signInAndAllow } from './support/person.mjs';
import { ADA, atHttps, openSpa } from './support/spa.mjs';

const { start, flags } = atHttps();
const { journey } = journeys(start, { flags });
const browser = { ignoreHTTPSErrors: true };

/** A person at the page, who has signed in and allowed by a popup. */
async function connected({ site, visitor }, { spa = site.spa, ...options } = {}) {
  const ada = await visitor(browser);
  const wall = await openSpa(await ada.tab(), spa, site);
  const popup = await wall.popup();
  await signInAndAllow(popup, spa.name, options);
  await popup.closed;
  await wall.says(`Signed in: ${ADA}`);
  return { ada, wall };
}

journey('without the box, renewal works in the session of the Allow, and the next sign-in asks again', async ({ site, visitor }) => {
  const { ada, wall } = await connected({ site, visitor });
  await wall.press('Renew');
  await wall.says(`Renewed: ${ADA}`);
  await wall.leave();
  const popup = await wall.popup();
  await signInAndAllow(popup, site.spa.name);
  await wall.says(`Signed in: ${ADA}`);
  assert.equal(ada.requests('/authorize/submit').length, 2);
});

journey('with the box ticked, the next sign-in asks for nothing but the password, and renewal works there too', async ({ site, visitor }) => {
  const { ada, wall } = await connected({ site, visitor }, { remember: true });
  await wall.leave();
  await wall.press('Renew');
  await wall.says('Renewed failed: login_required');
  const popup = await wall.popup();
  await popup.login.signIn('ada@example.com');
  await popup.closed;
  await wall.says(`Signed in: ${ADA}`);
  await wall.press('Renew');
  await wall.says(`Renewed: ${ADA}`);
  assert.equal(ada.requests('/authorize/submit').length, 1);
});

journey('on another site, where no frame has the login cookie, renewal works by a refresh token, without the frame', async ({ site, visitor }) => {
  const { ada, wall } = await connected({ site, visitor }, { spa: site.elsewhere });
  const before = ada.requests('/oauth/authorize').length;
  await wall.press('Renew');
  await wall.says(`Renewed: ${ADA}`);
  assert.equal(ada.requests('/oauth/authorize').length, before);
});

journey('on another site, a silent request in a frame finds nobody, even after a sign-in', async ({ site, visitor }) => {
  const ada = await visitor(browser);
  const { login, page } = await ada.tab();
  await login.open();
  await login.signIn('ada@example.com');
  await page.waitForURL((url) => url.pathname !== '/login');
  const wall = await openSpa(await ada.tab(), site.elsewhere, site);
  await wall.press('Renew');
  await wall.says('Renewed failed: login_required');
});
