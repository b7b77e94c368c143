// Sign-out of Ory Hydra and of its host, behind the kit.
import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { assertProblem, engineTests } from './support/checks.mjs';
import { webClient } from './support/hydra-client.mjs';
import { startHydra } from './support/hydra.mjs';

const check = engineTests(startHydra);
const SIGNED_OUT = 'https://client.example/signed-out';

/** A client with tokens, and the page's query when it asks to sign out. */
async function signedIn(host, browser) {
  const client = await webClient(host, { signedOutUri: SIGNED_OUT });
  const request = await client.request({ scope: 'openid offline_access' });
  const tokens = await client.tokens(request, (await browser.submit(await browser.card(request))).body.redirect_uri);
  const address = oauth.buildEndSessionUrl(client.config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: SIGNED_OUT, state: 'a state' });
  return { client, tokens, address: address.href };
}

const startLogout = (browser, query) => browser.call('/countersign/logout/start', { realm: 'consumer', query });
const decide = (browser, { logout }, decision) => browser.call('/countersign/logout/submit', { logout, decision });
const isSignedIn = async (browser) => (await browser.call('/account/session', {})).body.account !== null;

check('signing out is asked for, ends the session of the host, and leads back to the client', async ({ host, browser }) => {
  const { address, client } = await signedIn(host, browser);
  const { path, query } = await browser.follow(address);
  assert.equal(path, '/oauth/logout');
  const { body: confirm } = await startLogout(browser, query);
  assert.deepEqual([confirm.outcome, confirm.client.name, confirm.account.email], ['confirm', 'Atlas', 'ada@example.com']);
  assert.ok(await isSignedIn(browser));
  const { body } = await decide(browser, confirm, 'sign_out');
  assert.deepEqual([body.outcome, body.intermediate], ['redirect', true]);
  assert.equal((await browser.follow(body.redirect_uri)).address, `${SIGNED_OUT}?state=a+state`);
  assert.equal(await isSignedIn(browser), false);
  // Hydra's session is over as well.
  const silent = await client.request({ prompt: 'none' });
  assert.equal(new URL((await browser.start(silent)).body.redirect_uri).searchParams.get('error'), 'login_required');
  assertProblem(await startLogout(browser, query), 410, 'expired');
});

check('who stays stays signed in, at the host and at Hydra', async ({ host, browser }) => {
  const { address, client } = await signedIn(host, browser);
  const { body: confirm } = await startLogout(browser, (await browser.follow(address)).query);
  assert.equal((await decide(browser, confirm, 'stay')).body.outcome, 'stayed');
  assert.ok(await isSignedIn(browser));
  const silent = await client.request({ prompt: 'none' });
  assert.equal(new URL((await browser.start(silent)).body.redirect_uri).searchParams.get('error'), 'consent_required');
});

check('signing out ends no token: Hydra keeps them until they are revoked', async ({ host, browser }) => {
  const { address, client, tokens } = await signedIn(host, browser);
  const { body: confirm } = await startLogout(browser, (await browser.follow(address)).query);
  const { body } = await decide(browser, confirm, 'sign_out');
  await browser.follow(body.redirect_uri);
  assert.ok((await client.refresh(tokens.refresh_token)).access_token);
});

check('a sign-out without a client is asked for, also where Hydra knows nobody, and its page says that it is done', async ({ host, browser, request }) => {
  const end = `${host.issuer}/oauth2/sessions/logout`;
  assert.deepEqual(await browser.follow(end), { path: '/oauth/logout', query: '' });
  const { body: confirm } = await startLogout(browser, '');
  assert.equal(confirm.outcome, 'confirm');
  assert.equal((await decide(browser, confirm, 'sign_out')).body.outcome, 'signed_out');
  assert.equal(await isSignedIn(browser), false);
  assert.equal((await startLogout(browser, '')).body.outcome, 'signed_out');
  await browser.signIn();
  await browser.card(request);
  const { query } = await browser.follow(`${end}?again`);
  const { body } = await decide(browser, (await startLogout(browser, query)).body, 'sign_out');
  assert.deepEqual(await browser.follow(body.redirect_uri), { path: '/oauth/logout', query: '' });
  assert.equal(await isSignedIn(browser), false);
});

check('a sign-out that Hydra does not know has expired', async ({ browser }) => {
  assertProblem(await startLogout(browser, 'logout_challenge=garbage'), 410, 'expired');
});
