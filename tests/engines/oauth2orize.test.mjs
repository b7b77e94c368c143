// The adapter of docs/write-an-adapter.md, by itself: what the check of its server cannot see.
import assert from 'node:assert/strict';
import test from 'node:test';
import { oauth2orize } from '../../examples/servers/oauth2orize/adapter.mjs';
import { createAuth, validate } from '../../examples/servers/oauth2orize/auth.mjs';

const issuer = 'http://localhost:4400';
const HOME = 'http://localhost:4401/callback';
const ADA = { sub: 'ada', signed_in_at: Date.now() };
const create = (own = validate) => oauth2orize({ server: createAuth({ onRedeemed: async () => {} }).server, validate: own, issuer });
const request = (more = {}) => new URLSearchParams(Object.entries({
  client_id: 'third-party-public', redirect_uri: HOME, response_type: 'code', scope: 'profile', state: 's 1', code_challenge: 'C', code_challenge_method: 'S256', ...more,
}).filter(([, value]) => value !== undefined)).toString();
const open = (engine, more, account = ADA) => engine.open(request(more), { account });

/** What the client gets of an answer: it must be at the client's address. */
function toldOf({ kind, to }) {
  assert.equal(kind, 'done');
  const { origin, pathname, searchParams } = new URL(to);
  assert.equal(origin + pathname, HOME);
  return Object.fromEntries(searchParams);
}

test('what the engine cannot do is an error at the client, with its state and the issuer', async () => {
  for (const [more, error] of [
    [{ request: 'x.y.z' }, 'request_not_supported'],
    [{ request_uri: 'https://app.example/r' }, 'request_uri_not_supported'],
    [{ response_mode: 'form_post' }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: undefined }, 'invalid_request'],
    [{ scope: 'profile admin' }, 'invalid_scope'],
    [{ code_challenge: undefined }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge_method: undefined }, 'invalid_request'],
  ]) {
    const { error: told, state, iss } = toldOf(await open(create(), more));
    assert.deepEqual([told, state, iss], [error, 's 1', issuer], JSON.stringify(more));
  }
});

test('a client or an address that is not known is refused, whatever else is wrong', async () => {
  for (const more of [{ client_id: 'nobody' }, { client_id: undefined }, { redirect_uri: 'https://evil.example/' }, { redirect_uri: undefined }, { redirect_uri: `${HOME}?a`, response_type: 'token' }]) {
    const { kind, error, to } = await open(create(), more);
    assert.deepEqual([kind, error, to], ['refused', 'invalid_client', undefined], JSON.stringify(more));
  }
  assert.equal((await create().open(`${request()}&redirect_uri=https://evil.example/`, { account: ADA })).kind, 'refused');
});

test('a silent request has an error for who is signed in and for who is not', async () => {
  assert.equal(toldOf(await open(create(), { prompt: 'none' }, null)).error, 'login_required');
  assert.equal(toldOf(await open(create(), { prompt: 'none' })).error, 'consent_required');
});

test('a request is one request whatever it is opened with, and another account’s is another', async () => {
  const ids = [await open(create()), await open(create(), { state: 's 2' }), await open(create(), {}, { ...ADA, sub: 'grace' }), await open(create(), { code_challenge: 'D' })].map(({ request_id: id }) => id);
  assert.equal(ids[0], ids[1]);
  assert.equal(new Set(ids).size, 3);
});

test('a fault of the site’s own storage is no answer to the client, and the request goes on afterwards', async () => {
  let isDown = true;
  const engine = create((id, uri, scope, done) => (isDown ? done(new Error('The password of the database is hunter2')) : validate(id, uri, scope, done)));
  const context = { account: ADA, query: request() };
  await assert.rejects(open(engine), { name: 'EngineUnavailable' });
  await assert.rejects(engine.allow(null, { scopes: [{ scope: 'profile' }] }, context), { name: 'EngineUnavailable' });
  isDown = false;
  assert.equal((await open(engine)).kind, 'ask');
  const { to } = await engine.allow(null, { scopes: [{ scope: 'profile' }] }, context);
  const { code, state, iss } = Object.fromEntries(new URL(to).searchParams);
  assert.deepEqual([typeof code, state, iss], ['string', 's 1', issuer]);
});

test('a denial needs nobody to be signed in', async () => {
  const { to } = await create().deny(null, { account: null, query: request() });
  assert.deepEqual(Object.fromEntries(new URL(to).searchParams), { error: 'access_denied', state: 's 1', iss: issuer });
});
