/**
 * The OpenID Foundation's conformance suite has test modules for authorization servers. Those that
 * concern the page are tests here, under their own names, each with what it demands.
 */
import test from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import * as oauth from 'openid-client';
import { ADA, Browser, Client, connect, startServer } from '../harness.mjs';

/** The suite sends no PKCE in its basic plan. */
const WITHOUT_PKCE = { code_challenge: undefined, code_challenge_method: undefined };

/** A request of the suite: with state and nonce. */
export const asked = (more = {}) => ({ scope: 'openid', state: oauth.randomState(), nonce: oauth.randomNonce(), ...WITHOUT_PKCE, ...more });

/** Checks an answer as the suite does, and redeems its code. */
export function redeem(client, address, { state, nonce }) {
  return oauth.authorizationCodeGrant(client.config, new URL(address), { expectedState: state, expectedNonce: nonce, idTokenExpected: true });
}

/** A whole authorization: signed in as Ada, everything allowed; the box is never ticked. */
export async function authorize(browser, client, more = {}) {
  const parameters = asked(more);
  const address = await connect(browser, client, parameters, { decision: { remember: undefined } });
  return { address, parameters, tokens: await redeem(client, address, parameters) };
}

/** What the authorization endpoint answers a browser: its status, and where it sends it. */
export async function send(browser, client, more = {}) {
  const parameters = asked(more);
  const response = await browser.fetch(`/oauth/authorize?${await client.query(parameters)}`);
  return { status: response.status, location: response.headers.get('location'), parameters, response };
}

/** The first answer of the API to a request: what the page shows. */
export async function show(browser, client, more = {}) {
  const parameters = asked(more);
  return { parameters, outcome: await browser.start('consumer', await client.query(parameters)) };
}

/**
 * One module of the suite.
 *
 * @param name as the suite has it
 * @param demand what it demands
 * @param run gets `origin`, `clock`, `client` (confidential, as the basic plan has it), `browser`
 */
export function suiteModule(name, demand, run, { id = 'third-party-confidential' } = {}) {
  test(`${name}: ${demand}`, async (t) => {
    const { origin, clock, site } = await startServer(t);
    await run({ origin, clock, site, client: await Client.known(origin, id), browser: new Browser(origin) });
  });
}

/** A browser in which Ada is signed in. */
export async function signedIn(origin) {
  const browser = new Browser(origin);
  await browser.login(ADA);
  return browser;
}

/** A client with a key, and how it signs request objects (RFC 9101); `more` changes what it says. */
export async function signing(origin, metadata = {}) {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const client = await Client.registered(origin, {
    redirect_uris: ['https://client.example/cb'],
    jwks: { keys: [{ ...await crypto.subtle.exportKey('jwk', publicKey), use: 'sig', alg: 'ES256' }] },
    ...metadata,
  });
  const sign = (parameters, { audience = origin, lifetime = '1m', key = privateKey } = {}) => new SignJWT(parameters)
    .setProtectedHeader({ alg: 'ES256' }).setIssuer(client.id).setAudience(audience).setIssuedAt().setExpirationTime(lifetime).sign(key);
  return { client, sign };
}
