/** Callers without a session who take more than their share. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTo } from 'node:net';
import test from 'node:test';
import { addressOf } from '../../examples/authorization-server/http/address.mjs';
import { createExpiring } from '../../examples/authorization-server/state/expiring.mjs';
import { transactionOf } from './answers.mjs';
import { ADA, Browser, CLIENT_ORIGIN, Client, GRACE, card, startServer } from './harness.mjs';

const codeOf = ({ status, answer }) => [status, answer.code];

/** A call of the kit for a visitor of the site. */
function callOf({ kit }, visitor) {
  const request = new Request('http://localhost/');
  kit.visitors.set(request, visitor);
  return { request, account: null };
}

/** The engine's interaction of a transaction. */
function interactionOf(site, transaction, browser) {
  const id = browser.cookie('countersign_browser').slice(0, 16);
  return site.kit.transactions.load(callOf(site, { browser: id }), transaction).state.resume.uid;
}

/** Parks a request by POST from an address, as a page of another site does. */
function parkAt(site, address, id) {
  const call = callOf(site, { address });
  const state = { realm: 'consumer', query: 'a=1', isStored: true, visits: 0, expires: Math.floor(site.clock() / 1000) + 1800 };
  site.kit.transactions.admit(call, state);
  site.kit.transactions.save(call, { id, state });
}

test('parked requests', async (t) => {
  const served = async (limits) => {
    const { origin, clock, site } = await startServer(t, { limits });
    const client = await Client.known(origin);
    const query = await client.query();
    // A request of its own each time, as a client makes it.
    const open = async (browser) => browser.call('/countersign/authorize/start', { realm: 'consumer', query: await client.query() });
    const park = (browser) => browser.postFrom(CLIENT_ORIGIN, '/oauth/authorize', query);
    return { origin, clock, site, client, query, open, park };
  };

  await t.test('the oldest of nobody gives way, and a signed-in user’s never does', async () => {
    const { origin, client, open, park, site } = await served({ most: 3 });
    const ada = new Browser(origin);
    const shown = await card(ada, client);
    const early = new Browser(origin);
    const { answer: first } = await open(early);
    const interactions = site.realms.consumer.provider.Interaction;
    const kept = await interactions.find(interactionOf(site, first.transaction, early));
    assert.ok(kept);
    for (let count = 0; count < 5; count += 1) await park(new Browser(origin));
    assert.deepEqual(codeOf(await early.resume(first.transaction)), [410, 'expired']);
    assert.equal(await interactions.find(kept.uid), undefined, 'nor does the engine keep it');
    const { status } = await open(new Browser(origin));
    assert.equal(status, 200, 'nobody is refused');
    assert.equal((await ada.allow(shown)).answer.outcome, 'redirect');
  });

  await t.test('a request that was opened by nobody is the user’s once somebody is signed in', async () => {
    const { origin, open, park } = await served({ most: 2 });
    const browser = new Browser(origin);
    const { answer: { transaction } } = await open(browser);
    await browser.login(ADA);
    assert.equal((await browser.resume(transaction)).answer.outcome, 'consent');
    for (let count = 0; count < 4; count += 1) await park(new Browser(origin));
    assert.equal((await browser.resume(transaction)).answer.outcome, 'consent');
  });

  await t.test('where every place is a user’s, a new request is 503, before the engine is asked, on the page, too', async (step) => {
    const { origin, clock, site, open, park, query } = await served({ most: 2 });
    const browser = new Browser(origin);
    await browser.login(ADA);
    await open(browser);
    const { answer: last } = await open(browser);
    const asked = step.mock.method(site.realms.consumer, 'handler');
    for (const who of [new Browser(origin), browser]) {
      const full = await open(who);
      assert.deepEqual([...codeOf(full), full.headers.get('retry-after')], [503, 'unavailable', '60']);
    }
    for (const response of [await park(new Browser(origin)), await new Browser(origin).fetch(`/oauth/authorize?${query}&prompt=none`)]) {
      assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '60']);
      const page = await response.text();
      assert.match(page, /<h1>Harbor is busy right now<\/h1>/);
      assert.match(page, /<code>unavailable<\/code>/);
    }
    assert.equal(asked.mock.callCount(), 0);
    await browser.deny(last.transaction);
    assert.equal((await open(browser)).status, 200, 'what was answered makes room');
    assert.equal((await open(browser)).status, 503);
    clock.advance(30 * 60 + 1);
    assert.equal((await open(browser)).status, 200, 'and what has expired');
  });

  await t.test('one browser, one address and one account have a share each', async () => {
    const { origin, open, park } = await served({ perBrowser: 2, perAddress: 4, perAccount: 2 });
    const browser = new Browser(origin);
    const ids = [];
    for (let count = 0; count < 3; count += 1) ids.push((await open(browser)).answer.transaction);
    const states = await Promise.all(ids.map(async (id) => (await browser.resume(id)).status));
    assert.deepEqual(states, [410, 200, 200]);
    await park(new Browser(origin));
    await park(new Browser(origin));
    assert.equal((await browser.resume(ids[1])).status, 200);
    await park(new Browser(origin));
    assert.deepEqual([(await browser.resume(ids[1])).status, (await browser.resume(ids[2])).status], [410, 200]);

    const ada = new Browser(origin);
    await ada.login(ADA);
    const opened = [await open(ada), await open(ada), await open(ada)];
    assert.deepEqual(opened.map(({ status }) => status), [200, 200, 429]);
    assert.deepEqual([opened[2].answer.code, opened[2].headers.get('retry-after')], ['too_many', '60']);
    const page = await ada.fetch(`/oauth/authorize?${new URLSearchParams({ client_id: 'x', prompt: 'none' })}`);
    assert.equal(page.status, 429);
    const grace = new Browser(origin);
    await grace.login(GRACE);
    assert.equal((await open(grace)).status, 200);
    await ada.deny(opened[0].answer.transaction);
    assert.equal((await open(ada)).status, 200);
  });

  await t.test('twenty thousand of them cost neither the others’ requests nor the time of a search', async () => {
    const { origin, site, open } = await served();
    for (let count = 0; count < 25_000; count += 1) parkAt(site, `10.0.${count % 200}.1`, `parked-${count}`);
    const browser = new Browser(origin);
    const { answer } = await open(browser);
    assert.equal(answer.outcome, 'login');
    await browser.login(ADA);
    assert.equal((await browser.resume(answer.transaction)).answer.outcome, 'consent');
  });

  await t.test('a logout that is parked by nobody gives way, too', async () => {
    const { origin } = await served({ most: 2 });
    const browsers = [1, 2, 3].map(() => new Browser(origin));
    const stored = [];
    for (const browser of browsers) stored.push(await browser.postFrom(CLIENT_ORIGIN, '/oauth/logout', 'client_id=third-party-public'));
    const [first, , last] = stored.map((response) => response.headers.get('location').split('?')[1]);
    const ask = async (query) => {
      const browser = new Browser(origin);
      await browser.login(ADA);
      return (await browser.ok('/countersign/logout/start', { realm: 'consumer', query })).client?.client_id;
    };
    assert.deepEqual([await ask(last), await ask(first)], ['third-party-public', undefined]);
  });

  await t.test('a request by POST belongs to the first browser, and counts for it', async () => {
    const { origin, park } = await served({ perBrowser: 1 });
    const browser = new Browser(origin);
    const [one, two] = [transactionOf(await park(browser)), transactionOf(await park(browser))];
    assert.equal((await browser.resume(one)).status, 200);
    assert.equal((await browser.resume(two)).status, 200);
    assert.equal((await new Browser(origin).resume(two)).status, 410);
  });
});

test('wrong passwords slow the guesser, by browser and by address', async (t) => {
  const { origin, clock } = await startServer(t, { limits: { wrongPerBrowser: 3, wrongPerAddress: 5 } });
  const guess = (browser, email = ADA, password = 'nope') => browser.call('/account/login', { email, password });
  const browser = new Browser(origin);
  for (const email of [ADA, GRACE, 'a@example.com']) assert.equal((await guess(browser, email)).status, 401, 'whatever the name');
  const slowed = await guess(browser, ADA, 'demo');
  assert.deepEqual(codeOf(slowed), [429, 'too_many']);
  assert.ok(Number(slowed.headers.get('retry-after')) > 290 && Number(slowed.headers.get('retry-after')) <= 300);
  const ada = new Browser(origin);
  assert.equal((await guess(ada, ADA, 'demo')).status, 200, 'the account is not locked');
  assert.equal((await guess(ada)).status, 401);
  assert.equal((await guess(ada, ADA, 'demo')).status, 200);
  assert.equal((await guess(new Browser(origin))).status, 401, 'the fifth of the address');
  assert.equal((await guess(new Browser(origin), ADA, 'demo')).status, 429);
  clock.advance(299);
  assert.equal((await guess(browser, ADA, 'demo')).status, 429);
  clock.advance(2);
  assert.equal((await guess(browser, ADA, 'demo')).status, 200);
  for (let count = 0; count < 2; count += 1) {
    assert.equal((await guess(browser)).status, 401);
    assert.equal((await guess(browser)).status, 401);
    assert.equal((await guess(browser, ADA, 'demo')).status, 200, 'a right one clears the browser');
  }
});

test('thirty thousand names cost no more than one each', () => {
  let now = 0;
  const entries = createExpiring(() => now, 1000, 3);
  for (let count = 0; count < 30_000; count += 1) entries.set(`name-${count}`, count);
  assert.deepEqual([entries.size, entries.get('name-29999'), entries.get('name-29996')], [3, 29_999, undefined]);
  now = 999;
  assert.equal(entries.get('name-29997'), 29_997);
  entries.set('name-29997', 'again');
  now = 1000;
  assert.deepEqual([entries.get('name-29998'), entries.get('name-29997')], [undefined, 'again']);
  entries.set('new', 1);
  assert.equal(entries.size, 2, 'what has expired is gone');
});

test('registrations', async (t) => {
  const { origin, clock } = await startServer(t, { limits: { registrations: 3, registrationsWithin: 60, registrationBytes: 2000 } });
  const register = (body, prefix = '', headers = {}) => fetch(`${origin}${prefix}/oauth/register`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify({ redirect_uris: ['https://a.example/cb'], ...body }),
  });
  const sized = (bytes) => {
    const empty = JSON.stringify({ redirect_uris: ['https://a.example/cb'], client_name: '' });
    return { client_name: 'x'.repeat(bytes - empty.length) };
  };
  for (let count = 0; count < 4; count += 1) assert.equal((await register({ redirect_uris: ['javascript:x'] })).status, 400, 'what is refused is not counted');
  const long = await register(sized(2001));
  assert.deepEqual([long.status, long.headers.get('connection'), (await long.json()).error], [413, 'close', 'invalid_request']);
  assert.equal((await register(sized(2000))).status, 201);
  assert.equal((await register({}, '/b2b')).status, 201);
  assert.equal((await register({})).status, 201);
  const over = await register({});
  assert.equal(over.status, 429);
  assert.ok(Number(over.headers.get('retry-after')) <= 60 && Number(over.headers.get('retry-after')) > 50);
  assert.equal((await over.json()).error, 'temporarily_unavailable');
  assert.equal((await fetch(`${origin}/oauth/token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'x'.repeat(3000) })).status, 400, 'other endpoints have another limit');
  clock.advance(61);
  assert.equal((await register({})).status, 201);
});

/** Sends a request in pieces until the server ends the connection. */
async function pour(origin, head, piece, most) {
  const { port, host } = new URL(origin);
  const socket = connectTo(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  let answer = '';
  let closed = false;
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { closed = true; });
  socket.write(head.replaceAll('HOST', host));
  let sent = 0;
  while (!closed && sent < most) {
    sent += piece.length;
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
    else await new Promise(setImmediate);
  }
  if (!closed) await once(socket, 'close');
  return { answer, sent, closed };
}

test('a body is read up to its limit and no further, whether its length is declared or not', async (t) => {
  const { origin } = await startServer(t);
  const FORM = 'content-type: application/x-www-form-urlencoded';
  const JSON_CALL = `content-type: application/json\r\nx-countersign: 1\r\norigin: ${origin}`;
  const CHUNK = `${(64 * 1024).toString(16)}\r\n${'x'.repeat(64 * 1024)}\r\n`;
  const MOST = 60 * 1024 * 1024;
  for (const [path, type, status] of [
    ['/oauth/authorize', FORM, 413], ['/b2b/oauth/authorize', FORM, 413], ['/oauth/logout', FORM, 413],
    ['/oauth/token', FORM, 413], ['/oauth/par', FORM, 413], ['/oauth/register', 'content-type: application/json', 413],
    ['/countersign/authorize/start', JSON_CALL, 400], ['/account/login', JSON_CALL, 400], ['/nowhere', FORM, 405], ['/oauth/authorize', 'content-type: text/plain', 415],
  ]) {
    for (const [length, piece] of [['transfer-encoding: chunked', CHUNK], [`content-length: ${MOST}`, 'x'.repeat(64 * 1024)]]) {
      const { answer, sent } = await pour(origin, `POST ${path} HTTP/1.1\r\nhost: HOST\r\n${type}\r\n${length}\r\n\r\n`, piece, MOST);
      assert.ok(sent < MOST, `${path} ${length} was read to its end`);
      if (answer !== '') assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), `${path} ${length}`);
    }
  }
});

test('the address of a caller', () => {
  const at = (remoteAddress, forwarded, proxies) => addressOf({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }, proxies);
  assert.equal(at('192.0.2.1'), '192.0.2.1');
  assert.equal(at('::ffff:192.0.2.1'), '192.0.2.1');
  assert.equal(at('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
  assert.equal(at('2001:0DB8:0001:0002::1'), '2001:db8:1:2::/64');
  assert.equal(at('2001:db8:1:3::1'), '2001:db8:1:3::/64');
  assert.equal(at('2001:db8::1'), '2001:db8:0:0::/64');
  assert.equal(at('::1'), '0:0:0:0::/64');
  assert.equal(at('fe80::1%eth0'), 'fe80:0:0:0::/64');
  assert.equal(at(undefined), '');
  // Nobody is believed by default.
  assert.equal(at('192.0.2.1', '203.0.113.9'), '192.0.2.1');
  assert.equal(at('192.0.2.1', '203.0.113.9', 1), '203.0.113.9');
  assert.equal(at('192.0.2.1', '198.51.100.1, 203.0.113.9', 1), '203.0.113.9');
  assert.equal(at('192.0.2.1', '198.51.100.1, 203.0.113.9', 2), '198.51.100.1');
  assert.equal(at('192.0.2.1', '203.0.113.9', 2), '192.0.2.1');
  assert.equal(at('192.0.2.1', '[2001:db8:1:2::9]:443', 1), '2001:db8:1:2::/64');
  assert.equal(at('192.0.2.1', '2001:db8:1:2::9', 1), '2001:db8:1:2::/64');
  assert.equal(at('192.0.2.1', '203.0.113.9:8080', 1), '203.0.113.9');
  assert.equal(at('192.0.2.1', 'unknown', 1), '192.0.2.1');
  assert.equal(at('192.0.2.1', undefined, 1), '192.0.2.1');
});

test('behind a proxy of the host, each address has its own share', async (t) => {
  const { origin } = await startServer(t, { proxies: 1, limits: { wrongPerAddress: 1 } });
  const guess = (address) => new Browser(origin).call('/account/login', { email: ADA, password: 'nope' }, { headers: { 'x-forwarded-for': address } });
  assert.deepEqual([(await guess('203.0.113.1')).status, (await guess('203.0.113.1')).status, (await guess('203.0.113.2')).status], [401, 429, 401]);
});
