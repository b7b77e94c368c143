/** Calls that use the engine session of one login never overlap. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { accountOf } from '../../examples/authorization-server/engine/call.mjs';
import { retryIfLoginEnded, withLoginLock } from '../../examples/authorization-server/flow/login-lock.mjs';
import { createLogins } from '../../examples/authorization-server/state/logins.mjs';
import { createLocks } from '../../server/node/src/engines/locks.ts';
import { sessionName } from '../../server/node/src/engines/oidc-provider/requests.ts';
import { ADA, Browser, Client, GRACE, card, startServer } from './harness.mjs';

/**
 * Counts how many of the engine's calls for a session are in progress at the same moment. Where `meets`
 * is a list, a call waits there for a second one.
 */
function watch(t, { realms }) {
  const seen = { most: 0, calls: 0, meets: undefined };
  let now = 0;
  for (const realm of Object.values(realms)) {
    const { handler } = realm;
    t.mock.method(realm, 'handler', (req, res) => {
      if (!(req.headers.cookie ?? '').includes('_session=')) return handler(req, res);
      now += 1;
      seen.calls += 1;
      seen.most = Math.max(seen.most, now);
      res.once('finish', () => { now -= 1; });
      const go = () => handler(req, res);
      // A database answers later.
      if (seen.meets === undefined) return setImmediate(go);
      if (seen.meets.push(go) === 2) seen.meets.splice(0).forEach((call) => call());
      return undefined;
    });
  }
  return seen;
}

test('the calls of one login wait for each other, those of two do not', async (t) => {
  const { origin, site } = await startServer(t);
  const client = await Client.known(origin, 'first-party-confidential');
  const b2b = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
  const silent = async (browser) => browser.fetch(`/oauth/authorize?${await client.query({ prompt: 'none' })}`);
  const ada = new Browser(origin);
  await ada.login(ADA);
  await silent(ada);
  const seen = watch(t, site);

  await t.test('at the authorization endpoint', async () => {
    await Promise.all(Array.from({ length: 6 }, () => silent(ada)));
    assert.deepEqual([seen.most, seen.calls], [1, 6]);
  });

  await t.test('at the start and the end of several transactions, in both realms', async () => {
    const third = await Client.known(origin);
    const shown = await Promise.all([card(ada, third), card(ada, third), card(ada, b2b, {}, { realm: 'b2b' })]);
    await Promise.all(shown.map((one) => ada.allow(one)));
    assert.equal(seen.most, 1);
    assert.ok(seen.calls > 10);
  });

  await t.test('but not those of another login', { timeout: 30_000 }, async () => {
    const grace = new Browser(origin);
    await grace.login(GRACE);
    await silent(grace);
    seen.meets = [];
    await Promise.all([silent(ada), silent(grace)]);
    assert.equal(seen.most, 2);
  });
});

test('work of one name runs in order, also after work that failed', async () => {
  const exclusively = createLocks();
  const order = [];
  let release;
  const first = exclusively('a', () => new Promise((resolve) => { release = resolve; }).then(() => { order.push(1); throw new Error('failed'); }));
  const second = exclusively('a', () => { order.push(2); return 'two'; });
  await exclusively('b', () => { order.push('b'); });
  assert.deepEqual(order, ['b']);
  release();
  await assert.rejects(first, /failed/);
  assert.equal(await second, 'two');
  assert.deepEqual(order, ['b', 1, 2]);
  assert.equal(await exclusively('a', () => 'three'), 'three');
});

test('a transaction that two starts end at the same moment gives one code', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin, 'first-party-confidential');
  const browser = new Browser(origin);
  const { transaction } = await browser.start('consumer', await client.query());
  await browser.login(ADA);
  const answers = await Promise.all(Array.from({ length: 3 }, () => browser.start('consumer', { transaction })));
  assert.equal(answers[0].outcome, 'redirect');
  assert.deepEqual(answers, [answers[0], answers[0], answers[0]]);
});

test('a call that waits for a login which ends meanwhile is made without it, and never under it', async () => {
  const site = { exclusively: createLocks(), logins: createLogins(Date.now) };
  let current = site.logins.open({ sub: 'ada' }, undefined, 'browser');
  let release;
  const working = new Promise((started) => {
    withLoginLock(site, current, () => new Promise((resolve) => { release = resolve; started(); }));
  });
  await working;
  const seen = [];
  const second = retryIfLoginEnded(() => {
    const login = current;
    return withLoginLock(site, login, () => seen.push(login));
  });
  site.logins.close(current);
  current = undefined;
  release();
  await second;
  assert.deepEqual(seen, [undefined]);
});

test('a call that fails for another reason is not made again', async () => {
  let calls = 0;
  await assert.rejects(retryIfLoginEnded(async () => { calls += 1; throw new Error('failed'); }), /failed/);
  assert.equal(calls, 1);
});

test('a later login of the same account keeps the engine’s session and its lock, and another account’s has its own', async () => {
  const logins = createLogins(Date.now);
  const first = logins.open({ sub: 'ada' }, undefined, 'browser');
  const again = logins.open({ sub: 'ada' }, first, 'browser');
  assert.equal(again.lock, first.lock);
  const provider = { issuer: 'https://site.example' };
  const nameOf = (login) => sessionName(provider, accountOf(login));
  assert.equal(await nameOf(again), await nameOf(first));
  assert.notEqual(again.id, first.id);
  const other = logins.open({ sub: 'grace' }, again, 'browser');
  assert.notEqual(other.lock, again.lock);
  assert.notEqual(await nameOf(other), await nameOf(again));
  assert.deepEqual([other.grants, other.consents], [[], {}]);
});
