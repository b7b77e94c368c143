// A site with the kit, called in process, and browsers with cookies of their own. Every call and answer is checked by the contract.
import { randomUUID } from 'node:crypto';
import { countersign, memoryStore } from '../../../server/node/src/index.ts';
import { checkAnswer, checkRequest } from '../../server/contract.mjs';
import { createEngine } from './engine.mjs';

export const ORIGIN = 'https://site.example';
export const SECRET = 'a secret of the tests, long enough to be one';
export const ADA = { sub: 'ada', name: 'Ada', email: 'ada@example.com' };
export const GRACE = { sub: 'grace', name: 'Grace' };
export const QUERY = 'client_id=app&response_type=code&state=s%201';

/** An answer of version 1 as version 2 has it, to be checked: only `remember` is another type. */
const inVersion2 = (answer) => (typeof answer.remember === 'boolean' ? { ...answer, remember: answer.remember ? 'choice' : 'never' } : answer);

/** Options of a call by a page of version 1. */
export const V1 = { headers: { Accept: 'application/json' } };

/** A browser: an account, cookies, and the calls of the page. */
export function createBrowser(site, account = ADA) {
  const jar = new Map();

  function keep(response) {
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/; Max-Age=0(;|$)/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
  }

  const browser = {
    site,
    jar,
    account,
    get cookies() { return [...jar].map(([name, value]) => `${name}=${value}`).join('; '); },
    /** Sends a request to the site as it is. */
    async send(path, { headers = {}, ...init } = {}) {
      site.current = browser.account;
      const response = await site.handler(new Request(site.origin + path, { ...init, headers: { ...(jar.size ? { Cookie: browser.cookies } : {}), ...headers } }));
      keep(response);
      return response;
    },
    /** Makes a call of the page. Resolves to its status, body and headers. */
    async call(path, body, { headers = {}, unchecked = false } = {}) {
      if (!unchecked) checkRequest(`/countersign${path}`, body);
      const response = await browser.send(`/countersign${path}`, {
        method: 'POST',
        headers: { Accept: 'application/json;v=2', Origin: site.origin, 'X-Countersign': '1', 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      });
      const answer = await response.json();
      if (!unchecked) checkAnswer(`/countersign${path}`, response, inVersion2(answer));
      return { status: response.status, headers: response.headers, body: answer };
    },
    start: (body = { query: QUERY }, options = {}) => browser.call('/authorize/start', { realm: 'consumer', ...body }, options),
    submit: (body, { key = randomUUID(), ...options } = {}) => browser.call('/authorize/submit', body, { ...options, headers: { 'Idempotency-Key': key, ...options.headers } }),
  };
  return browser;
}

/** The body of a decision about a card. */
export const decisionOn = (card, decision = 'allow', more = {}) => ({
  transaction: card.transaction,
  version: card.version,
  decision,
  scopes: decision === 'allow' ? card.scopes.filter(({ grantable }) => grantable).map(({ scope, resource }) => (resource === undefined ? { scope } : { scope, resource })) : [],
  ...(decision === 'allow' && card.authorization_details.length ? { authorization_details: card.authorization_details } : {}),
  ...(card.organization ? { organization_id: card.organization.organization_id } : {}),
  ...more,
});

/** @param options those of the kit, `script` of the engine, and `wrap` of all options */
export function createSite({ script = {}, engine = createEngine(script), wrap = (own) => own, ...options } = {}) {
  const time = { now: Date.UTC(2026, 0, 1) };
  const events = [];
  const site = { origin: options.origin ?? ORIGIN, engine, time, events, current: null };
  const clock = () => time.now;
  site.store = options.store ?? memoryStore({ clock, warn: null });
  site.options = {
    engine, origin: ORIGIN, secret: SECRET, account: () => site.current, clock, log: (event) => events.push(event), ...options, store: site.store,
  };
  site.handler = countersign(wrap(site.options));
  return site;
}

/** A browser at a card. */
export async function atCard(site, account) {
  const browser = createBrowser(site, account);
  const { body } = await browser.start();
  return { browser, card: body };
}
