// Where the state of a request is kept: sealed, bound to its browser, and not for ever.
import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryStore, RequestGone } from '../../server/node/src/index.ts';
import { createSeal } from '../../server/node/src/seal.ts';
import { asked, createEngine } from './support/engine.mjs';
import { ADA, atCard, createBrowser, createSite, decisionOn, GRACE, QUERY, SECRET } from './support/site.mjs';

const OTHER_SECRET = 'another secret of the tests, long enough too';
const nameOf = ({ transaction }) => `__Host-countersign-${transaction}`;

test('the cookie is for this host, unreadable for scripts, for 15 minutes, and says nothing', async () => {
  const site = createSite();
  const response = await createBrowser(site).start();
  const [cookie] = response.headers.getSetCookie();
  assert.match(cookie, new RegExp(`^${nameOf(response.body)}=[\\w-]+; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=900$`));
  const bytes = Buffer.from(cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';')), 'base64url');
  for (const text of [QUERY, 'ticket', '"ada"', 'app.example']) assert.ok(!cookie.includes(text) && !bytes.includes(text), text);
});

test('the engine’s own end of a request is the cookie’s, and the card says it', async () => {
  const site = createSite();
  const expires = site.time.now / 1000 + 1800;
  site.engine.script.open = () => asked({ expires_at: expires });
  const { body, headers } = await createBrowser(site).start();
  assert.equal(body.expires_at, expires);
  assert.match(headers.getSetCookie()[0], /; Max-Age=1800$/);
});

test('no engine makes a request last longer than a day', async () => {
  const site = createSite();
  site.engine.script.open = () => asked({ expires_at: site.time.now / 1000 + 10 * 86_400 });
  assert.equal((await createBrowser(site).start()).body.expires_at, site.time.now / 1000 + 86_400);
});

test('a browser that keeps cookies is never told that it does not, also when a request’s own cookie has ended', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  assert.match(browser.jar.get('__Host-countersign'), /^[\w-]{12}$/);
  const before = browser.jar.get('__Host-countersign');
  browser.jar.delete(nameOf(card));
  const ended = await browser.start({ transaction: card.transaction });
  assert.deepEqual([ended.status, ended.body.no_cookies], [410, undefined]);
  await browser.start();
  assert.equal(browser.jar.get('__Host-countersign'), before);
  browser.jar.delete('__Host-countersign');
  assert.equal((await browser.start({ transaction: card.transaction })).body.no_cookies, undefined);
  browser.jar.clear();
  assert.equal((await browser.start({ transaction: card.transaction })).body.no_cookies, true);
  site.engine.script.open = () => { throw new RequestGone(); };
  browser.jar.clear();
  assert.equal((await browser.start()).body.no_cookies, undefined);
});

test('a request that is over is 410 with its client', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  site.time.now += 15 * 60_000;
  const { status, body } = await browser.start({ transaction: card.transaction });
  assert.deepEqual([status, body.client.name, body.no_cookies], [410, 'The App', undefined]);
  assert.equal((await browser.submit(decisionOn(card))).status, 410);
});

test('a cookie that was changed, or is another transaction’s, opens nothing', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  const { body: other } = await browser.start();
  const value = browser.jar.get(nameOf(card));
  const flipped = (value[20] === 'A' ? 'B' : 'A');
  for (const wrong of [browser.jar.get(nameOf(other)), value.slice(0, 20) + flipped + value.slice(21), value.slice(0, -1), '', 'x', '%00', `${value}=`]) {
    browser.jar.set(nameOf(card), wrong);
    assert.equal((await browser.start({ transaction: card.transaction })).status, 410, wrong);
  }
  browser.jar.set(nameOf(card), value);
  assert.equal((await browser.start({ transaction: card.transaction })).status, 200);
});

test('a transaction of one realm is not one of the other', async () => {
  const site = createSite({ describe: { organizations: () => [] } });
  const { browser, card } = await atCard(site);
  assert.equal((await browser.start({ realm: 'b2b', transaction: card.transaction })).status, 410);
});

test('a transaction of another engine behind the same secret is none', async () => {
  const one = createSite();
  const two = createSite({ engine: { ...createEngine(), name: 'another' } });
  const { browser, card } = await atCard(one);
  const other = createBrowser(two);
  for (const [name, value] of browser.jar) other.jar.set(name, value);
  assert.equal((await other.start({ transaction: card.transaction })).status, 410);
});

test('secrets can be rotated: the first seals, and all open', async () => {
  const store = memoryStore({ warn: null });
  const before = createSite({ store });
  const after = createSite({ store, secret: [OTHER_SECRET, SECRET] });
  const later = createSite({ store, secret: OTHER_SECRET });
  const { browser, card } = await atCard(before);
  const move = (site) => { const moved = createBrowser(site); for (const [name, value] of browser.jar) moved.jar.set(name, value); return moved; };
  assert.equal((await move(after).start({ transaction: card.transaction })).status, 200);
  assert.equal((await move(later).start({ transaction: card.transaction })).status, 410);
  const { browser: rotated, card: fresh } = await atCard(after);
  const moved = createBrowser(later);
  for (const [name, value] of rotated.jar) moved.jar.set(name, value);
  assert.equal((await moved.start({ transaction: fresh.transaction })).status, 200);
});

test('a state that a newer process has sealed is read by an older one, and keeps what that does not know', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  const seal = createSeal([SECRET]);
  const purpose = `state scripted ${card.transaction} `;
  const state = JSON.parse(await seal.open(browser.jar.get(nameOf(card)), purpose));
  browser.jar.set(nameOf(card), await seal.seal(JSON.stringify({ ...state, newer: { a: 1 } }), purpose));
  browser.account = null;
  assert.equal((await browser.start({ transaction: card.transaction })).body.outcome, 'login');
  assert.deepEqual(JSON.parse(await seal.open(browser.jar.get(nameOf(card)), purpose)).newer, { a: 1 });
});

test('a seal opens for its purpose alone, and two seals of one text differ', async () => {
  const { seal, open } = createSeal([SECRET]);
  const [one, two] = [await seal('text', 'a'), await seal('text', 'a')];
  assert.notEqual(one, two);
  assert.equal(await open(one, 'a'), 'text');
  assert.equal(await open(one, 'b'), undefined);
  assert.equal(await createSeal([OTHER_SECRET]).open(one, 'a'), undefined);
});

test('a request of the largest size stands in the store, and only its browser opens it', async () => {
  const site = createSite();
  const browser = createBrowser(site);
  const query = `client_id=app&state=${'s'.repeat(32_000)}`;
  const { body: card } = await browser.start({ query });
  assert.ok(browser.cookies.length < 400, `${browser.cookies.length} bytes of cookies`);
  assert.equal((await browser.start({ transaction: card.transaction })).body.outcome, 'consent');
  assert.equal(site.engine.calls.at(-1).args[0], query);
  assert.equal((await createBrowser(site, GRACE).start({ transaction: card.transaction })).status, 410);
  assert.equal((await browser.submit(decisionOn(card))).body.outcome, 'redirect');
});

test('what stands in the store opens with the secret of its own cookie alone', async () => {
  const site = createSite();
  const browser = createBrowser(site);
  const { body: card } = await browser.start({ query: `${QUERY}&x=${'x'.repeat(6000)}` });
  assert.equal((await browser.start({ transaction: card.transaction })).status, 200);
  const sealed = await createSeal([SECRET]).seal('{"secret":"another"}', `state scripted ${card.transaction} `);
  browser.jar.set(nameOf(card), sealed);
  assert.equal((await browser.start({ transaction: card.transaction })).status, 410);
});

test('a request in the store changes as one in a cookie does', async () => {
  const site = createSite();
  const browser = createBrowser(site, null);
  const { body: login } = await browser.start({ query: `client_id=app&state=${'s'.repeat(8000)}` });
  const cookie = browser.jar.get(nameOf(login));
  await site.handler.visited(new Request(`${site.origin}/oauth/authorize?transaction=${login.transaction}`, { headers: { Cookie: browser.cookies } }));
  assert.equal((await browser.start({ transaction: login.transaction })).body.attempt, 2);
  assert.equal(browser.jar.get(nameOf(login)), cookie);
});

test('many open requests keep the cookies small, and the oldest are swept', async () => {
  const site = createSite();
  const browser = createBrowser(site);
  const cards = [];
  for (let n = 0; n < 25; n += 1) {
    cards.push((await browser.start({ query: `${QUERY}&n=${n}` })).body);
    site.time.now += 1000;
  }
  assert.equal([...browser.jar.keys()].filter((name) => name.startsWith('__Host-countersign-')).length, 20);
  assert.ok(browser.cookies.length < 8192, `${browser.cookies.length} bytes of cookies`);
  assert.equal((await browser.start({ transaction: cards[0].transaction })).status, 410);
  for (const card of cards.slice(5)) assert.equal((await browser.start({ transaction: card.transaction })).status, 200);
});

test('five requests stand in cookies, and later ones in the store', async () => {
  const browser = createBrowser(createSite(), null);
  const open = async () => (await browser.start({ query: 'a' })).body;
  const stands = (one) => browser.jar.get(nameOf(one)).length > 120;
  const requests = [];
  for (let n = 0; n < 5; n += 1) requests.push(await open());
  // A request that goes on is none besides itself.
  browser.account = ADA;
  await browser.start({ transaction: requests[4].transaction });
  requests.push(await open(), await open());
  assert.deepEqual(requests.map(stands), [true, true, true, true, true, false, false]);
});

test('repeated calls to sign in count once, and each visit of the login page counts', async () => {
  const site = createSite();
  const browser = createBrowser(site, null);
  const { body: first } = await browser.start();
  const page = `/oauth/authorize?transaction=${first.transaction}`;
  const attempt = async () => (await browser.start({ transaction: first.transaction })).body.attempt;
  assert.deepEqual([first.attempt, await attempt(), await attempt()], [1, 1, 1]);
  const visit = async (path) => {
    for (const cookie of await site.handler.visited(new Request(site.origin + path, { headers: { Cookie: browser.cookies } }))) browser.jar.set(...cookie.split(';')[0].split(/=(.*)/s));
  };
  await visit(page);
  await visit(page);
  assert.deepEqual([await attempt(), await attempt()], [2, 2]);
  await visit(`${page}&client_id=app`);
  await visit('/oauth/authorize?transaction=unknown');
  assert.equal(await attempt(), 2);
  await visit(page);
  assert.equal(await attempt(), 3);
});

test('the engine hears when the page was first sent to sign in', async () => {
  const site = createSite({ script: { open: (query, { account, handedOffAt }) => (account?.signed_in_at > handedOffAt ? asked() : { kind: 'login', reason: 'prompt_login' }) } });
  const sent = site.time.now;
  const browser = createBrowser(site, { ...ADA, signed_in_at: sent - 1 });
  const { body: login } = await browser.start();
  assert.deepEqual([login.outcome, login.reason], ['login', 'prompt_login']);
  site.time.now += 5000;
  assert.equal((await browser.start({ transaction: login.transaction })).body.outcome, 'login');
  assert.equal(site.engine.calls.at(-1).args[1].handedOffAt, sent);
  browser.account = { ...ADA, signed_in_at: sent + 2000 };
  assert.equal((await browser.start({ transaction: login.transaction })).body.outcome, 'consent');
});

test('options that cannot be right are refused when the kit is made', () => {
  for (const wrong of [{ origin: 'https://site.example/' }, { origin: 'http://site.example' }, { origin: 'site' }, { secret: 'short' }, { secret: [] }, { secret: [SECRET, 'short'] }, { limits: { perBrowser: 0 } }]) {
    assert.throws(() => createSite(wrong), TypeError, JSON.stringify(wrong));
  }
});

test('the store in memory says that it is for one process, and forgets in time', async () => {
  const said = [];
  let now = 0;
  const store = memoryStore({ clock: () => now, warn: (message) => said.push(message) });
  assert.match(said[0], /one process/);
  assert.equal(await store.claim('k', 'a', 10), null);
  assert.equal(await store.claim('k', 'b', 10), 'a');
  assert.deepEqual([await store.count('c', 10), await store.count('c', 10)], [1, 2]);
  now = 10_000;
  assert.equal(await store.get('k'), null);
  assert.equal(await store.claim('k', 'b', 10), null);
  assert.equal(await store.count('c', 10), 1);
});
