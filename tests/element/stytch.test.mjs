// The element in front of Stytch: its options, its session's cookies, its decision.
import assert from 'node:assert/strict';
import path from 'node:path';
import { createStandIn } from '../support/stytch/stand-in.mjs';
import { pages } from './support/bare.mjs';
import { packaged } from './support/files.mjs';

const inPage = pages();
const API = 'https://test.stytch.com';

/** Puts a stand-in for Stytch's API behind its own address; answers it, and what it was asked. */
async function standInFor(page, person, origin) {
  person.origins.add(API).add('https://client.example');
  const standIn = createStandIn({ origins: [origin], addresses: { redirect: ['https://client.example/cb'], logout: [] } });
  const [calls, sent] = [[], []];
  await page.route(`${API}/**`, async (route) => {
    const request = route.request();
    if (request.method() !== 'OPTIONS') calls.push(new URL(request.url()).pathname);
    if (request.method() !== 'OPTIONS') sent.push({ headers: await request.allHeaders(), body: request.postData() });
    await route.fulfill(await standIn.handle({ method: request.method(), url: request.url(), headers: await request.allHeaders(), body: request.postData() ?? '' }));
  });
  await page.route('https://client.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Client</title><link rel="icon" href="data:,"><h1>Client</h1>' }));
  return { standIn, calls, sent };
}

const request = `?${new URLSearchParams({
  client_id: 'third-party-public', redirect_uri: 'https://client.example/cb', response_type: 'code', scope: 'openid email', state: 's',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
})}`;

/** The page, with Ada signed in at Stytch under a cookie of this name. */
async function opened({ page, person, site }, cookie = 'stytch_session') {
  const { standIn, calls, sent } = await standInFor(page, person, site.issuer);
  await page.route(`${site.issuer}/stytch-page*`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Page</title><link rel="icon" href="/favicon.svg"><body></body>' }));
  const { cookies } = standIn.signIn('consumer', 'ada@example.com', { minutes: 60 });
  await page.context().addCookies(cookies.map(({ path: _, name, ...rest }) => ({ ...rest, name: name === 'stytch_session' ? cookie : name, url: site.issuer })));
  await page.goto(`${site.issuer}/stytch-page${request}`);
  await page.evaluate(async () => { globalThis.kit = await import('/kit/kit.js'); kit.define(); });
  return { token: standIn.projects.consumer.publicTokens[0], calls, sent, standIn };
}

for (const [how, set, cookie] of [
  ['by its attribute', (token) => { kit.put({}, 'countersign-identity-provider').setAttribute('stytch-public-token', token); }],
  ['by its property, with a cookie of another name', (token) => { kit.put({ stytch: { publicToken: token, cookieOptions: { opaqueTokenCookieName: 'mine' } } }); }, 'mine'],
]) {
  inPage(`a project set ${how} gets the decision, under the user's session`, async (visit) => {
    const { page, card } = visit;
    const { token, calls } = await opened(visit, cookie);
    await page.evaluate(set, token);
    await card.asks('');
    await card.allow.click();
    await page.waitForURL((url) => url.origin === 'https://client.example' && url.searchParams.has('code'));
    assert.deepEqual(calls.map((it) => it.replace('/sdk/v1/', '')), ['sessions/authenticate', 'idp/oauth/authorize/start', 'idp/oauth/authorize/submit']);
  });
}

/** Holds the WebAssembly back until it is let go. */
async function held(page) {
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/npm/stytch.wasm', async (route) => { await arrived; await route.continue(); });
  return arrive;
}

const FIRST = ['/sdk/v1/sessions/authenticate', '/sdk/v1/idp/oauth/authorize/start'];

inPage('the session is checked and the request asked for while the WebAssembly is on its way, and both once', async (visit) => {
  const { page, card } = visit;
  const { token, calls } = await opened(visit);
  const arrive = await held(page);
  const asked = Promise.all(FIRST.map((path) => page.waitForResponse((response) => response.url() === API + path && response.request().method() === 'POST')));
  await page.evaluate((publicToken) => { kit.put({ stytch: { publicToken } }); }, token);
  await asked;
  assert.deepEqual(calls, FIRST);
  arrive();
  await card.asks('');
  assert.deepEqual(calls, FIRST);
});

inPage('what was asked under another session is dropped, and asked anew by the adapter with the same bytes', async (visit) => {
  const { page, person, card, site } = visit;
  const { token, calls, sent, standIn } = await opened(visit);
  const arrive = await held(page);
  const asked = Promise.all(FIRST.map((path) => page.waitForResponse((response) => response.url() === API + path && response.request().method() === 'POST')));
  await page.evaluate((publicToken) => { kit.put({ stytch: { publicToken } }); }, token);
  await asked;
  const { cookies } = standIn.signIn('consumer', 'grace@example.com', { minutes: 60 });
  await page.context().addCookies(cookies.map(({ path: _, ...rest }) => ({ ...rest, url: site.issuer })));
  arrive();
  await card.asks('');
  await page.getByText('grace@example.com').waitFor();
  assert.deepEqual(calls, [...FIRST, ...FIRST]);
  const comparable = ({ headers, body }) => {
    const telemetry = Object.keys(JSON.parse(atob(headers['x-sdk-client'])));
    const { authorization: _, 'x-sdk-client': __, cookie: ___, ...rest } = headers;
    return { ...rest, telemetry, body };
  };
  const [early, adapter] = [sent.slice(0, 2), sent.slice(2)].map((both) => both.map(comparable));
  assert.deepEqual(early, adapter);
  assert.notDeepEqual(sent.slice(0, 2).map(({ headers }) => headers.authorization), sent.slice(2).map(({ headers }) => headers.authorization));
  assert.equal(person.requests('authorize/start').length > 0, true);
});

inPage('nothing is asked early where nobody is signed in, nor to sign out', async (visit) => {
  const { page } = visit;
  const { token, calls } = await opened(visit);
  const arrive = await held(page);
  await page.evaluate(async (publicToken) => {
    globalThis.element = kit.put({ stytch: { publicToken }, flow: 'logout' });
    await kit.state(element, 'loading');
  }, token);
  assert.deepEqual(calls, []);
  await page.context().clearCookies();
  await page.evaluate(async () => {
    element.remove();
    document.body.append(Object.assign(element, { flow: 'auto', onLogin: () => { globalThis.wentToLogin = true; } }));
    await kit.state(element, 'loading');
  });
  assert.deepEqual(calls, []);
  arrive();
  await page.waitForFunction(() => globalThis.wentToLogin);
  assert.deepEqual(calls, []);
});

const programs = (person) => person.requests('.wasm').map((it) => path.basename(new URL(it.url()).pathname));

inPage('the WebAssembly with Stytch is loaded in front of Stytch, and nowhere else', async (visit) => {
  const { page, card, person, open } = visit;
  await page.evaluate(() => kit.state(kit.put({ backend: kit.scripted(kit.consent()) }), 'consent'));
  assert.deepEqual(programs(person), ['widget.wasm']);
  await open();
  const { token } = await opened(visit);
  await page.evaluate((publicToken) => { kit.put({ stytch: { publicToken } }); }, token);
  await card.asks('');
  assert.deepEqual(programs(person), ['widget.wasm', 'stytch.wasm']);
});

inPage('each of the two stops for itself', async (visit) => {
  const { page } = visit;
  const { token, calls } = await opened(visit);
  const states = await page.evaluate(async (publicToken) => {
    // One after the other: the first has read the page's address before the second puts its transaction there.
    const project = kit.put({ stytch: { publicToken } });
    await kit.state(project, 'consent');
    const element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'consent');
    const make = Document.prototype.createTextNode;
    Document.prototype.createTextNode = () => { throw new Error('patched'); };
    element.messages = { allow: 'Yes' };
    await kit.state(element, 'stopped');
    Document.prototype.createTextNode = make;
    project.messages = { allow: 'Certainly' };
    return [element, project].map((it) => ['stopped', 'consent'].find((state) => it.matches(`:state(${state})`)));
  }, token);
  assert.deepEqual(states, ['stopped', 'consent']);
  await page.getByRole('button', { name: 'Certainly' }).click();
  await page.waitForURL((url) => url.origin === 'https://client.example' && url.searchParams.has('code'));
  assert.equal(calls.length, 3);
});

inPage('an element that is put in front of another backend goes on in the program for it, after a stop as well', async (visit) => {
  const { page } = visit;
  const { token } = await opened(visit);
  const states = await page.evaluate(async (publicToken) => {
    const stytch = { publicToken };
    const element = kit.put({ stytch });
    const seen = [];
    const reaches = async (state) => { await kit.state(element, state); seen.push(state); };
    await reaches('consent');
    Object.assign(element, { stytch: undefined, backend: kit.scripted() });
    await kit.until(() => element.backend.calls[0]);
    await reaches('starting');
    const make = Document.prototype.createTextNode;
    Document.prototype.createTextNode = () => { throw new Error('patched'); };
    element.messages = { outline_status: 'Wait' };
    await reaches('stopped');
    Document.prototype.createTextNode = make;
    Object.assign(element, { stytch, backend: undefined });
    await reaches('consent');
    return seen;
  }, token);
  assert.deepEqual(states, ['consent', 'starting', 'stopped', 'consent']);
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.waitForURL((url) => url.origin === 'https://client.example' && url.searchParams.has('code'));
});

inPage('what is set while a host holds the element counts once it lets go, and not before', async (visit) => {
  const { page, person } = visit;
  const { token, calls } = await opened(visit);
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/npm/widget.wasm', async (route) => { await arrived; await route.continue(); });
  await page.route('**/elsewhere/**', () => {});
  await page.evaluate(async (publicToken) => {
    globalThis.element = kit.put({ apiBase: '/elsewhere' });
    await kit.state(element, 'loading');
    element.setAttribute('hold', '');
    Object.assign(element, { apiBase: undefined, stytch: { publicToken } });
  }, token);
  arrive();
  await page.evaluate(() => kit.state(element, 'starting'));
  assert.deepEqual([calls, person.requests('/countersign/'), person.requests('/elsewhere/authorize/start').length], [[], [], 1]);
  await page.evaluate(() => element.removeAttribute('hold'));
  await page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
  assert.deepEqual(programs(person), ['widget.wasm', 'stytch.wasm']);
});

inPage('configureWasm names the place of each', async (visit) => {
  const { page, card, person } = visit;
  const { token } = await opened(visit);
  await page.route('**/elsewhere/*', (route) => route.fulfill({ contentType: 'application/wasm', path: path.join(packaged, path.basename(route.request().url())) }));
  await page.evaluate((publicToken) => {
    kit.configureWasm('/elsewhere/stytch.wasm', 'stytch');
    kit.put({ stytch: { publicToken } });
  }, token);
  await card.asks('');
  assert.deepEqual(person.requests('.wasm').map((it) => new URL(it.url()).pathname), ['/elsewhere/stytch.wasm']);
});
