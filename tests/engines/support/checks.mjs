// The checks that hold in front of every engine, over a small interface of its host: `origin`, `issuer`, `openid`, `setDown`,
// `close`, `silentError` if native clients get another error than `consent_required`, `sendsIssuer: false` without RFC 9207, and
// `newBrowser` where the endpoint of the engine is elsewhere, and leads to the page for each of its steps.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oauth from 'openid-client';
import { newBrowser } from './browser.mjs';
import { confidentialClient, CONFIDENTIAL, registerClient } from './client.mjs';

const LONGEST = { timeout: 60_000 };

export function assertProblem({ status, headers, body }, expected, code) {
  assert.equal(status, expected, JSON.stringify(body));
  assert.match(headers.get('content-type'), /^application\/problem\+json/);
  assert.equal(body.code, code);
}

function assertIssuer({ sendsIssuer = true, issuer }, answer) {
  assert.equal(new URL(answer).searchParams.get('iss'), sendsIssuer ? issuer : null);
}

/** Starts an engine once for all tests of a file. Returns what they need: `host`, and a visitor who is signed in, with a client. */
export function engineTests(start) {
  const here = { host: undefined };
  before(async () => { here.host = await start({ clients: [CONFIDENTIAL] }); }, LONGEST);
  after(() => here.host?.close(), LONGEST);

  /** `run` gets the host, a client of its own, its request, and a browser that is signed in unless `signedOut`. */
  const check = (name, run, { signedOut = false } = {}) => test(name, LONGEST, async () => {
    const { host } = here;
    const client = await registerClient(host);
    const browser = newBrowser(host);
    if (!signedOut) await browser.signIn();
    await run({ host, client, browser, request: await client.request() });
  });
  return check;
}

function callers(check) {
  check('a call of another origin, or without our header, is refused', async ({ browser, request }) => {
    const card = await browser.card(request);
    for (const headers of [{ origin: 'https://evil.example' }, { origin: undefined }, { 'x-countersign': undefined }]) {
      assertProblem(await browser.start(request, headers), 403, 'cross_origin_call');
      assertProblem(await browser.submit(card, { headers }), 403, 'cross_origin_call');
    }
    assert.equal((await browser.submit(card)).body.outcome, 'redirect');
  });

  check('a transaction is gone for another browser', async ({ host, browser, request }) => {
    const card = await browser.card(request);
    const other = await newBrowser(host).signIn();
    assertProblem(await other.start(card), 410, 'expired');
    assertProblem(await other.submit(card), 410, 'expired');
    assertProblem(await other.submit(card, { decision: 'deny' }), 410, 'expired');
    assert.equal((await browser.submit(card)).body.outcome, 'redirect');
  });
}

function requests(check) {
  check('an address that the client has not registered is never redirected to', async ({ host, client, browser }) => {
    for (const visitor of [newBrowser(host), browser]) {
      const { query } = await client.request({ redirect_uri: 'https://evil.example/callback' });
      const { status, body } = await visitor.start({ query });
      assert.equal(status, 200);
      assert.equal(body.outcome, 'error');
      assert.equal(body.redirect_uri, undefined);
    }
  });

  check('an unknown client is never redirected', async ({ browser, request }) => {
    const { body } = await browser.start({ query: request.query.replace(/client_id=[^&]*/, 'client_id=nobody') });
    assert.equal(body.outcome, 'error');
  });

  check('a parameter that is there twice gets no card', async ({ client, browser, request }) => {
    for (const [name, value] of [['redirect_uri', client.redirectUri], ['scope', 'email'], ['code_challenge', 'x'.repeat(43)]]) {
      const { body } = await browser.start({ query: `${request.query}&${new URLSearchParams({ [name]: value })}` });
      const error = body.outcome === 'error' ? body.error : new URL(body.redirect_uri).searchParams.get('error');
      assert.equal(error, 'invalid_request', name);
    }
  });

  check('an error of the request reaches the client with its state', async ({ host, client, browser }) => {
    const request = await client.request({ code_challenge_method: 'plain' });
    const { body } = await browser.start(request);
    assert.equal(body.outcome, 'redirect');
    await assert.rejects(client.tokens(request, body.redirect_uri), (error) => error instanceof oauth.AuthorizationResponseError && error.error === 'invalid_request');
    assertIssuer(host, body.redirect_uri);
  });

  check('who is not signed in is sent to the login page, and comes back to the card of the same transaction', async ({ host, browser, request }) => {
    const { body: away } = await browser.start(request);
    assert.deepEqual([away.outcome, away.reason, away.attempt], ['login', 'no_session', 1]);
    await browser.signIn();
    const card = await browser.card(away);
    assert.equal(card.transaction === away.transaction, host.newBrowser === undefined);
    assert.equal(card.account.email, 'ada@example.com');
  }, { signedOut: true });

  check('who is not signed in can deny', async ({ client, browser, request }) => {
    const { body: away } = await browser.start(request);
    assert.equal(away.outcome, 'login');
    const { body } = await browser.submit({ transaction: away.transaction }, { decision: 'deny' });
    await assert.rejects(client.tokens(request, body.redirect_uri), (error) => error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied');
  }, { signedOut: true });

  check('prompt=login asks for a new login, and one after the hand-off satisfies it', async ({ client, browser }) => {
    const { body: away } = await browser.start(await client.request({ prompt: 'login' }));
    assert.deepEqual([away.outcome, away.reason], ['login', 'prompt_login']);
    assert.equal((await browser.start(away)).body.outcome, 'login');
    await browser.signIn();
    assert.equal((await browser.submit(await browser.card(away))).body.outcome, 'redirect');
  });

  check('prompt=none is answered without the user', async ({ host, client, browser, request }) => {
    // An engine with sessions of its own knows the browser from its first request.
    await browser.card(request);
    for (const [visitor, expected] of [[newBrowser(host), 'login_required'], [browser, host.silentError ?? 'consent_required']]) {
      const request = await client.request({ prompt: 'none' });
      const { body } = await visitor.start(request);
      assert.equal(body.outcome, 'redirect');
      await assert.rejects(client.tokens(request, body.redirect_uri), (error) => error.error === expected);
    }
  });
}

function endpoint(check) {
  check('the endpoint that clients discover is the page, and answers prompt=none by itself', async ({ client, request }) => {
    const endpoint = client.config.serverMetadata().authorization_endpoint;
    const page = await fetch(`${endpoint}?${request.query}`);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy'), /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
    assert.match(await page.text(), /<script type="module" src="\/assets\/authorization\//);
    const silent = await client.request({ prompt: 'none' });
    const answer = await fetch(`${endpoint}?${silent.query}`, { redirect: 'manual' });
    assert.equal(answer.status, 303);
    await assert.rejects(client.tokens(silent, answer.headers.get('location')), (error) => error.error === 'login_required');
  }, { signedOut: true });
}

function decisions(check) {
  check('the token has the scopes that were left, and no other', async ({ host, client, browser, request }) => {
    const card = await browser.card(request);
    const kept = card.scopes.map(({ scope }) => scope).filter((scope) => scope !== 'photos.read');
    assert.equal(kept.length, 2);
    const { body } = await browser.submit(card, { scopes: kept });
    assert.equal(body.outcome, 'redirect');
    const answer = new URL(body.redirect_uri);
    assert.equal(answer.searchParams.get('state'), request.checks.expectedState);
    assertIssuer(host, answer);
    const tokens = await client.tokens(request, answer);
    assert.deepEqual(tokens.scope.split(' ').sort(), [...kept].sort());
  });

  check('a scope that was not on the card is refused, and nothing is decided', async ({ browser, request }) => {
    const card = await browser.card(request);
    assertProblem(await browser.submit(card, { scopes: [...card.scopes.map(({ scope }) => scope), 'contacts.read'] }), 400, 'malformed_call');
    assert.equal((await browser.submit(card)).body.outcome, 'redirect');
  });

  check('deny reaches the client with its state and the issuer', async ({ host, client, browser, request }) => {
    const { body } = await browser.submit(await browser.card(request), { decision: 'deny' });
    assertIssuer(host, body.redirect_uri);
    await assert.rejects(client.tokens(request, body.redirect_uri), (error) => error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied');
  });

  check('a code is redeemed once', async ({ client, browser, request }) => {
    const { body } = await browser.submit(await browser.card(request));
    await client.tokens(request, body.redirect_uri);
    await assert.rejects(client.tokens(request, body.redirect_uri), (error) => error.error === 'invalid_grant');
  });

  check('a client with a secret gets tokens by it, and by no other', async ({ host }) => {
    const grantTo = async (client, email) => {
      const [browser, request] = [await newBrowser(host).signIn(email), await client.request()];
      const card = await browser.card(request);
      assert.equal(card.client.name, 'Books');
      return client.tokens(request, (await browser.submit(card)).body.redirect_uri);
    };
    assert.ok((await grantTo(await confidentialClient(host), 'ada@example.com')).access_token);
    const imposter = await confidentialClient(host, 'another secret');
    await assert.rejects(grantTo(imposter, 'grace@example.com'), (error) => error.status === 400 || error.status === 401);
  });

  check('of two decisions at once, one counts and the other is told which', async ({ browser, request }) => {
    const card = await browser.card(request);
    const answers = await Promise.all([browser.submit(card), browser.submit(card, { decision: 'deny' })]);
    const [counted, late] = answers.sort((one, other) => one.status - other.status);
    assert.equal(counted.body.outcome, 'redirect');
    assertProblem(late, 409, 'already_answered');
    assert.equal(late.body.decision, new URL(counted.body.redirect_uri).searchParams.has('code') ? 'allow' : 'deny');
  });

  check('the same decision under the same key has the same answer, and another body is refused', async ({ browser, request }) => {
    const card = await browser.card(request);
    const [one, other] = await Promise.all([browser.submit(card, { key: 'k' }), browser.submit(card, { key: 'k' })]);
    assert.equal(one.body.outcome, 'redirect');
    assert.deepEqual(other.body, one.body);
    assert.deepEqual((await browser.submit(card, { key: 'k' })).body, one.body);
    assertProblem(await browser.submit(card, { key: 'k', decision: 'deny' }), 422, 'key_reused');
  });

  check('a request that was opened twice is answered once', async ({ browser, request }) => {
    const [one, other] = [await browser.card(request), await browser.card(request)];
    assert.notEqual(one.transaction, other.transaction);
    const answers = await Promise.all([browser.submit(one), browser.submit(other)]);
    const [counted, late] = answers.sort((first, second) => first.status - second.status);
    assert.equal(counted.body.outcome, 'redirect');
    assertProblem(late, 409, 'already_answered');
  });
}

function faults(check) {
  check('while the engine is down a call is 503 with Retry-After, and nothing is lost', async ({ host, client, browser, request }) => {
    const card = await browser.card(request);
    host.setDown(true);
    try {
      for (const answer of [await browser.start(await client.request().catch(() => request)), await browser.start(card), await browser.submit(card, { key: 'k' })]) {
        assertProblem(answer, 503, 'unavailable');
        assert.match(answer.headers.get('retry-after'), /^[1-9]\d*$/);
      }
    } finally {
      host.setDown(false);
    }
    const { body } = await browser.submit(await browser.card(card), { key: 'k' });
    assert.ok((await client.tokens(request, body.redirect_uri)).access_token);
  });
}

/** All of them. `endpoint: false` for an engine whose endpoint is elsewhere. */
export function checks(check, { endpoint: isPage = true } = {}) {
  for (const add of [callers, requests, decisions, faults, ...(isPage ? [endpoint] : [])]) add(check);
}
