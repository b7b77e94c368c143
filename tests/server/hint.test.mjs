/** ID token hints, before and after the engine checks them. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { readHint } from '../../examples/authorization-server/engine/logout.mjs';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (body) => `${part({ alg: 'RS256' })}.${part(body)}.c2ln`;

/** A realm with one client, whose engine takes every token. */
function realm() {
  const calls = { found: [], validated: 0 };
  return {
    calls,
    provider: {
      Client: { find: async (id) => { calls.found.push(id); return String(id) === 'app' ? { clientId: 'app' } : undefined; } },
      IdToken: { validate: async () => { calls.validated += 1; return { payload: { sub: 'ada' } }; } },
    },
  };
}

test('a hint of a known client is checked by the engine', async () => {
  assert.deepEqual(await readHint(realm(), token({ aud: 'app' })), { client: { clientId: 'app' }, claims: { sub: 'ada' } });
});

test('a hint of a client that is not known never reaches the check, which would need the client’s key', async () => {
  const here = realm();
  assert.equal(await readHint(here, token({ aud: 'nobody' })), undefined);
  assert.deepEqual(here.calls, { found: ['nobody'], validated: 0 });
});

test('a hint without one name of a client is not looked up', async () => {
  for (const hint of ['rubbish', 'a.b.c', `a.${part(null)}.c`, `a.${part('aud')}.c`, token({}), token({ aud: ['app'] }), token({ aud: { toString: 'app' } })]) {
    const here = realm();
    assert.equal(await readHint(here, hint), undefined, hint);
    assert.deepEqual(here.calls, { found: [], validated: 0 }, hint);
  }
});
