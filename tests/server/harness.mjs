/** A server on a free port, browsers with cookies, and a client that checks its answers. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as oauth from 'openid-client';
import { createKeys } from '../../examples/authorization-server/engine/keys.mjs';
import { createAuthorizationServer } from '../../examples/authorization-server/server.mjs';
import { checkAnswer, checkRequest } from './contract.mjs';

export const ADA = 'ada@example.com';
export const GRACE = 'grace@example.com';
export const MANY = 'many@example.com';
export const CLIENT_ORIGIN = 'http://localhost:4401';
/** The address of a client's own site, where an answer can be remembered. */
export const AT_HOME = 'https://app.example/callback';

const BUILT = fileURLToPath(new URL('./built', import.meta.url));

/** A clock that tests move. It starts at the real time, against which clients check tokens. */
function createClock() {
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  clock.advance = (seconds) => { ahead += seconds * 1000; };
  return clock;
}

/** The keys of all servers in a process: making an RSA key takes longer than most tests. */
export const keys = await createKeys();

/** Starts a server and closes it after the test. */
export async function startServer(test, options = {}) {
  const clock = createClock();
  const server = createAuthorizationServer({ port: 0, dist: BUILT, clock, keys, ...options });
  const origin = await server.listen();
  test.after(() => server.close());
  return { origin, clock, site: server.site, server };
}

/** A browser with cookies that follows no redirect and calls the API as the page does. */
export class Browser {
  #cookies = new Map();

  constructor(origin) { this.origin = origin; }

  cookie(name) { return this.#cookies.get(name); }

  async fetch(path, init = {}) {
    const headers = new Headers(init.headers);
    if (this.#cookies.size > 0 && !headers.has('cookie')) {
      headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const response = await fetch(new URL(path, this.origin), { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  /** Posts a form as a page of another site does: without `SameSite=Lax` cookies. */
  postFrom(otherOrigin, path, body) {
    return this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: otherOrigin, cookie: '' },
      body,
    });
  }

  /** Makes a call of the API, and checks it against the contract. */
  async call(path, body, { headers = {}, invalid = false } = {}) {
    if (!invalid) checkRequest(path, body);
    const response = await this.fetch(path, {
      method: 'POST',
      headers: { accept: 'application/json;v=2', 'content-type': 'application/json', 'x-countersign': '1', origin: this.origin, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const answer = await response.json();
    checkAnswer(path, response, answer);
    return { status: response.status, answer, headers: response.headers };
  }

  /** Makes a call that must be answered with 200. */
  async ok(path, body, options) {
    const { status, answer } = await this.call(path, body, options);
    assert.equal(status, 200, JSON.stringify(answer));
    return answer;
  }

  start(realm, request) {
    const body = typeof request === 'string' ? { realm, query: request } : { realm, ...request };
    return this.ok('/countersign/authorize/start', body);
  }

  /** Resumes a transaction. Any answer is accepted. */
  resume(transaction, realm = 'consumer') {
    return this.call('/countersign/authorize/start', { realm, transaction });
  }

  login(email, { returnTo, password = 'demo' } = {}) {
    return this.ok('/account/login', { email, password, ...(returnTo ? { return_to: returnTo } : {}) });
  }

  submit(body, key = randomUUID()) {
    return this.call('/countersign/authorize/submit', body, { headers: { 'idempotency-key': key } });
  }

  /** Allows a card without the named scopes. */
  allow(card, { without = [], ...more } = {}, key = randomUUID()) {
    return this.submit({ ...allowing(card, without), ...more }, key);
  }

  deny(transaction, key) {
    return this.submit({ transaction, decision: 'deny', scopes: [] }, key);
  }
}

/** The decision that allows everything on a card but the named scopes. */
export function allowing(card, without = []) {
  const scopes = card.scopes
    .filter(({ scope, grantable }) => grantable && !without.includes(scope))
    .map(({ scope, resource }) => ({ scope, ...(resource ? { resource } : {}) }));
  return {
    transaction: card.transaction,
    version: card.version,
    decision: 'allow',
    scopes,
    ...(card.authorization_details.length > 0 ? { authorization_details: card.authorization_details } : {}),
    ...(card.organization ? { organization_id: card.organization.organization_id } : {}),
  };
}

/** The sites of the managed clients. The others are on this machine. */
const SITES = {
  'first-party-public': 'https://console.harbor.example',
  'third-party-public': 'https://photo-printer.example',
  'third-party-confidential': 'https://trip-planner.example',
  'third-party-unverified': 'https://postcard-club.example',
};

const SECRETS = (id) => `demo-secret-${id}-not-for-production`;

/** A client application with an unmodified library. */
export class Client {
  #verifiers = new Map();

  constructor(config, redirectUri) {
    this.config = config;
    this.redirectUri = redirectUri;
  }

  get origin() { return new URL(this.redirectUri).origin; }

  get id() { return this.config.clientMetadata().client_id; }

  /** One of the managed clients, at its own site if it has one. */
  static async known(origin, id = 'third-party-public', { realm = 'consumer', options = {}, site = SITES[id] ?? CLIENT_ORIGIN } = {}) {
    const prefix = realm === 'b2b' ? '/b2b' : '';
    const secret = /confidential$|service$/.test(id) ? SECRETS(id) : undefined;
    const auth = secret ? oauth.ClientSecretBasic(secret) : oauth.None();
    const config = await oauth.discovery(new URL(origin + prefix), id, undefined, auth, {
      execute: [oauth.allowInsecureRequests], ...options,
    });
    return new Client(config, `${site}${prefix}/callback`);
  }

  /** A client that registers itself. */
  static async registered(origin, metadata, prefix = '') {
    const config = await oauth.dynamicClientRegistration(new URL(origin + prefix), {
      redirect_uris: [AT_HOME], token_endpoint_auth_method: 'none', ...metadata,
    }, oauth.None(), { execute: [oauth.allowInsecureRequests] });
    return new Client(config, metadata.redirect_uris?.[0] ?? AT_HOME);
  }

  /** The parameters of an authorization request, with PKCE and a state of its own. */
  async parameters(more = {}) {
    const verifier = oauth.randomPKCECodeVerifier();
    const state = more.state ?? oauth.randomState();
    this.#verifiers.set(state, verifier);
    const all = {
      redirect_uri: this.redirectUri,
      scope: 'openid profile email',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      ...more,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }

  /** The raw query of an authorization request. */
  async query(more = {}) {
    return oauth.buildAuthorizationUrl(this.config, await this.parameters(more)).search.slice(1);
  }

  /** Redeems an answer (an address or a posted form) with all checks of the library. */
  redeem(answer, { state, parameters, options, ...checks } = {}) {
    const given = answer instanceof Request ? answer : new URL(answer);
    const expected = state ?? given.searchParams.get('state');
    return oauth.authorizationCodeGrant(this.config, given, {
      pkceCodeVerifier: this.#verifiers.get(expected), expectedState: expected, ...checks,
    }, parameters, options);
  }

  userinfo(tokens) {
    return oauth.fetchUserInfo(this.config, tokens.access_token, tokens.claims().sub);
  }
}

/** The error in an answer to the client. */
export const errorOf = (address) => new URL(address).searchParams.get('error');

/** The member of a decision to remember. */
export const KEPT = { remember: true };

/** The card for a request with `prompt=consent`, after signing in. */
export function card(browser, client, more = {}, options = {}) {
  return startSignedIn(browser, client, { prompt: 'consent', ...more }, options);
}

/** The answer of `start` to a request, after signing in. */
async function startSignedIn(browser, client, more, { email = ADA, realm = 'consumer' }) {
  const query = await client.query(more);
  const first = await browser.start(realm, query);
  if (first.outcome !== 'login') return first;
  await browser.login(email);
  return browser.start(realm, { transaction: first.transaction });
}

/**
 * The redirect address for a request, after allowing everything, remembered if the card offers it.
 */
export async function connect(browser, client, more = {}, options = {}) {
  const shown = await startSignedIn(browser, client, more, options);
  if (shown.outcome === 'redirect') return shown.redirect_uri;
  assert.equal(shown.outcome, 'consent', JSON.stringify(shown));
  const { answer } = await browser.allow(shown, { ...(shown.remember === 'choice' ? KEPT : {}), ...options.decision });
  assert.equal(answer.outcome, 'redirect', JSON.stringify(answer));
  return answer.redirect_uri;
}
