// The request targets that the servers of the examples accept.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readTarget } from '../../examples/authorization-server/http/target.mjs';
import { createRelyingParty } from '../../examples/relying-party/relying-party.mjs';
import { createStytchApp } from '../../examples/stytch-app/site.mjs';
import { holdPort } from '../e2e/support/ports.mjs';
import { listenHttp } from '../support/stytch/listen.mjs';
import { startServer } from './harness.mjs';
import { foreignTargets, raw } from './targets.mjs';

const targets = foreignTargets('evil.example');

test('a target is a plain path with a query, or it is refused', () => {
  assert.deepEqual(readTarget('/oauth/authorize?a=%20//b?c\\'), { path: '/oauth/authorize', query: 'a=%20//b?c\\', search: '?a=%20//b?c\\' });
  assert.deepEqual(readTarget('/'), { path: '/', query: '', search: '' });
  assert.deepEqual(readTarget('/x?'), { path: '/x', query: '', search: '?' });
  for (const target of [...targets, '', '?', 'x', '?/']) assert.equal(readTarget(target), undefined, JSON.stringify(target));
});

test('no server of the examples accepts a target that may name another authority or another path', async (t) => {
  const servers = { 'the authorization server': (await startServer(t)).origin };
  const started = [];
  const listening = async (start) => {
    const held = await holdPort();
    await held.release();
    started.push(await start(held.port));
    return `http://localhost:${held.port}`;
  };
  t.after(() => Promise.all(started.map((server) => server.close())));
  servers['the relying party'] = await listening((port) => createRelyingParty({ port, issuer: servers['the authorization server'] }));
  servers['the app on Stytch'] = await listening((port) => createStytchApp({ port, stytch: 'http://localhost:1' }));
  const reached = [];
  servers['the stand-in for Stytch'] = await listening((port) => listenHttp(async ({ url }) => { reached.push(url); return { status: 200, headers: {}, body: '' }; }, port));
  for (const [name, origin] of Object.entries(servers)) {
    for (const target of targets) assert.match(await raw(origin, `GET ${target}`), /^HTTP\/1\.1 40[04] /, `${name}: ${JSON.stringify(target)}`);
  }
  assert.deepEqual(reached, []);
});
