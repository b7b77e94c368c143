// What Ory Hydra leaves to what stands in front of it, each seen at the real one.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { hydra } from '../../server/node/src/engines/hydra.ts';
import { assertProblem, engineTests } from './support/checks.mjs';
import { introspect, PHOTOS, remembered, webClient } from './support/hydra-client.mjs';
import { startHydra } from './support/hydra.mjs';

const check = engineTests(startHydra);
const REMEMBER = { remember: true };

/** The challenge of the card, as Hydra gives it to a browser that is signed in. */
async function consentChallenge(browser, request) {
  const { query } = await browser.challenge(request);
  const { body } = await browser.startWith(query);
  return (await browser.follow(body.redirect_uri)).query;
}

const acceptsIn = ({ calls }) => calls.filter(({ url }) => url.includes('/consent/accept')).length;

check('no more is granted than was asked for, scopes and audiences, whatever the adapter is told', async ({ host, browser }) => {
  const client = await webClient(host);
  const request = await client.request({ audience: PHOTOS });
  const engine = hydra({ admin: host.admin, issuer: host.issuer, ownLogin: true });
  const query = await consentChallenge(browser, request);
  const context = {
    realm: 'consumer', query, request: new Request(host.origin), account: { sub: 'account-ada' }, signal: AbortSignal.timeout(10_000), setCookie() {},
  };
  const { resume } = await engine.open(query, context);
  const scopes = ['openid', 'admin.everything', 'photos.read'].map((scope) => ({ scope }));
  const { to } = await engine.allow(resume, { scopes, resources: [PHOTOS, 'https://evil.example'], details: [], remember: false }, context);
  const tokens = await client.tokens(request, (await browser.follow(to)).address);
  const { scope, aud } = await introspect(host, tokens.access_token);
  assert.deepEqual([scope.split(' ').sort(), aud], [['openid', 'photos.read'], [PHOTOS]]);
});

check('another browser of the same account neither decides nor remembers, and the first one still can', async ({ host, browser }) => {
  const client = await webClient(host);
  const request = await client.request();
  const query = await consentChallenge(browser, request);
  const other = await host.newBrowser().signIn();
  // It has been through a login of its own, with another client.
  await other.card(await (await webClient(host)).request());
  const before = acceptsIn(host);
  assertProblem(await other.startWith(query), 410, 'expired');
  assert.equal((await other.visit(`${host.origin}/oauth/authorize?${query}`)).status, 410);
  assert.equal(acceptsIn(host), before);
  assert.deepEqual(await remembered(host, client), []);
  const { body: card } = await browser.startWith(query);
  const { body } = await browser.submit(card, REMEMBER);
  assert.ok((await client.tokens(request, body.redirect_uri)).access_token);
  assert.equal((await remembered(host, client)).length, 1);
});

check('a login that is followed twice is one request: its second card is answered already', async ({ browser, request }) => {
  const { query } = await browser.challenge(request);
  const { body: { redirect_uri: login } } = await browser.startWith(query);
  const queries = await Promise.all([1, 2].map(async () => new URL((await browser.visit(login)).headers.get('location')).search.slice(1)));
  const cards = [];
  for (const one of queries) cards.push((await browser.startWith(one)).body);
  assert.deepEqual(cards.map(({ outcome }) => outcome), ['consent', 'consent']);
  assert.notEqual(queries[0], queries[1]);
  const answers = await Promise.all(cards.map((card) => browser.submitOnly(card)));
  const [counted, late] = answers.sort((one, two) => one.status - two.status);
  assert.equal(counted.body.outcome, 'redirect');
  assertProblem(late, 409, 'already_answered');
});

check('an answered challenge gets no second answer, although Hydra would still take one', async ({ host, browser }) => {
  const client = await webClient(host);
  const request = await client.request();
  const query = await consentChallenge(browser, request);
  const { body: card } = await browser.startWith(query);
  const { body } = await browser.submit(card, { decision: 'deny' });
  assert.equal(new URL(body.redirect_uri).searchParams.get('error'), 'access_denied');
  const before = acceptsIn(host);
  assertProblem(await browser.startWith(query), 409, 'already_answered');
  assertProblem(await browser.submit(card), 409, 'already_answered');
  assert.equal(acceptsIn(host), before);
});

check('of two tabs of one client, the decision in the first ends at the client with an error', async ({ host, browser }) => {
  const client = await webClient(host);
  const [first, second] = [await client.request(), await client.request()];
  const cards = [await browser.card(first), await browser.card(second)];
  const { body: lost } = await browser.submit(cards[0], REMEMBER);
  await assert.rejects(client.tokens(first, lost.redirect_uri), (error) => error.error === 'request_forbidden');
  const { body } = await browser.submit(cards[1]);
  assert.ok((await client.tokens(second, body.redirect_uri)).access_token);
});

check('a missing code challenge is said before anybody signs in', async ({ host, browser }) => {
  const client = await webClient(host);
  const { query } = await client.request();
  const bare = new URLSearchParams(query);
  for (const name of ['code_challenge', 'code_challenge_method']) bare.delete(name);
  const { body } = await browser.start({ query: `${bare}` });
  assert.equal(new URL(body.redirect_uri).searchParams.get('error'), 'invalid_request');
}, { signedOut: true });

check('a request object, whose parameters would decide over those that are shown, is refused', async ({ host, browser }) => {
  const [shown, hidden] = ['https://client.example/callback', 'https://client.example/other'];
  // Hydra wants a key of the client, and does not use it.
  const key = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'one' };
  const client = await webClient(host, { redirectUri: [shown, hidden], request_object_signing_alg: 'none', jwks: { keys: [key] } });
  const encoded = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const { query } = await client.request();
  const object = `${encoded({ alg: 'none' })}.${encoded({ ...Object.fromEntries(new URLSearchParams(query)), redirect_uri: hidden, aud: host.issuer })}.`;
  const { body } = await browser.start({ query: `${query}&request=${object}` });
  const answer = new URL(body.redirect_uri);
  // Hydra itself takes the hidden address.
  assert.deepEqual([answer.origin + answer.pathname, answer.searchParams.get('error')], [hidden, 'request_not_supported']);
});

check('a request stands in a cookie of its browser, and a challenge of several kilobytes in the store', async ({ host, browser }) => {
  const longest = async (more) => {
    const client = await webClient(host, more);
    const request = await client.request();
    const { headers, body: card } = await browser.startWith(await consentChallenge(browser, request));
    assert.ok((await client.tokens(request, (await browser.submit(card)).body.redirect_uri)).access_token);
    return Math.max(...headers.getSetCookie().map(({ length }) => length));
  };
  const [small, large] = [await longest(), await longest({ metadata: { note: 'x'.repeat(4000) } })];
  assert.ok(small > 1500 && small < 3500, `${small}`);
  assert.ok(large < 300, `${large}`);
});

check('what is not a challenge is refused, and nothing of it is shown', async ({ browser }) => {
  for (const query of ['', 'foo=bar', 'error=%3Cb%3E', 'error=server_error&error=b', 'login_challenge=a&login_challenge=b', 'consent_challenge=']) {
    const { body } = await browser.startWith(query);
    assert.deepEqual([body.outcome, body.error, body.error_description], ['error', 'invalid_request', undefined], query);
  }
  const { body } = await browser.startWith('error=invalid_client&error_description=Call+us');
  assert.deepEqual([body.error, body.error_description], ['invalid_client', undefined]);
});

check('a challenge that Hydra does not know, or of another step, has expired', async ({ browser, request }) => {
  const query = await consentChallenge(browser, request);
  for (const wrong of ['consent_challenge=garbage', 'login_challenge=garbage', query.replace('consent_', 'login_')]) {
    assertProblem(await browser.startWith(wrong), 410, 'expired');
  }
});

test('a challenge that is too old for Hydra has expired, and the page says to start again', async () => {
  const host = await startHydra({ settings: { TTL_LOGIN_CONSENT_REQUEST: '1ms' } });
  try {
    const client = await webClient(host);
    const browser = await host.newBrowser().signIn();
    const { query } = await browser.challenge(await client.request());
    assertProblem(await browser.startWith(query), 410, 'expired');
    const page = await browser.visit(`${host.origin}/oauth/authorize?${query}`);
    assert.equal(page.status, 410);
    assert.match(await page.text(), /This request has expired.*go back to the app/si);
  } finally {
    await host.close();
  }
});
