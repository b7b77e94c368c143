// oidc-provider behind the kit.
import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { Browser } from './support/browser.mjs';
import { checks, engineTests } from './support/checks.mjs';
import { knownClient } from './support/client.mjs';
import { PHOTOS, startOidcProvider, WEB } from './support/oidc-provider.mjs';

const check = engineTests(startOidcProvider);
checks(check);

const scopesOf = (tokens) => tokens.scope.split(' ').sort();

/** Allows a request, and redeems the code. */
async function connect({ client, browser }, parameters = {}, decision = {}) {
  const request = await client.request(parameters);
  const { body } = await browser.submit(await browser.card(request), decision);
  assert.equal(body.outcome, 'redirect', JSON.stringify(body));
  return client.tokens(request, body.redirect_uri);
}

check('a decision is remembered for the same scopes or fewer at the same address, if the box was ticked', async ({ host, browser }) => {
  const client = await knownClient(host, WEB);
  const card = await browser.card(await client.request());
  assert.equal(card.remember, 'choice');
  await browser.submit(card);
  await browser.submit(await browser.card(await client.request()), { remember: true });
  const again = await client.request({ scope: 'openid profile' });
  const { body } = await browser.start(again);
  assert.equal(body.outcome, 'redirect');
  assert.deepEqual(scopesOf(await client.tokens(again, body.redirect_uri)), ['openid', 'profile']);
  const silent = await client.request({ prompt: 'none' });
  assert.ok((await client.tokens(silent, (await browser.start(silent)).body.redirect_uri)).access_token);
  const more = await browser.card(await client.request({ scope: 'openid profile photos.read email' }));
  assert.deepEqual(more.scopes.map(({ scope, granted }) => [scope, granted]), [['openid', true], ['profile', true], ['photos.read', true], ['email', false]]);
  await browser.card(await client.request({ prompt: 'consent' }));
});

check('what was shown and not ticked is remembered no longer', async ({ host, browser }) => {
  const client = await knownClient(host, WEB);
  await browser.signIn('grace@example.com');
  await browser.submit(await browser.card(await client.request()), { remember: true });
  await browser.submit(await browser.card(await client.request({ prompt: 'consent' })), { scopes: ['openid', 'profile'] });
  assert.equal((await browser.start(await client.request({ scope: 'openid profile' }))).body.outcome, 'redirect');
  await browser.card(await client.request());
});

check('a client that is an app is asked for each time', async ({ client, browser, request }) => {
  const card = await browser.card(request);
  assert.equal(card.remember, 'never');
  await browser.submit(card);
  await browser.card(await client.request());
});

check('a pushed request is opened again after the engine has forgotten it, and answered once', async ({ host, client, browser }) => {
  const { query, checks: expected } = await client.request();
  const pushed = await oauth.buildAuthorizationUrlWithPAR(client.config, new URLSearchParams(query));
  const card = await browser.card({ query: pushed.search.slice(1) });
  const other = await browser.card({ query: pushed.search.slice(1) });
  await host.store.adapter('PushedAuthorizationRequest').destroy(pushed.searchParams.get('request_uri').split(':').at(-1));
  const { body: late } = await browser.start({ query: pushed.search.slice(1) });
  assert.equal(new URL(late.redirect_uri).searchParams.get('error'), 'invalid_request_uri');
  const again = await browser.card(card);
  assert.deepEqual([again.transaction, again.version], [card.transaction, card.version]);
  const { body } = await browser.submit(again);
  assert.ok((await client.tokens({ checks: expected }, body.redirect_uri)).access_token);
  assert.equal((await browser.submit(other)).status, 409);
});

check('a request that the engine no longer knows is gone', async ({ host, browser, request }) => {
  const card = await browser.card(request);
  const interactions = host.store.adapter('Interaction');
  const { destroy } = interactions;
  for (const uid of host.interactions) await destroy(uid);
  for (const { status, body } of [await browser.start(card), await browser.submit(card), await browser.submit(card, { decision: 'deny' })]) {
    assert.deepEqual([status, body.code], [410, 'expired']);
  }
});

check('many starts of one request at once all show its card, which can then be answered', async ({ client, browser, request }) => {
  const card = await browser.card(request);
  const answers = await Promise.all(Array.from({ length: 6 }, () => browser.start(card)));
  assert.deepEqual(answers.map(({ body }) => body.version), Array(6).fill(card.version));
  assert.ok((await client.tokens(request, (await browser.submit(card)).body.redirect_uri)).access_token);
});

check('prompt=select_account asks for the account, until somebody has signed in', async ({ client, browser }) => {
  const { body: away } = await browser.start(await client.request({ prompt: 'select_account' }));
  assert.deepEqual([away.outcome, away.reason], ['login', 'select_account']);
  await browser.signIn('grace@example.com');
  const card = await browser.card(away);
  assert.equal(card.account.email, 'grace@example.com');
  assert.equal((await browser.submit(card)).body.outcome, 'redirect');
});

check('a login that is older than max_age is asked for again, and auth_time is that of the new one', async ({ client, browser }) => {
  const request = await client.request({ max_age: '0' });
  const before = Math.floor(Date.now() / 1000);
  const { body: away } = await browser.start(request);
  // Within the same second, the login is young enough.
  const card = away.outcome === 'login' ? await browser.signIn().then(() => browser.card(away)) : away;
  const tokens = await client.tokens(request, (await browser.submit(card)).body.redirect_uri);
  assert.ok(tokens.claims().auth_time >= before - 1);
});

check('an ID token hint asks for its account, and no other one will do', async ({ client, browser }) => {
  const { id_token: hint } = await connect({ client, browser });
  await browser.signIn('grace@example.com');
  const { body: away } = await browser.start(await client.request({ id_token_hint: hint }));
  assert.deepEqual([away.outcome, away.reason], ['login', 'select_account']);
  await browser.signIn('grace@example.com');
  assert.equal((await browser.start(away)).body.reason, 'select_account');
  await browser.signIn();
  assert.equal((await browser.card(away)).account.email, 'ada@example.com');
});

check('a way of signing in that there is not is an error that the client hears', async ({ client, browser }) => {
  const claims = { id_token: { acr: { essential: true, values: ['gold'] } } };
  const request = await client.request({ claims: JSON.stringify(claims) });
  const { body } = await browser.start(request);
  await assert.rejects(client.tokens(request, body.redirect_uri), (error) => error.error === 'unmet_authentication_requirements');
});

check('claims that are requested one by one are not on the card, and not granted', async ({ client, browser }) => {
  const tokens = await connect({ client, browser }, { scope: 'openid', claims: JSON.stringify({ userinfo: { email: null } }) });
  const { sub, ...more } = await oauth.fetchUserInfo(client.config, tokens.access_token, tokens.claims().sub);
  assert.ok(sub);
  assert.deepEqual(more, {});
});

check('the card has the API and the details of a request, and so has the token', async ({ host, browser }) => {
  const client = await knownClient(host, WEB);
  const details = [{ type: 'payment', amount: { currency: 'EUR', value: '45.00' } }];
  const asked = { resource: PHOTOS, scope: 'openid photos.read photos.write', authorization_details: JSON.stringify(details) };
  const request = await client.request(asked);
  const card = await browser.card(request);
  assert.deepEqual(card.resources.map(({ resource }) => resource), [PHOTOS]);
  assert.deepEqual(card.scopes.map(({ scope, resource }) => [scope, resource]), [['openid', undefined], ['photos.read', PHOTOS], ['photos.write', PHOTOS]]);
  assert.deepEqual([card.authorization_details, card.remember], [details, 'never']);
  const { body } = await browser.submit(card, { scopes: [{ scope: 'openid' }, { scope: 'photos.read', resource: PHOTOS }], authorization_details: details });
  const tokens = await oauth.authorizationCodeGrant(client.config, new URL(body.redirect_uri), request.checks, { resource: PHOTOS });
  assert.deepEqual(tokens.scope.split(' ').filter((scope) => scope.startsWith('photos')), ['photos.read']);
  assert.deepEqual(tokens.authorization_details, details);
});

check('an answer by form_post is a form to the client, also an error', async ({ host, client, browser }) => {
  for (const decision of ['allow', 'deny']) {
    const request = await client.request({ response_mode: 'form_post', state: 'a "quoted" <state>' });
    const { body } = await browser.submit(await browser.card(request), { decision });
    assert.ok(body.redirect_uri.startsWith(`${host.origin}/countersign/finish/`));
    const html = await (await browser.get(body.redirect_uri)).text();
    assert.match(html, new RegExp(`<form method="post" action="${client.redirectUri}">`));
    assert.match(html, /name="state" value="a &quot;quoted&quot; &lt;state&gt;"/);
    assert.match(html, decision === 'allow' ? /name="code" value="[\w-]+"/ : /name="error" value="access_denied"/);
  }
});

check('another account goes on with the same request, and leaves the tokens of the first', async ({ client, browser }) => {
  const first = await connect({ client, browser }, { scope: 'openid offline_access', prompt: 'consent' });
  const request = await client.request();
  const card = await browser.card(request);
  await browser.signIn('grace@example.com');
  const { body } = await browser.submit(card);
  assert.deepEqual([body.outcome, body.account.email], ['consent', 'grace@example.com']);
  const tokens = await client.tokens(request, (await browser.submit(body)).body.redirect_uri);
  assert.notEqual(tokens.claims().sub, first.claims().sub);
  assert.equal((await client.refresh(first.refresh_token)).claims().sub, first.claims().sub);
});

check('no cookie of the engine reaches the browser', async ({ browser, request }) => {
  await browser.submit(await browser.card(request));
  assert.deepEqual(browser.names.filter((name) => !name.startsWith('countersign')), ['harbor_session']);
});

const logout = (browser, parameters) => browser.call('/countersign/logout/start', { realm: 'consumer', query: new URLSearchParams(parameters).toString() });
const back = { post_logout_redirect_uri: WEB.signedOutUri, state: 's 1' };

check('a client signs its user out by an ID token, and the tokens that end with the session end', async ({ host, browser }) => {
  const client = await knownClient(host, WEB);
  const tokens = await connect({ client, browser }, { prompt: 'consent' });
  const { body } = await logout(browser, { id_token_hint: tokens.id_token, ...back });
  assert.deepEqual([body.outcome, body.redirect_uri], ['redirect', `${WEB.signedOutUri}?state=s%201`]);
  assert.equal((await browser.start(await client.request())).body.reason, 'no_session');
  await assert.rejects(oauth.fetchUserInfo(client.config, tokens.access_token, tokens.claims().sub), (error) => error.status === 401);
});

check('who signs out at the site itself ends the engine’s session, too', async ({ client, browser }) => {
  const tokens = await connect({ client, browser });
  assert.equal((await browser.call('/account/logout', {})).status, 200);
  await assert.rejects(oauth.fetchUserInfo(client.config, tokens.access_token, tokens.claims().sub), (error) => error.status === 401);
});

check('without an ID token the user is asked, and can stay', async ({ host, browser }) => {
  const client = await knownClient(host, WEB);
  const asked = async () => (await logout(browser, { client_id: WEB.id, ...back })).body;
  const card = await asked();
  assert.deepEqual([card.outcome, card.client.name, card.account.email], ['confirm', 'Web', 'ada@example.com']);
  const submit = (decision, { logout: id }) => browser.call('/countersign/logout/submit', { logout: id, decision });
  assert.equal((await submit('stay', card)).body.outcome, 'stayed');
  await browser.card(await client.request({ prompt: 'consent' }));
  assert.equal((await submit('sign_out', await asked())).body.redirect_uri, `${WEB.signedOutUri}?state=s%201`);
  assert.equal((await browser.start(await client.request())).body.reason, 'no_session');
});

check('an address that nothing proves is not gone to', async ({ host, client, browser }) => {
  const { id_token: hint } = await connect({ client, browser });
  const visitor = new Browser(host);
  for (const parameters of [
    { client_id: WEB.id, ...back },
    { id_token_hint: hint, client_id: WEB.id, ...back },
    { id_token_hint: hint, post_logout_redirect_uri: 'https://evil.example/' },
    { id_token_hint: `${hint.slice(0, -8)}AAAAAAAA`, ...back },
    { id_token_hint: 'no token', ...back },
  ]) {
    assert.deepEqual((await logout(visitor, parameters)).body, { outcome: 'signed_out' });
  }
  const { body } = await visitor.call('/countersign/logout/start', { realm: 'consumer', query: `${new URLSearchParams({ client_id: WEB.id, ...back })}&state=2` });
  assert.deepEqual(body, { outcome: 'signed_out' });
});

check('an address that is there twice leads nowhere, although the client has only one', async ({ client, browser, request }) => {
  const { body } = await browser.start({ query: `${request.query}&${new URLSearchParams({ redirect_uri: client.redirectUri })}` });
  assert.deepEqual([body.outcome, body.error], ['error', 'invalid_request']);
});

check('an answer is repeated to a page that is loaded again, until the client has redeemed its code', async ({ client, browser, request }) => {
  const card = await browser.card(request);
  const { body } = await browser.submit(card);
  assert.deepEqual((await browser.start(card)).body, body);
  await client.tokens(request, body.redirect_uri);
  assert.equal((await browser.start(card)).status, 409);
});
