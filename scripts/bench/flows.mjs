// One sign-in, from the client's request to the answer that it gets: with the kit in front of an engine, and of the engine alone.
import { browserWith, expect, queryOf } from './load.mjs';

const PAGE = { 'content-type': 'application/json', accept: 'application/json;v=2', 'x-countersign': '1' };

/** A call of the widget's page at a process, as it comes through what is in front. */
async function pageCall(browser, origin, address, path, body, headers = {}) {
  const answer = await browser.call(`${address}/countersign/authorize/${path}`, { method: 'POST', headers: { ...PAGE, origin, ...headers }, body: JSON.stringify(body) });
  expect(answer.status === 200, path, answer);
  return JSON.parse(answer.text);
}

const decisionOn = ({ transaction, version, scopes }) => ({ transaction, version, decision: 'allow', scopes: scopes.map(({ scope }) => ({ scope })), remember: false });

let keys = 0;
const newKey = () => ({ 'idempotency-key': `bench-${process.pid}-${keys += 1}-0000000000` });

/** `addresses` are the kit's processes: each call goes to the next one. */
function turns(addresses) {
  let turn = 0;
  return () => addresses[(turn += 1) % addresses.length];
}

/** With the kit, in front of an engine that needs no hops. */
export function withKit({ origin, addresses = [origin], client, session }) {
  const next = turns(addresses);
  return async () => {
    const browser = browserWith(session);
    const card = await pageCall(browser, origin, next(), 'start', { realm: 'consumer', query: queryOf(client).toString() });
    expect(card.outcome === 'consent', 'card', { status: 200, text: JSON.stringify(card) });
    const answer = await pageCall(browser, origin, next(), 'submit', decisionOn(card), newKey());
    expect(answer.outcome === 'redirect' && answer.redirect_uri.includes('code='), 'answer', { status: 200, text: JSON.stringify(answer) });
  };
}

/** Follows redirects of Hydra until they leave it. */
async function followed(browser, address, issuer) {
  let to = address;
  while (to.startsWith(issuer)) {
    const answer = await browser.call(to);
    expect(answer.headers.location !== undefined, 'redirect', answer);
    to = new URL(answer.headers.location, to).href;
  }
  return to;
}

/** With the kit, in front of Hydra: twice to the page, and through Hydra before, between and after. */
export function withHydra({ origin, addresses, issuer, client, session }) {
  const next = turns(addresses);
  const start = (browser, page) => pageCall(browser, origin, next(), 'start', { realm: 'consumer', query: new URL(page).search.slice(1) });
  return async () => {
    const browser = browserWith(session);
    let page = await followed(browser, `${issuer}/oauth2/auth?${queryOf(client)}`, issuer);
    let shown = await start(browser, page);
    while (shown.outcome === 'redirect') {
      page = await followed(browser, shown.redirect_uri, issuer);
      expect(page.startsWith(origin), 'page', { status: 302, text: page });
      shown = await start(browser, page);
    }
    expect(shown.outcome === 'consent', 'card', { status: 200, text: JSON.stringify(shown) });
    const answer = await pageCall(browser, origin, next(), 'submit', decisionOn(shown), newKey());
    const to = await followed(browser, answer.redirect_uri, issuer);
    expect(to.includes('code='), 'answer', { status: 302, text: to });
  };
}

/** Hydra, whose challenges a program accepts that does nothing else. */
export function hydraAlone({ issuer, admin, client }) {
  const accept = async (browser, page, kind, body) => {
    const challenge = new URL(page).searchParams.get(`${kind}_challenge`);
    const at = `${admin}/admin/oauth2/auth/requests/${kind}`;
    const asked = await browser.call(`${at}?${new URLSearchParams({ [`${kind}_challenge`]: challenge })}`);
    expect(asked.status === 200, kind, asked);
    const answer = await browser.call(`${at}/accept?${new URLSearchParams({ [`${kind}_challenge`]: challenge })}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body(JSON.parse(asked.text))) });
    expect(answer.status === 200, kind, answer);
    return followed(browser, JSON.parse(answer.text).redirect_to, issuer);
  };
  return async () => {
    const browser = browserWith([]);
    const login = await followed(browser, `${issuer}/oauth2/auth?${queryOf(client)}`, issuer);
    const consent = await accept(browser, login, 'login', () => ({ subject: 'ada' }));
    const to = await accept(browser, consent, 'consent', ({ requested_scope: scopes }) => ({ grant_scope: scopes }));
    expect(to.includes('code='), 'answer', { status: 302, text: to });
  };
}

/** An engine alone, behind the two calls of `alone/*.mjs`: one says what is asked, and one allows it. */
export const alone = ({ origin, client, session }) => async () => {
  const browser = browserWith(session);
  const asked = await browser.call(`${origin}/oauth/bench/open?${queryOf(client)}`);
  expect(asked.status === 200, 'open', asked);
  const answer = await browser.call(`${origin}/oauth/bench/allow`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: asked.text });
  expect(answer.status === 200 && answer.text.includes('code='), 'allow', answer);
};
