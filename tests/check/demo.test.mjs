import assert from 'node:assert/strict';
import test from 'node:test';
import { demoSecret } from '../../examples/authorization-server/fixtures/clients.mjs';
import { CHECKS } from '../../server/node/src/check/checks/index.ts';
import { check, completeConfig, example, idsOf, startDemo, startFaulty } from './harness.mjs';

const all = Object.values(CHECKS).flat().map(({ id }) => id);

test('the demo’s server passes every check, with every state that there is', async (t) => {
  const server = await startDemo(t);
  const report = await check(server.origin, { config: await completeConfig(server) });
  assert.deepEqual(report.ended.filter(({ state }) => state !== 'passed').map(({ check: { id }, message }) => [id, message]), []);
  assert.deepEqual(idsOf(report, 'passed'), all);
});

test('with the config of the example, what a file cannot do is not applicable', async (t) => {
  const { origin } = await startDemo(t);
  const report = await check(origin, { profiles: ['core'] });
  assert.deepEqual(idsOf(report, 'not-applicable'), ['core.signed', 'core.expired']);
  assert.deepEqual(idsOf(report, 'failed', 'expected', 'unexpected'), []);
});

test('a config of a few lines is enough for profile core, and assumes no OpenID, no tokens and no registration', async (t) => {
  const { origin } = await startDemo(t);
  const sign_in = { path: '/account/login', headers: { 'x-countersign': '1' }, json: { email: 'ada@example.com', password: 'demo' } };
  const config = {
    client: { client_id: 'third-party-public', redirect_uri: 'https://photo-printer.example/callback' },
    scope: 'photos.read', parameters: { prompt: 'consent' }, tokens: false, accounts: { first: { sign_in } },
  };
  const report = await check(origin, { config });
  assert.deepEqual(report.profiles, ['core']);
  assert.deepEqual(idsOf(report, 'failed'), []);
  assert.ok(idsOf(report, 'passed').length > 50);
  for (const id of ['core.code-once', 'core.token-account', 'core.long-name', 'core.other-account']) assert.ok(idsOf(report, 'not-applicable').includes(id), id);
});

test('a cookie stands for a sign-in, and a realm for organizations needs no other', async (t) => {
  const { origin } = await startDemo(t);
  const { headers } = await fetch(`${origin}/account/login`, {
    method: 'POST', body: '{"email":"ada@example.com","password":"demo"}', headers: { origin, 'x-countersign': '1', 'content-type': 'application/json' },
  });
  const cookie = headers.getSetCookie().map((line) => line.split(';')[0]).find((one) => one.startsWith('countersign_login='));
  const all = await check(origin, { config: { ...example(), accounts: { first: { cookie } } } });
  assert.deepEqual(idsOf(all, 'failed'), []);
  for (const id of ['logout.sign-out', 'narrowing.kept']) assert.ok(idsOf(all, 'not-applicable').includes(id), id);
  const config = {
    realm: 'b2b', issuer: '/b2b', scope: 'openid profile', parameters: { prompt: 'consent' }, accounts: { first: { cookie } },
    client: { client_id: 'third-party-public', redirect_uri: 'https://photo-printer.example/b2b/callback' }, organizations: { other: 'globex' },
  };
  const report = await check(origin, { config, profiles: ['b2b'] });
  assert.deepEqual(idsOf(report, 'failed'), []);
  assert.ok(idsOf(report, 'passed').includes('b2b.choice'));
});

test('a token of somebody else is found by a resource that says whose it is, without OpenID', async (t) => {
  const server = await startFaulty(t);
  const config = { ...example(), token_subject: { path: '/oauth/userinfo' } };
  const only = ['core.token-account'];
  assert.deepEqual(idsOf(await check(server.origin, { config, only }), 'passed'), only);
  server.proxy.mutate({ answer: (answer, { url }) => (url === '/oauth/userinfo' ? { ...answer, json: { ...answer.json, sub: 'account-grace' } } : undefined) });
  const [{ state, message }] = (await check(server.origin, { config, only })).ended;
  assert.deepEqual([state, message], ['failed', 'The card says account-ada, the resource /oauth/userinfo account-grace.']);
});

test('a client with a secret asks the server itself whose token it is', async (t) => {
  const server = await startFaulty(t);
  const client = { client_id: 'third-party-confidential', redirect_uri: 'https://trip-planner.example/callback', client_secret: demoSecret('third-party-confidential') };
  server.proxy.mutate({ answer: (answer, { url }) => (url === '/oauth/introspect' ? { ...answer, status: 200, headers: { ...answer.headers, 'content-type': 'application/json' }, json: { active: true, sub: 'account-grace' } } : undefined) });
  const [{ state, message }] = (await check(server.origin, { config: { ...example(), client }, only: ['core.token-account'] })).ended;
  assert.deepEqual([state, message], ['failed', 'The card says account-ada, the introspection account-grace.']);
});
