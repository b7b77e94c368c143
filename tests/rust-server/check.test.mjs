// countersign-check against the kit in Rust, in axum, in front of an engine in memory.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkServer } from '../../server/node/src/check/index.ts';
import { startHost } from './support/host.mjs';

const signIn = (email) => ({ path: '/login', json: { email } });

const CONFIG = {
  openid: false,
  client: { client_id: 'photo-printer', redirect_uri: 'https://photo-printer.example/callback' },
  unverified_client: { client_id: 'postcard-club', redirect_uri: 'https://postcard-club.example/callback' },
  registration: { client_name: 'Countersign check' },
  scope: 'profile email photos.read photos.write',
  optional_scope: 'email',
  parameters: { prompt: 'consent' },
  accounts: { first: { sub: 'ada', sign_in: signIn('ada@example.com') }, second: { sign_in: signIn('grace@example.com') } },
  sign_out: { path: '/logout', json: {} },
  expire: { path: '/advance', json: {} },
  remember: 'choice',
  page: { path: '/oauth/authorize' },
  b2b: { organizations: { other: 'globex', blocked: 'vandelay', needs_approval: 'initech' } },
};

/** Checks that have nothing to test here, with the reason. */
const NOT_HERE = {
  'core.token-account': 'the engine gives no ID tokens',
  'core.pushed': 'the engine takes no pushed requests',
  'core.signed': 'the engine takes no signed requests',
  'narrowing.all-or-nothing': 'every client can be narrowed',
};
/** The kit does not hear when a code is redeemed, in either language. */
const EXPECTED = { 'core.redeemed': 'The engine does not tell the kit that a code was redeemed.' };

const LONGEST = { timeout: 600_000 };
let host;
before(async () => { host = await startHost(); }, LONGEST);
after(() => host?.close());

const idsOf = (ended, ...states) => ended.filter(({ state }) => states.includes(state)).map(({ check: { id } }) => id);

function assertPassed({ ended }, expected) {
  const failed = ended.filter(({ state }) => state === 'failed' || state === 'unexpected');
  assert.deepEqual(failed.map(({ check, message }) => `${check.id}: ${message}`), []);
  assert.deepEqual(idsOf(ended, 'not-applicable', 'expected').sort(), expected.sort());
}

test('the kit in Rust passes the profiles core, narrowing, remember and b2b', async () => {
  const report = await checkServer({ origin: host.origin, config: CONFIG, profiles: ['core', 'narrowing', 'remember', 'b2b'], expected: EXPECTED });
  assertPassed(report, [...Object.keys(NOT_HERE), ...Object.keys(EXPECTED)]);
  assert.ok(idsOf(report.ended, 'passed').length > 90);
});

test('the headers of a host’s page are as described', async () => {
  const only = ['html', 'framing', 'policy', 'headers', 'opener', 'cookies'].map((name) => `page.${name}`);
  const report = await checkServer({ origin: host.origin, config: CONFIG, only });
  assertPassed(report, []);
  assert.deepEqual(idsOf(report.ended, 'passed').sort(), only.sort());
});
