// Pages and servers of different versions: calls of the version before, and what each page reads.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { document } from './contract.mjs';
import { ADA, AT_HOME, Browser, Client, KEPT, allowing, card, startServer } from './harness.mjs';

const before = JSON.parse(readFileSync(new URL('../vectors/version-1.json', import.meta.url), 'utf8'));

/** Makes a call as a page of the version before did: without naming a version. */
async function call(browser, path, body, headers = {}) {
  const response = await browser.fetch(`/countersign/${path}`, {
    method: 'POST',
    headers: { accept: '*/*', 'content-type': 'application/json', 'x-countersign': '1', origin: browser.origin, ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, type: response.headers.get('content-type'), answer: await response.json() };
}

test('a page says which version it reads, and one of a later version gets the current one', async (t) => {
  const { origin } = await startServer(t);
  const browser = new Browser(origin);
  const { transaction } = await card(browser, await Client.known(origin));
  for (const [accept, version] of [
    ['application/json;v=2', 2], ['application/json; v=2', 2], ['Application/JSON; charset=utf-8; V="2"', 2],
    ['text/html, application/json;v=2;q=0.9', 2], ['application/json;v=3', 2], ['application/json;v=10', 2],
    ['application/json;v=1', 1], ['application/json', 1], ['*/*', 1], ['text/html;v=2', 1], ['application/json;v=two', 1], ['application/json;version=2', 1],
    ['', 1],
  ]) {
    const { answer } = await call(browser, 'authorize/start', { realm: 'consumer', transaction }, { accept });
    assert.equal(answer.remember, version === 2 ? 'choice' : true, accept);
  }
});

test('a page of the version before gets a card with the members that it knows, and its decision counts', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.registered(origin, { client_name: 'Old', redirect_uris: [AT_HOME] });
  const browser = new Browser(origin);
  await browser.login(ADA);
  const { status, type, answer: shown } = await call(browser, 'authorize/start', { realm: 'consumer', query: await client.query() });
  assert.deepEqual([status, type, shown.outcome, shown.remember], [200, 'application/json', 'consent', true]);
  const known = new Set(before.flatMap(({ answer }) => Object.keys(answer)));
  const { switch_account: later, ...described } = document.components.schemas.Consent.properties;
  assert.ok(later);
  for (const member of Object.keys(shown)) assert.ok(known.has(member) || member in described, member);

  const decided = await call(browser, 'authorize/submit', { ...allowing(shown), ...KEPT }, { 'idempotency-key': 'K1' });
  assert.equal(decided.answer.outcome, 'redirect');
  assert.ok((await client.redeem(decided.answer.redirect_uri)).access_token);
  const again = await call(browser, 'authorize/start', { realm: 'consumer', query: await client.query() });
  assert.equal(again.answer.outcome, 'redirect', 'it was remembered');
});

test('each call is answered in its own version, whatever the one before it was', async (t) => {
  const { origin } = await startServer(t);
  const browser = new Browser(origin);
  const shown = await card(browser, await Client.known(origin));
  assert.equal(shown.remember, 'choice');
  const start = { realm: 'consumer', transaction: shown.transaction };
  for (const [accept, remember] of [['*/*', true], ['application/json;v=2', 'choice'], ['application/json;v=1', true], ['application/json;v=3', 'choice']]) {
    const { answer } = await call(browser, 'authorize/start', start, { accept });
    assert.deepEqual([answer.remember, answer.version], [remember, shown.version], accept);
  }
});

test('what has no box in this version has none in the one before', async (t) => {
  const { origin } = await startServer(t);
  const browser = new Browser(origin);
  const { transaction } = await card(browser, await Client.known(origin, 'first-party-confidential'));
  for (const [accept, remember] of [['application/json;v=2', 'never'], ['*/*', false]]) {
    assert.equal((await call(browser, 'authorize/start', { realm: 'consumer', transaction }, { accept })).answer.remember, remember);
  }
});
