/** The plan `oidcc-rp-initiated-logout-certification-test-plan`. */
import assert from 'node:assert/strict';
import { UnsecuredJWT, decodeJwt } from 'jose';
import { CLIENT_ORIGIN } from '../harness.mjs';
import { authorize, redeem, send, suiteModule } from './suite.mjs';

const REGISTERED = `${CLIENT_ORIGIN}/signed-out`;
const ask = (browser, parameters) => browser.ok('/countersign/logout/start', { realm: 'consumer', query: new URLSearchParams(parameters).toString() });

/** Whether a silent request finds nobody, as the suite checks after each logout. */
async function isOut(browser, client) {
  const { location, parameters } = await send(browser, client, { prompt: 'none' });
  await assert.rejects(redeem(client, location, parameters), { error: 'login_required' });
}

/** The user is asked, says yes, is signed out, and nothing of it leads to the address. */
async function asksAndStaysHere(browser, client, parameters) {
  const asked = await ask(browser, parameters);
  assert.equal(asked.outcome, 'confirm');
  const { answer } = await browser.call('/countersign/logout/submit', { logout: asked.logout, decision: 'sign_out' });
  assert.deepEqual(answer, { outcome: 'signed_out' });
  await isOut(browser, client);
}

/** A module that begins with a login; `run` gets the ID token of it, too. */
const afterLogin = (name, demand, run) => suiteModule(name, demand, async (here) => {
  const { tokens } = await authorize(here.browser, here.client);
  await run({ ...here, hint: tokens.id_token });
});

suiteModule('oidcc-rp-initiated-logout-discovery-endpoint-verification', 'the endpoint is announced', ({ origin, client }) => {
  assert.equal(client.config.serverMetadata().end_session_endpoint, `${origin}/oauth/logout`);
});

afterLogin('oidcc-rp-initiated-logout', 'back at the address with the state, and signed out', async ({ browser, client, hint }) => {
  const answer = await ask(browser, { id_token_hint: hint, post_logout_redirect_uri: REGISTERED, state: 'some state' });
  assert.equal(answer.outcome, 'redirect');
  const url = new URL(answer.redirect_uri);
  assert.deepEqual([url.origin + url.pathname, [...url.searchParams]], [REGISTERED, [['state', 'some state']]]);
  await isOut(browser, client);
});

afterLogin('oidcc-rp-initiated-logout-no-state', 'back at the address as it is, and signed out', async ({ browser, client, hint }) => {
  assert.deepEqual(await ask(browser, { id_token_hint: hint, post_logout_redirect_uri: REGISTERED }), { outcome: 'redirect', redirect_uri: REGISTERED });
  await isOut(browser, client);
});

afterLogin('oidcc-rp-initiated-logout-no-post-logout-redirect-uri', 'signed out on our page', async ({ browser, client, hint }) => {
  assert.deepEqual(await ask(browser, { id_token_hint: hint, state: 's' }), { outcome: 'signed_out' });
  await isOut(browser, client);
});

afterLogin('oidcc-rp-initiated-logout-no-params', 'the user is asked, and signed out on our page', ({ browser, client }) => (
  asksAndStaysHere(browser, client, {})
));

afterLogin('oidcc-rp-initiated-logout-only-state', 'the user is asked, and signed out on our page', ({ browser, client }) => (
  asksAndStaysHere(browser, client, { state: 's' })
));

afterLogin('oidcc-rp-initiated-logout-no-id-token-hint', 'the user is asked, and the address alone leads nowhere', ({ browser, client }) => (
  asksAndStaysHere(browser, client, { post_logout_redirect_uri: REGISTERED, state: 's' })
));

const BAD_ADDRESSES = {
  'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri': 'https://evil.example/',
  'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri': `${REGISTERED}?foo=bar`,
};
for (const [name, address] of Object.entries(BAD_ADDRESSES)) {
  afterLogin(name, 'an address that is not registered is not gone to', async ({ browser, client, hint }) => {
    const answer = await ask(browser, { id_token_hint: hint, post_logout_redirect_uri: address, state: 's' });
    assert.notEqual(answer.outcome, 'redirect');
    assert.ok(['confirm', 'signed_out', 'error'].includes(answer.outcome), answer.outcome);
  });
}

/** The first character of the signature changed: the last one may carry bits that do not count. */
function withOtherSignature(token) {
  const [header, payload, signature] = token.split('.');
  return [header, payload, (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)].join('.');
}

const BAD_HINTS = {
  'oidcc-rp-initiated-logout-bad-id-token-hint': withOtherSignature,
  'oidcc-rp-initiated-logout-modified-id-token-hint': (token) => new UnsecuredJWT(decodeJwt(token)).encode(),
};
for (const [name, change] of Object.entries(BAD_HINTS)) {
  afterLogin(name, 'a hint that cannot be checked does not count: the user is asked, and not redirected', ({ browser, client, hint }) => (
    asksAndStaysHere(browser, client, { id_token_hint: change(hint), post_logout_redirect_uri: REGISTERED, state: 's' })
  ));
}
