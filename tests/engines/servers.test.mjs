// The servers to copy: short, checked by countersign-check, and driven to tokens.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as oauth from 'openid-client';
import { inRoot } from '../../scripts/lib/root.mjs';
import { readExpected } from '../../server/node/src/check/expected.ts';
import { CHECKS, checkServer } from '../../server/node/src/check/index.ts';
import { MIGRATIONS } from '../../server/node/src/stores/d1.ts';
import { Browser } from './support/browser.mjs';
import { SERVERS, startServer } from './support/server.mjs';

const MOST_LINES = 150;
/** An adapter, if the package has none for the engine. docs/write-an-adapter.md quotes it. */
const ADAPTER = { file: 'adapter.mjs', most: 80 };
const LONGEST = { timeout: 300_000 };
const folderOf = (name) => inRoot('examples', 'servers', name);
const read = (name, ...file) => readFileSync(path.join(folderOf(name), ...file), 'utf8');

/** How many checks of each profile have something to check. */
const CHECKED = {
  express: { core: 75, narrowing: 7, remember: 6, page: 15 },
  oauth2orize: { core: 77, narrowing: 7, remember: 2, page: 15 },
  workers: { core: 75, narrowing: 7, remember: 4, page: 15 },
};
const isKnown = (name) => Object.hasOwn(CHECKS, name) || Object.values(CHECKS).flat().some(({ id }) => id === name);

/** Signs in by the server's own form. */
async function signIn(host, email) {
  const body = new URLSearchParams({ email, password: host.password, return_to: '/oauth/authorize?transaction=T' });
  const answer = await fetch(`${host.origin}/login`, { method: 'POST', body, headers: { origin: host.origin }, redirect: 'manual' });
  assert.equal(answer.status, 303);
  assert.equal(new URL(answer.headers.get('location'), host.origin).href, `${host.origin}/oauth/authorize?transaction=T`);
  return answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
}

/** A client that was there before the server: that of its `check.json`. */
async function requestOf(host, { client_id: id, redirect_uri: redirectUri }, scope) {
  const config = await oauth.discovery(new URL(host.issuer), id, undefined, oauth.None(), { algorithm: host.openid ? 'oidc' : 'oauth2', execute: [oauth.allowInsecureRequests] });
  const [verifier, expectedState] = [oauth.randomPKCECodeVerifier(), oauth.randomState()];
  const address = oauth.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri, scope, state: expectedState, code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  const tokens = (answer) => oauth.authorizationCodeGrant(config, new URL(answer), { pkceCodeVerifier: verifier, expectedState });
  return { query: address.search.slice(1), tokens };
}

for (const [folder, { name }] of Object.entries(SERVERS)) {
  describe(name, () => {
    const config = JSON.parse(read(folder, 'check.json'));
    let host;
    before(async () => { host = await startServer(folder); }, LONGEST);
    after(() => host?.close(), LONGEST);

    test('it is at most 150 lines, settings and tables included, but for an adapter', () => {
      const sources = readdirSync(folderOf(folder), { recursive: true }).filter((file) => !/^(node_modules|\.wrangler|public)\b/.test(file) && /\.(mjs|jsonc|sql)$/.test(file));
      assert.ok(sources.includes('sign-in.mjs'));
      const linesOf = (files) => files.reduce((sum, file) => sum + read(folder, file).trimEnd().split('\n').length, 0);
      const [adapters, others] = [true, false].map((isOne) => sources.filter((file) => (file === ADAPTER.file) === isOne));
      assert.ok(linesOf(others) <= MOST_LINES, `${linesOf(others)} lines`);
      assert.ok(linesOf(adapters) <= ADAPTER.most, `${linesOf(adapters)} lines of an adapter`);
      assert.match(read(folder, 'sign-in.mjs'), /^\/\/ REPLACE THIS: /);
    });

    test('it passes every check that has something to check, and the others are gaps with a reason', LONGEST, async () => {
      const expected = Object.fromEntries(readExpected(read(folder, 'check.gaps'), isKnown));
      const { ended } = await checkServer({ origin: host.origin, config, expected });
      const silent = ended.filter(({ message, reason }) => !reason && /^The config has no /.test(message));
      assert.deepEqual(silent.map(({ check }) => check.id), []);
      assert.deepEqual(ended.filter(({ state }) => state === 'expected').map(({ check }) => check.id), []);
      assert.deepEqual(ended.filter(({ state }) => state === 'failed' || state === 'unexpected').map(({ check, message }) => [check.id, message]), []);
      const passed = Object.groupBy(ended.filter(({ state }) => state === 'passed'), ({ check: { id } }) => id.split('.')[0]);
      assert.deepEqual(Object.fromEntries(Object.entries(passed).map(([profile, all]) => [profile, all.length])), CHECKED[folder]);
    });

    test('a person signs in, leaves a scope out, and the client gets tokens for the rest', LONGEST, async () => {
      const { query, tokens } = await requestOf(host, config.client, config.scope);
      const visitor = new Browser(host);
      const { body: away } = await visitor.start({ query });
      assert.deepEqual([away.outcome, away.attempt], ['login', 1]);
      // Another account than those of the check, which have allowed this client.
      visitor.keep(await signIn(host, 'grace@example.com'));
      const card = await visitor.card(away);
      assert.deepEqual([card.account.email, card.client.name, card.client.verified, card.site_name], ['grace@example.com', 'Photo Printer', true, 'Harbor']);
      const kept = card.scopes.map(({ scope }) => scope).filter((scope) => scope !== config.optional_scope);
      const { body } = await visitor.submit(card, { scopes: kept });
      assert.deepEqual((await tokens(body.redirect_uri)).scope.split(' ').sort(), kept.sort());
    });

    test('a form of another site signs nobody in, and a sign-in leads nowhere else', async () => {
      const post = (origin, to) => fetch(`${host.origin}/login`, {
        method: 'POST', redirect: 'manual', headers: { origin }, body: new URLSearchParams({ email: 'ada@example.com', password: host.password, return_to: to }),
      });
      assert.equal((await post('https://evil.example', '/')).status, 403);
      for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
        assert.equal(new URL((await post(host.origin, to)).headers.get('location'), host.origin).href, `${host.origin}/`, to);
      }
    });
  });
}

test('the Worker’s tables are those of the kit', () => {
  assert.deepEqual(read('workers', 'migrations', '0001_countersign_store.sql').split(';\n').filter(Boolean), MIGRATIONS);
});
