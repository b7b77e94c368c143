/** How long a request may be, and who hears that it is too long. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { LIMITS, limitsWith } from '../../examples/authorization-server/state/limits.mjs';
import { wayOut } from './answers.mjs';
import { Browser, Client, card, errorOf, startServer } from './harness.mjs';

const scopes = (count) => ['openid', ...Array.from({ length: count - 1 }, (_, index) => `scope-number-${index}:read`)].join(' ');

for (const [realm, prefix] of [['consumer', ''], ['b2b', '/b2b']]) {
  test(`a long request of ${realm}`, async (t) => {
    const { origin } = await startServer(t);
    const client = await Client.known(origin, 'third-party-public', { realm });
    const evil = await Client.registered(origin, { redirect_uris: ['https://evil.example/cb'] }, prefix);
    const good = await client.query();
    const padded = (size) => `${good}&${Array.from({ length: 8 }, (_, index) => `pad${index}=`).join('&')}`.replace(/&pad(\d)=/g, (pair, index) => `${pair}${'x'.repeat(Math.floor((size - good.length - 48) / 8) + (index === '7' ? (size - good.length - 48) % 8 : 0))}`);

    await t.test('with as many scopes as real clients ask for is asked', async () => {
      for (const count of [101, LIMITS.scopes]) {
        const answer = await new Browser(origin).start(realm, await client.query({ scope: scopes(count) }));
        assert.equal(answer.outcome, 'login', `${count} scopes`);
      }
      const shown = await card(new Browser(origin), client, { scope: scopes(101), prompt: 'consent' }, { realm });
      assert.ok(shown.scopes.some(({ scope }) => scope === 'openid'));
    });

    await t.test('is taken up to each limit, and the client hears that it is over one', async () => {
      const pairs = (count) => good + '&x=1'.repeat(count - good.split('&').length);
      assert.equal(Buffer.byteLength(padded(LIMITS.queryBytes)), LIMITS.queryBytes);
      const resources = (count) => `${good}${'&resource=https://photos.example/api'.repeat(count)}`;
      const fits = {
        parameters: pairs(LIMITS.parameters),
        value: `${good}&x=${'x'.repeat(LIMITS.value)}`,
        bytes: padded(LIMITS.queryBytes),
        resources: resources(LIMITS.resources),
      };
      for (const [what, query] of Object.entries(fits)) assert.equal((await new Browser(origin).start(realm, query)).outcome, 'login', what);
      const over = {
        parameters: pairs(LIMITS.parameters + 1),
        value: `${good}&x=${'x'.repeat(LIMITS.value + 1)}`,
        claims: `${good}&claims=${'x'.repeat(LIMITS.longValue + 1)}`,
        scopes: await client.query({ scope: scopes(LIMITS.scopes + 1) }),
        resources: resources(LIMITS.resources + 1),
      };
      for (const [what, query] of Object.entries(over)) {
        const answer = await new Browser(origin).start(realm, query);
        assert.ok(answer.redirect_uri?.startsWith(`${client.redirectUri}?`), `${what}: ${JSON.stringify(answer)}`);
        assert.equal(errorOf(answer.redirect_uri), 'invalid_request', what);
        assert.equal(new URL(answer.redirect_uri).searchParams.get('state'), new URLSearchParams(good).get('state') && new URLSearchParams(query).get('state'), what);
        const silent = await new Browser(origin).fetch(`${prefix}/oauth/authorize?${query}&prompt=none`);
        assert.equal(errorOf(silent.headers.get('location')), 'invalid_request', what);
      }
      const silent = await new Browser(origin).fetch(`${prefix}/oauth/authorize?${padded(LIMITS.queryBytes)}&prompt=none`);
      assert.equal(errorOf(silent.headers.get('location')), 'invalid_request', 'the page’s own limit');
    });

    await t.test('of a stranger, or for an address of nobody, goes nowhere by itself', async () => {
      const browser = new Browser(origin);
      const answer = await browser.start(realm, `${await evil.query()}&x=${'x'.repeat(LIMITS.value + 1)}`);
      assert.match((await wayOut(browser, answer)).html, /<code>invalid_request<\/code>/);
      const elsewhere = await browser.start(realm, `${await client.query({ redirect_uri: 'https://evil.example/' })}&x=${'x'.repeat(LIMITS.value + 1)}`);
      assert.equal(elsewhere.outcome, 'error');
      const nobody = await browser.start(realm, `client_id=nobody&x=${'x'.repeat(LIMITS.value + 1)}`);
      assert.deepEqual([nobody.outcome, nobody.error], ['error', 'invalid_client']);
    });
  });
}

test('a host sets its own limits, and no others', async (t) => {
  const { origin } = await startServer(t, { limits: { scopes: 2 } });
  const client = await Client.known(origin);
  assert.equal((await new Browser(origin).start('consumer', await client.query({ scope: 'openid email' }))).outcome, 'login');
  assert.equal(errorOf((await new Browser(origin).start('consumer', await client.query({ scope: 'openid email profile' }))).redirect_uri), 'invalid_request');
  assert.deepEqual(limitsWith(), LIMITS);
  assert.throws(() => limitsWith({ scope: 2 }), /no limit "scope"/);
  for (const bad of [0, -1, 1.5, '2', NaN, Infinity]) assert.throws(() => limitsWith({ scopes: bad }), /positive integer/);
});
