// A browser without a window: it keeps cookies, and makes the calls of the widget's page.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

const PATIENCE = 15_000;

export class Browser {
  #cookies = new Map();

  constructor(host) {
    this.host = host;
  }

  /** One call, with the headers of the page. `headers` replaces some of them; one that is `undefined` is left out. */
  async call(path, body, headers = {}) {
    const { origin } = this.host;
    const own = { origin, 'x-countersign': '1', 'content-type': 'application/json', accept: 'application/json; v=2', cookie: this.#sent(), ...this.host.headers };
    const sent = Object.entries({ ...own, ...headers }).filter(([, value]) => value !== undefined);
    const response = await fetch(origin + path, { method: 'POST', headers: sent, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE) });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  /** A page of the site. */
  get(address) {
    return fetch(address, { headers: { cookie: this.#sent(), ...this.host.headers }, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
  }

  /** The names of the cookies. */
  get names() {
    return [...this.#cookies.keys()];
  }

  #sent() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(line) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    if (/; *max-age=0\b/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  /** Loses a cookie. */
  forget(name) {
    this.#cookies.delete(name);
  }

  /** Loses a cookie, and tells its value. */
  take(name) {
    const value = this.#cookies.get(name);
    this.forget(name);
    return value;
  }

  /** Visits an address, and follows nowhere. */
  async visit(address) {
    const response = await fetch(address, { redirect: 'manual', headers: { cookie: this.#sent() }, signal: AbortSignal.timeout(PATIENCE) });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** `authorize/start` with a query, or to come back to a transaction. */
  start({ query, transaction }, headers) {
    return this.call('/countersign/authorize/start', { realm: 'consumer', ...(transaction ? { transaction } : { query }) }, headers);
  }

  /** `authorize/submit` for a card: of all its scopes, or of some, by name or as entries. `more` has other members of the body. */
  submit(card, { decision = 'allow', scopes = (card.scopes ?? []).map(({ scope }) => scope), key = randomUUID(), headers, ...more } = {}) {
    const entries = scopes.map((entry) => (typeof entry === 'string' ? { scope: entry } : entry));
    const body = { transaction: card.transaction, version: card.version, decision, scopes: decision === 'allow' ? entries : [], ...more };
    return this.call('/countersign/authorize/submit', body, { 'idempotency-key': key, ...headers });
  }

  /** Keeps cookies that were set elsewhere, as in a `Cookie` header. */
  keep(header) {
    for (const pair of header.split('; ')) this.#keep(pair);
  }

  async signIn(email = 'ada@example.com') {
    const { status } = await this.call('/account/login', { email, password: 'demo' });
    assert.equal(status, 200);
    return this;
  }

  /** The card for a request. */
  async card(request) {
    const { status, body } = await this.start(request);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.outcome, 'consent', JSON.stringify(body));
    return body;
  }
}

/** A new browser, of the kind that the host needs. */
export const newBrowser = (host) => host.newBrowser?.() ?? new Browser(host);
