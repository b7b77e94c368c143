/** The cookies that identify a browser and its login. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createVisitors } from '../../examples/authorization-server/http/cookies.mjs';
import { createLogins } from '../../examples/authorization-server/state/logins.mjs';
import { ADA, Browser, Client, startServer } from './harness.mjs';

const BROWSER = 'countersign_browser';
const LOGIN = 'countersign_login';

test('the id of a browser', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const query = await client.query();
  const start = (cookie, request = { query }) => new Browser(origin).call('/countersign/authorize/start', { realm: 'consumer', ...request }, { headers: { cookie } });
  const setIn = ({ headers }, name) => headers.getSetCookie().filter((line) => line.startsWith(`${name}=`));
  const valueOf = (line) => /=([^;]*)/.exec(line)[1];

  await t.test('is ours alone: another value is not adopted, whatever its form', async () => {
    const mine = valueOf(setIn(await start(''), BROWSER)[0]);
    const last = mine.at(-1) === 'A' ? 'B' : 'A';
    const first = mine[0] === 'A' ? 'B' : 'A';
    for (const planted of ['x'.repeat(32), mine.slice(0, -1) + last, first + mine.slice(1), mine.slice(0, 31), `${mine}A`, '', mine.toUpperCase()]) {
      const [cookie] = setIn(await start(`${BROWSER}=${planted}`), BROWSER);
      assert.match(cookie, /^countersign_browser=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
      assert.notEqual(valueOf(cookie), planted);
    }
    assert.deepEqual(setIn(await start(`${BROWSER}=${mine}`), BROWSER), [], 'ours is');
  });

  await t.test('counts beside a planted one, and not beside a second one of ours', async () => {
    const first = await start('');
    const mine = valueOf(setIn(first, BROWSER)[0]);
    const { transaction } = first.answer;
    const resume = (cookie) => start(cookie, { transaction });
    assert.equal((await resume(`${BROWSER}=${mine}`)).status, 200);
    for (const beside of ['x'.repeat(32), 'short', '']) {
      assert.equal((await resume(`${BROWSER}=${beside}; ${BROWSER}=${mine}`)).status, 200);
      assert.equal((await resume(`${BROWSER}=${mine}; other; ${BROWSER}=${beside}`)).status, 200);
    }
    assert.equal((await resume(`${BROWSER}=${mine}; ${BROWSER}=${mine}`)).status, 200);
    const theirs = valueOf(setIn(await start(''), BROWSER)[0]);
    assert.equal((await resume(`${BROWSER}=${theirs}; ${BROWSER}=${mine}`)).status, 410);
    assert.equal((await resume(`${BROWSER}=${mine}; ${BROWSER}=${theirs}`)).status, 410);
  });

  await t.test('is renewed at sign-in; what was planted before is worth nothing after', async () => {
    const browser = new Browser(origin);
    const { transaction } = await browser.start('consumer', query);
    const before = browser.cookie(BROWSER);
    const { headers } = await browser.call('/account/login', { email: ADA, password: 'demo' });
    assert.equal(setIn({ headers }, BROWSER).length, 1);
    assert.notEqual(browser.cookie(BROWSER), before);
    assert.equal((await browser.resume(transaction)).answer.outcome, 'consent', 'its requests go on');
    assert.equal((await start(`${BROWSER}=${before}`, { transaction })).status, 410);
    const second = browser.cookie(BROWSER);
    await browser.login(ADA);
    assert.notEqual(browser.cookie(BROWSER), second);
    assert.equal((await start(`${BROWSER}=${second}`, { transaction })).status, 410);
    assert.equal((await browser.resume(transaction)).answer.outcome, 'consent');
    const unchanged = await browser.call('/account/session', {});
    assert.deepEqual(setIn(unchanged, BROWSER), []);
  });

  await t.test('the login of one of two does not count', async () => {
    const [one, two] = [new Browser(origin), new Browser(origin)];
    await one.login(ADA);
    await two.login(ADA);
    const session = async (cookie) => (await new Browser(origin).ok('/account/session', {}, { headers: { cookie } })).account?.email;
    const [mine, theirs] = [one.cookie(LOGIN), two.cookie(LOGIN)];
    assert.equal(await session(`${LOGIN}=${mine}`), ADA);
    assert.equal(await session(`${LOGIN}=${'x'.repeat(32)}; ${LOGIN}=${mine}`), ADA);
    assert.equal(await session(`${LOGIN}=${theirs}; ${LOGIN}=${mine}`), undefined);
  });
});

test('a secret that a host gives makes ids that outlive the process, another one does not', async (t) => {
  const secret = Buffer.alloc(32, 7);
  const servers = [];
  for (const one of [secret, secret, Buffer.alloc(32, 8)]) servers.push(await startServer(t, { secret: one }));
  const browser = new Browser(servers[0].origin);
  await browser.fetch('/oauth/authorize');
  const recognized = async ({ origin }) => (await fetch(`${origin}/oauth/authorize`, { headers: { cookie: `${BROWSER}=${browser.cookie(BROWSER)}` } })).headers.getSetCookie().length === 0;
  assert.deepEqual([await recognized(servers[0]), await recognized(servers[1]), await recognized(servers[2])], [true, true, false]);
});

test('on https the cookies are Secure and named so that no sibling host can set them', () => {
  const lines = [];
  const res = { appendHeader: (name, line) => lines.push(line), removeHeader: () => lines.splice(0) };
  const clock = () => 0;
  const logins = createLogins(clock);
  const readVisitor = createVisitors({ origin: 'https://as.example', clock, logins });
  const visitor = readVisitor({ headers: {}, socket: {} }, res);
  visitor.ensureCookie();
  assert.match(lines[0], /^__Host-countersign_browser=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  visitor.setLogin(logins.open({ sub: 'ada' }, undefined, visitor.browser));
  assert.equal(lines.length, 2);
  assert.match(lines[1], /^__Host-countersign_login=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  const cookie = lines.map((line) => line.split(';')[0]).join('; ');
  assert.equal(readVisitor({ headers: { cookie }, socket: {} }, res).login.account.sub, 'ada');
  const plain = readVisitor({ headers: { cookie: cookie.replaceAll('__Host-', '') }, socket: {} }, res);
  assert.deepEqual([plain.login, plain.recognized, plain.sentNone], [undefined, false, true]);
  visitor.setLogin(undefined);
  assert.equal(lines.at(-1), '__Host-countersign_login=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0');
});

test('a call about a request says so if the browser sends no cookie at all', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const browser = new Browser(origin);
  const { transaction } = await browser.start('consumer', await client.query());
  const resume = async (headers, who = new Browser(origin)) => {
    const { status, answer } = await who.call('/countersign/authorize/start', { realm: 'consumer', transaction }, { headers });
    return [status, answer.code, answer.no_cookies];
  };
  assert.deepEqual(await resume({}), [410, 'expired', true]);
  assert.deepEqual(await resume({ cookie: 'another=1' }), [410, 'expired', true]);
  assert.deepEqual(await resume({ cookie: `${BROWSER}=worthless` }), [410, 'expired', undefined]);
  assert.deepEqual(await resume({ cookie: `${LOGIN}=worthless` }), [410, 'expired', undefined]);
  const another = new Browser(origin);
  await another.fetch('/oauth/authorize');
  assert.deepEqual(await resume({}, another), [410, 'expired', undefined]);
  const decision = { transaction, decision: 'deny', scopes: [] };
  const guess = await new Browser(origin).call('/account/login', { email: ADA, password: 'nope' });
  assert.deepEqual([guess.status, guess.answer.no_cookies], [401, undefined], 'nor does any other fault');
  const { answer } = await new Browser(origin).call('/countersign/authorize/submit', decision, { headers: { 'idempotency-key': 'k' } });
  assert.equal(answer.no_cookies, true);
  assert.equal((await new Browser(origin).call('/countersign/authorize/start', { realm: 'consumer', query: '' })).answer.no_cookies, undefined);
});
