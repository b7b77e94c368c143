// A page without a server of its own, with the library `oidc-client-ts`: sign-in by a popup, silent renewal in a
// frame, sign-out. On loopback, as its developer has it.
import assert from 'node:assert/strict';
import { journeys } from '../e2e/support/journey.mjs';
import { allow, signInAndAllow } from './support/person.mjs';
import { ADA, openSpa, startLocalSpa } from './support/spa.mjs';

const { journey } = journeys();
journey('a popup signs the user in, closes, and the page has the user', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.tab();
  const spa = await startLocalSpa(site, ada);
  const wall = await openSpa(tab, spa, site);
  const popup = await wall.popup();
  await signInAndAllow(popup, spa.name);
  await popup.closed;
  await wall.says(`Signed in: ${ADA}`);
});

journey('a popup that denies tells the page so', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const spa = await startLocalSpa(site, ada);
  const wall = await openSpa(tab, spa, site);
  const popup = await wall.popup();
  await popup.card.asks(spa.name);
  await popup.card.deny.click();
  await popup.closed;
  await wall.says('Signed in failed: access_denied');
});

journey('silent renewal keeps the user signed in while the session lasts, without a word', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const spa = await startLocalSpa(site, ada);
  const wall = await openSpa(tab, spa, site);
  const popup = await wall.popup();
  await allow(popup, spa.name);
  await wall.says(`Signed in: ${ADA}`);
  await wall.press('Renew');
  await wall.says(`Renewed: ${ADA}`);
  assert.equal(ada.requests('/authorize/submit').length, 1);
});

journey('silent renewal says login_required if nobody is signed in, and consent_required if nothing was allowed', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.tab();
  const spa = await startLocalSpa(site, ada);
  const wall = await openSpa(tab, spa, site);
  await wall.press('Renew');
  await wall.says('Renewed failed: login_required');
  await ada.signedIn();
  await wall.press('Renew');
  await wall.says('Renewed failed: consent_required');
});

journey('sign-out by the library ends the session here, and renewal with it', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const spa = await startLocalSpa(site, ada);
  const wall = await openSpa(tab, spa, site);
  const popup = await wall.popup();
  await allow(popup, spa.name);
  await wall.says(`Signed in: ${ADA}`);
  await wall.leave();
  await wall.press('Renew');
  await wall.says('Renewed failed: login_required');
});
