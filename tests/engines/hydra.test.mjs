// Ory Hydra behind the kit: login, the card, what Hydra remembers, and sign-out.
import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { checks, engineTests } from './support/checks.mjs';
import { introspect, PHOTOS, CALENDAR, remembered, webClient } from './support/hydra-client.mjs';
import { SCRIPT, startHydra } from './support/hydra.mjs';

const check = engineTests(startHydra);
checks(check, { endpoint: false });

const allow = async (client, browser, request, options) => client.tokens(request, (await browser.submit(await browser.card(request), options)).body.redirect_uri);
const REMEMBER = { remember: true };

check('the page for a challenge has the headers of the project, and its address has no challenge', async ({ host, browser, request }) => {
  const { path, query } = await browser.challenge(request);
  const first = await browser.visit(`${host.origin}${path}?${query}`);
  assert.equal(first.status, 303);
  const page = await browser.visit(new URL(first.headers.get('location'), host.origin));
  assert.match(page.url, /\/oauth\/authorize\?transaction=[\w-]+$/);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy'), /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
  assert.match(await page.text(), SCRIPT);
}, { signedOut: true });

check('a browser with a session passes the login without a page', async ({ host, browser, request }) => {
  const { path, query } = await browser.challenge(request);
  const passed = await browser.visit(`${host.origin}${path}?${query}`);
  assert.equal(passed.status, 303);
  assert.equal(new URL(passed.headers.get('location')).origin, new URL(host.issuer).origin);
});

check('the ID token has what the host says of the account, for the scopes that were left', async ({ host, browser }) => {
  const client = await webClient(host);
  const request = await client.request({ scope: 'openid profile email' });
  const tokens = await allow(client, browser, request, { scopes: ['openid', 'email'] });
  const { sub, name, email } = tokens.claims();
  assert.deepEqual([sub, name, email], ['account-ada', undefined, 'ada@example.com']);
  assert.equal((await oauth.fetchUserInfo(client.config, tokens.access_token, sub)).email, email);
});

check('a refresh token has the scopes that were left', async ({ client, browser }) => {
  const request = await client.request({ scope: 'openid profile offline_access photos.read' });
  const tokens = await allow(client, browser, request, { scopes: ['openid', 'offline_access', 'photos.read'] });
  assert.deepEqual((await client.refresh(tokens.refresh_token)).scope.split(' ').sort(), ['offline_access', 'openid', 'photos.read']);
});

check('a decision is remembered if the user wants it, and what was left out is asked anew', async ({ host, browser }) => {
  const client = await webClient(host);
  const first = await client.request();
  const card = await browser.card(first);
  assert.equal(card.remember, 'choice');
  const kept = ['openid', 'profile'];
  await client.tokens(first, (await browser.submit(card, { scopes: kept, ...REMEMBER })).body.redirect_uri);
  const again = await client.request({ scope: 'openid profile' });
  const { body } = await browser.start(again);
  assert.equal(body.outcome, 'redirect');
  assert.deepEqual((await client.tokens(again, body.redirect_uri)).scope.split(' ').sort(), kept);
  await browser.card(await client.request());
});

check('a decision that is not to be remembered is asked anew', async ({ host, browser }) => {
  const client = await webClient(host);
  await allow(client, browser, await client.request());
  await browser.card(await client.request());
});

check('what is remembered answers prompt=none, and prompt=consent asks for it anew', async ({ host, browser }) => {
  const client = await webClient(host);
  await allow(client, browser, await client.request(), REMEMBER);
  const silent = await client.request({ prompt: 'none' });
  assert.ok((await client.tokens(silent, (await browser.start(silent)).body.redirect_uri)).access_token);
  await browser.card(await client.request({ prompt: 'consent' }));
});

check('an audience that was not allowed before is asked for, also without the user, and the token has what was shown', async ({ host, browser }) => {
  const client = await webClient(host);
  const first = await client.request({ audience: PHOTOS });
  const card = await browser.card(first);
  assert.deepEqual(card.resources.map(({ resource }) => resource), [PHOTOS]);
  const tokens = await client.tokens(first, (await browser.submit(card, REMEMBER)).body.redirect_uri);
  assert.deepEqual((await introspect(host, tokens.access_token)).aud, [PHOTOS]);
  assert.equal((await browser.start(await client.request({ audience: PHOTOS }))).body.outcome, 'redirect');
  assert.deepEqual((await browser.card(await client.request({ audience: `${PHOTOS} ${CALENDAR}` }))).resources.map(({ resource }) => resource), [PHOTOS, CALENDAR]);
  const silent = await client.request({ audience: CALENDAR, prompt: 'none' });
  await assert.rejects(client.tokens(silent, (await browser.start(silent)).body.redirect_uri), (error) => error.error === 'consent_required');
});

check('an address on the user’s device is always asked for, whatever Hydra remembers of the client', async ({ host, browser }) => {
  const [web, device] = ['https://client.example/callback', 'http://127.0.0.1:9/callback'];
  const client = await webClient(host, { secret: 'a secret of the tests', redirectUri: [web, device] });
  await allow(client, browser, await client.request(), REMEMBER);
  assert.equal((await browser.start(await client.request())).body.outcome, 'redirect');
  assert.equal((await browser.card(await client.request({ redirect_uri: device }))).remember, 'never');
  const silent = await client.request({ redirect_uri: device, prompt: 'none' });
  assert.equal(new URL((await browser.start(silent)).body.redirect_uri).searchParams.get('error'), 'consent_required');
});

check('a public client on a scheme of its own is always asked for, and its address is native', async ({ host, browser }) => {
  const client = await webClient(host, { redirectUri: 'com.example.app:/callback' });
  for (const time of ['first', 'second']) {
    const card = await browser.card(await client.request());
    assert.deepEqual([card.remember, card.client.native], ['never', true], time);
    assert.match((await browser.submit(card, REMEMBER)).body.redirect_uri, /^com\.example\.app:\/callback\?code=/);
  }
});

check('a client for which an administrator has said so is not asked for, but a device is', async ({ host, browser }) => {
  const client = await webClient(host, { redirectUri: ['https://client.example/callback', 'http://127.0.0.1:9/callback'], skip_consent: true });
  const request = await client.request();
  assert.equal((await client.tokens(request, (await browser.start(request)).body.redirect_uri)).scope, 'openid profile photos.read');
  assert.deepEqual(await remembered(host, client).then((all) => all.map(({ remember }) => remember)), [false]);
  await browser.card(await client.request({ redirect_uri: 'http://127.0.0.1:9/callback' }));
});

check('authorization details are on the card and in the token, and are always asked for', async ({ host, browser }) => {
  const client = await webClient(host);
  await allow(client, browser, await client.request(), REMEMBER);
  const details = [{ type: 'payment_initiation', instructedAmount: { currency: 'EUR', amount: '45.00' } }];
  const request = await client.request({ authorization_details: JSON.stringify(details) });
  const card = await browser.card(request);
  assert.deepEqual([card.authorization_details, card.remember], [details, 'never']);
  const tokens = await client.tokens(request, (await browser.submit(card, { authorization_details: details })).body.redirect_uri);
  assert.deepEqual((await introspect(host, tokens.access_token)).ext, { authorization_details: details });
});

check('a login that is older than max_age is asked for again, and one after the hand-off satisfies it', async ({ client, browser }) => {
  const request = await client.request({ max_age: '0' });
  const { body: away } = await browser.start(request);
  assert.deepEqual([away.outcome, away.reason], ['login', 'max_age']);
  await browser.signIn();
  assert.equal((await browser.start(away)).body.outcome, 'consent');
});

check('login_hint and acr_values reach the login page, and select_account asks for an account', async ({ client, browser }) => {
  const { body } = await browser.start(await client.request({ login_hint: 'grace@example.com', acr_values: 'gold silver', prompt: 'select_account' }));
  assert.deepEqual([body.reason, body.login_hint, body.acr_values], ['select_account', 'grace@example.com', 'gold silver']);
});

check('another account than the one of the login is never used, and the request starts again with a login', async ({ client, browser, request }) => {
  const card = await browser.card(request);
  assert.match(card.switch_account.redirect_uri, /[?&]prompt=login(&|$)/);
  await browser.signIn('grace@example.com');
  const { body: away } = await browser.submit(card);
  assert.deepEqual([away.outcome, away.reason], ['login', 'prompt_login']);
  await browser.signIn('grace@example.com');
  const other = await browser.card(away);
  assert.equal(other.account.email, 'grace@example.com');
  const { body } = await browser.submit(other);
  assert.equal((await client.tokens(request, body.redirect_uri)).claims().sub, 'account-grace');
});

check('an account that Hydra remembers is not used if another one is signed in, also without the user', async ({ host, browser }) => {
  const client = await webClient(host);
  await allow(client, browser, await client.request(), REMEMBER);
  await browser.signIn('grace@example.com');
  const silent = await client.request({ prompt: 'none' });
  assert.equal(new URL((await browser.start(silent)).body.redirect_uri).searchParams.get('error'), 'login_required');
  const { body: away } = await browser.start(await client.request());
  assert.deepEqual([away.outcome, away.reason], ['login', 'prompt_login']);
});

check('who is signed out at the host is signed out, whatever Hydra remembers', async ({ host, browser }) => {
  const client = await webClient(host);
  await allow(client, browser, await client.request(), REMEMBER);
  browser.forget('harbor_session');
  const silent = await client.request({ prompt: 'none' });
  assert.equal(new URL((await browser.start(silent)).body.redirect_uri).searchParams.get('error'), 'login_required');
  const { body: away } = await browser.start(await client.request());
  assert.deepEqual([away.outcome, away.reason], ['login', 'no_session']);
});
