/** The plan `oidcc-basic-certification-test-plan`: what concerns sign-in and the page. */
import assert from 'node:assert/strict';
import { ADA, connect } from '../harness.mjs';
import { asked, authorize, redeem, send, show, signedIn, suiteModule } from './suite.mjs';

suiteModule('oidcc-server', 'a code flow gives tokens, and an ID token with the nonce', async ({ origin, client, browser }) => {
  const { tokens, parameters } = await authorize(browser, client);
  const claims = tokens.claims();
  assert.deepEqual([claims.iss, claims.aud, claims.nonce], [origin, client.id, parameters.nonce]);
});

suiteModule('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', 'a nonce is optional', async ({ client, browser }) => {
  const { tokens } = await authorize(browser, client, { nonce: undefined });
  assert.equal(tokens.claims().nonce, undefined);
});

suiteModule('oidcc-ensure-request-with-valid-pkce-succeeds', 'a client with a secret may use PKCE', async ({ client, browser }) => {
  const address = await connect(browser, client, { scope: 'openid', nonce: 'n' });
  assert.ok((await client.redeem(address, { expectedNonce: 'n' })).id_token);
});

suiteModule('oidcc-ensure-other-scope-order-succeeds', 'openid need not be the first scope', async ({ client, browser }) => {
  const { tokens } = await authorize(browser, client, { scope: 'email openid' });
  assert.deepEqual(tokens.scope.split(' ').sort(), ['email', 'openid']);
});

suiteModule('oidcc-ensure-request-with-unknown-parameter-succeeds', 'an unknown parameter is ignored', async ({ client, browser }) => {
  assert.ok((await authorize(browser, client, { extra: 'foobar' })).tokens.id_token);
});

suiteModule('oidcc-prompt-none-not-logged-in', 'login_required to the client, with its state and no page', async ({ client, browser }) => {
  const { status, location, parameters } = await send(browser, client, { prompt: 'none' });
  assert.equal(status, 303);
  await assert.rejects(redeem(client, location, parameters), { error: 'login_required' });
});

suiteModule('oidcc-prompt-none-logged-in', 'the same user again, with the same auth_time and no page', async ({ client, browser }) => {
  const first = await authorize(browser, client, { max_age: '1000' });
  const { status, location, parameters } = await send(browser, client, { prompt: 'none', max_age: '1000' });
  assert.equal(status, 303);
  const [one, two] = [first.tokens.claims(), (await redeem(client, location, parameters)).claims()];
  assert.deepEqual([two.sub, two.auth_time], [one.sub, one.auth_time]);
});

suiteModule('oidcc-prompt-login', 'a second login is asked, and auth_time is later', async ({ client, browser, clock }) => {
  const first = await authorize(browser, client, { max_age: '1000' });
  clock.advance(5);
  const { outcome, parameters } = await show(browser, client, { prompt: 'login', max_age: '1000' });
  assert.deepEqual([outcome.outcome, outcome.reason], ['login', 'prompt_login']);
  await browser.login(ADA);
  const card = await browser.start('consumer', { transaction: outcome.transaction });
  const { answer } = await browser.allow(card);
  const [one, two] = [first.tokens.claims(), (await redeem(client, answer.redirect_uri, parameters)).claims()];
  assert.equal(two.sub, one.sub);
  assert.ok(two.auth_time > one.auth_time);
});

suiteModule('oidcc-max-age-1', 'after more than a second the login is asked again, and auth_time is later', async ({ client, browser, clock }) => {
  const first = await authorize(browser, client, { max_age: '1' });
  clock.advance(3);
  const { outcome, parameters } = await show(browser, client, { max_age: '1' });
  assert.deepEqual([outcome.outcome, outcome.reason], ['login', 'max_age']);
  await browser.login(ADA);
  const card = await browser.start('consumer', { transaction: outcome.transaction });
  const { answer } = await browser.allow(card);
  const second = await redeem(client, answer.redirect_uri, parameters);
  assert.ok(second.claims().auth_time > first.tokens.claims().auth_time);
});

suiteModule('oidcc-max-age-10000', 'no second login within the time, and auth_time is the same', async ({ client, browser, clock }) => {
  const first = await authorize(browser, client, { max_age: '10000' });
  clock.advance(60);
  const second = await authorize(browser, client, { max_age: '10000' });
  assert.equal(second.tokens.claims().auth_time, first.tokens.claims().auth_time);
});

suiteModule('oidcc-id-token-hint', 'a silent request with a hint of the same user succeeds', async ({ client, browser }) => {
  const first = await authorize(browser, client);
  const { location, parameters } = await send(browser, client, { prompt: 'none', id_token_hint: first.tokens.id_token });
  assert.equal((await redeem(client, location, parameters)).claims().sub, first.tokens.claims().sub);
});

suiteModule('oidcc-login-hint', 'the hint reaches the login page, and the request goes on', async ({ client, browser }) => {
  const { outcome } = await show(browser, client, { login_hint: 'buffy@example.com' });
  assert.equal(outcome.login_hint, 'buffy@example.com');
  assert.ok((await authorize(browser, client, { login_hint: 'buffy@example.com' })).tokens.id_token);
});

suiteModule('oidcc-ui-locales', 'a language is no error', async ({ client, browser }) => {
  assert.ok((await authorize(browser, client, { ui_locales: 'se' })).tokens.id_token);
});

suiteModule('oidcc-claims-locales', 'a language of the claims is no error', async ({ client, browser }) => {
  assert.ok((await authorize(browser, client, { claims_locales: 'se' })).tokens.id_token);
});

suiteModule('oidcc-ensure-request-with-acr-values-succeeds', 'a wish for a way to sign in is no error', async ({ client, browser }) => {
  assert.ok((await authorize(browser, client, { acr_values: '1 2' })).tokens.id_token);
});

for (const display of ['page', 'popup']) {
  suiteModule(`oidcc-display-${display}`, 'the kind of the window is no error', async ({ client, browser }) => {
    const { status } = await send(await signedIn(browser.origin), client, { display });
    assert.equal(status, 200);
    assert.ok((await authorize(browser, client, { display })).tokens.id_token);
  });
}

suiteModule('oidcc-claims-essential', 'an essential claim is no error', async ({ client, browser }) => {
  const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
  assert.ok((await authorize(browser, client, { claims, scope: 'openid profile' })).tokens.id_token);
});

suiteModule('oidcc-ensure-post-request-succeeds', 'a request by POST is taken', async ({ client, browser }) => {
  const parameters = asked();
  const response = await browser.postFrom('https://client.example', '/oauth/authorize', await client.query(parameters));
  const address = new URL(response.headers.get('location'), browser.origin);
  assert.equal(response.status, 303);
  const transaction = address.searchParams.get('transaction');
  await browser.start('consumer', { transaction });
  await browser.login(ADA);
  const { answer } = await browser.allow(await browser.start('consumer', { transaction }));
  assert.ok((await redeem(client, answer.redirect_uri, parameters)).id_token);
});
