/**
 * Compares our page with the bare certified engine: both must give the same outcome for the same
 * request.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { createRealm } from '../../examples/authorization-server/realm.mjs';
import { formOf, wayOut } from './answers.mjs';
import { Browser, CLIENT_ORIGIN, keys, startServer } from './harness.mjs';
import { CASES, CLIENTS, queryOf } from './oracle-cases.mjs';

/** The engine with our configuration on its own listener, without our pages and API. */
async function startBareEngine(t) {
  const listener = createServer();
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const origin = `http://localhost:${listener.address().port}`;
  const realm = createRealm({
    name: 'consumer', prefix: '', origin, clientOrigin: CLIENT_ORIGIN, keys, clock: Date.now,
  });
  listener.on('request', realm.handler);
  t.after(() => { listener.close(); listener.closeAllConnections(); });
  return origin;
}

async function registerAll(origin) {
  const registered = await Promise.all(Object.entries(CLIENTS).map(async ([name, metadata]) => {
    const response = await fetch(`${origin}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token_endpoint_auth_method: 'none', ...metadata }),
    });
    assert.equal(response.status, 201, `${name}: ${await response.clone().text()}`);
    return [name, (await response.json()).client_id];
  }));
  return Object.fromEntries(registered);
}

/** The parts of an answer to the client that are compared. */
function received(address, parameters) {
  const url = new URL(address);
  return {
    outcome: `redirect ${parameters.get('error')}`,
    to: `${url.protocol}//${url.host}${url.pathname}`,
    state: parameters.get('state') ?? null,
    iss: parameters.has('iss'),
  };
}

function receivedByRedirect(address) {
  const url = new URL(address);
  return received(address, url.hash ? new URLSearchParams(url.hash.slice(1)) : url.searchParams);
}

function receivedByForm(html) {
  const { action, fields } = formOf(html);
  return received(action, new Map(Object.entries(fields)));
}

async function askEngine(origin, query) {
  const response = await fetch(`${origin}/oauth/authorize?${query}`, { redirect: 'manual' });
  if (response.status === 303) {
    const location = response.headers.get('location');
    return location.startsWith('/interaction/') ? { outcome: 'interaction' } : receivedByRedirect(location);
  }
  assert.equal(response.status, 400);
  const text = await response.text();
  return text.startsWith('{') ? { outcome: 'page', error: JSON.parse(text).error } : receivedByForm(text);
}

async function askPage(origin, query) {
  const browser = new Browser(origin);
  const page = await browser.fetch(`/oauth/authorize?${query}`);
  let location = page.headers.get('location');
  if (page.status === 400) return { outcome: 'page', error: /<code>(\w+)<\/code>/.exec(await page.text())[1] };
  if (page.headers.get('content-security-policy').includes("script-src 'sha256-")) return receivedByForm(await page.text());
  let request = { realm: 'consumer', query };
  if (location?.startsWith('/oauth/authorize?transaction=')) {
    request = { realm: 'consumer', transaction: location.split('=')[1] };
    location = null;
  }
  if (location === null) {
    const answer = await browser.ok('/countersign/authorize/start', request);
    if (answer.outcome === 'login') return { outcome: 'interaction' };
    if (answer.outcome === 'error') return { outcome: 'page', error: answer.error };
    location = answer.redirect_uri;
  }
  if (location.startsWith(`${origin}/countersign/finish/`)) return receivedByForm(await (await browser.fetch(location)).text());
  if (!location.startsWith(`${origin}/countersign/way-out/`)) return receivedByRedirect(location);
  // The clients have registered themselves: the user opens their address with a button.
  const { html, address } = await wayOut(browser, { redirect_uri: location });
  return address === undefined ? receivedByForm(html) : receivedByRedirect(address);
}

test('our page and the bare engine agree on every request', async (t) => {
  const [bare, { origin }] = await Promise.all([startBareEngine(t), startServer(t)]);
  const [there, here] = await Promise.all([registerAll(bare), registerAll(origin)]);
  assert.ok(CASES.length >= 60);
  for (const request of CASES) {
    const client = request.client ?? 'web';
    await t.test(`${request.name}: ${request.outcome}`, async () => {
      const expected = await askEngine(bare, queryOf(request, there[client]));
      const shown = await askPage(origin, queryOf(request, here[client]));
      assert.equal(expected.outcome, request.outcome);
      assert.deepEqual(shown, expected);
      assert.notEqual(expected.iss, false, 'every answer to a client names the issuer');
    });
  }
});
