// Better Auth behind the kit.
import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { startBetterAuth } from './support/better-auth.mjs';
import { checks, engineTests } from './support/checks.mjs';

const check = engineTests(startBetterAuth);
checks(check);

check('the card says that a decision is remembered, and the next request for the same is answered without one', async ({ client, browser, request }) => {
  const card = await browser.card(request);
  assert.equal(card.remember, 'always');
  await browser.submit(card, { scopes: ['openid', 'profile'] });
  assert.equal((await browser.start(await client.request())).body.outcome, 'consent');
  const narrower = await client.request({ scope: 'openid profile' });
  const { body } = await browser.start(narrower);
  assert.equal(body.outcome, 'redirect');
  assert.equal((await client.tokens(narrower, body.redirect_uri)).scope, 'openid profile');
});

check('claims that are requested one by one are not on the card, and not granted', async ({ client, browser }) => {
  const request = await client.request({ scope: 'openid', claims: JSON.stringify({ userinfo: { email: null } }) });
  const { body } = await browser.submit(await browser.card(request));
  const tokens = await client.tokens(request, body.redirect_uri);
  const { sub, ...more } = await oauth.fetchUserInfo(client.config, tokens.access_token, tokens.claims().sub);
  assert.ok(sub);
  assert.deepEqual(more, {});
});

check('a login that is older than max_age is asked for again, and one after the hand-off satisfies it', async ({ client, browser }) => {
  const { body: away } = await browser.start(await client.request({ max_age: '0' }));
  assert.deepEqual([away.outcome, away.reason], ['login', 'max_age']);
  await browser.signIn();
  assert.equal((await browser.submit(await browser.card(away))).body.outcome, 'redirect');
});

check('what the engine adds to a request is not taken from the client', async ({ browser, request }) => {
  const card = await browser.card({ query: `${request.query}&sig=forged&exp=1&ba_iat=1&ba_param=sig` });
  assert.equal((await browser.submit(card)).body.outcome, 'redirect');
});

check('prompt=select_account is refused: this site has no page for it', async ({ client, browser }) => {
  const { body } = await browser.start(await client.request({ prompt: 'select_account' }));
  assert.equal(body.outcome, 'error');
});

check('a new grant leaves the tokens of the one before', async ({ client, browser }) => {
  const grant = async () => {
    const request = await client.request({ scope: 'openid offline_access', prompt: 'consent' });
    return client.tokens(request, (await browser.submit(await browser.card(request))).body.redirect_uri);
  };
  const [earlier, later] = [await grant(), await grant()];
  for (const { refresh_token: token } of [earlier, later]) assert.ok((await client.refresh(token)).access_token);
});
