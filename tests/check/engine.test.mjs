// `engine` of a config: an engine at another origin, whose endpoint leads to the page.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { CHECKS } from '../../server/node/src/check/checks/index.ts';
import { readConfig } from '../../server/node/src/check/config.ts';
import { check, example, idsOf, startDemo } from './harness.mjs';

/** A server that answers as `lead` says: where a request leads, or `undefined`. It counts its requests. */
async function listen(t, lead) {
  const requests = [];
  const server = createServer({ maxHeaderSize: 65_536 }, (req, res) => {
    requests.push(req.url);
    const to = lead(new URL(req.url, 'http://localhost'));
    res.writeHead(to === undefined ? 200 : 302, to === undefined ? {} : { Location: to }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => { server.closeAllConnections(); server.close(); });
  return { origin: `http://localhost:${server.address().port}`, requests };
}

/** Node's own client takes no address of this length from a server; engines that are elsewhere lead on with a challenge, which is short. */
const TOO_LONG = 'core.near-limit';
const only = [...CHECKS.core, ...CHECKS.logout].map(({ id }) => id).filter((id) => id !== TOO_LONG);

const withEngine = ({ origin }) => ({ ...example(), engine: { authorize: `${origin}/auth`, end_session: `${origin}/end` } });

test('every request goes by the engine’s endpoints, through its redirects, to the page', async (t) => {
  const { origin } = await startDemo(t);
  // It leads on once within itself, as an engine does that sets a cookie first.
  const steps = { '/auth': '/step', '/step': `${origin}/oauth/authorize`, '/end': `${origin}/oauth/logout` };
  const engine = await listen(t, ({ pathname, search }) => steps[pathname] + search);
  const report = await check(origin, { config: withEngine(engine), only });
  assert.deepEqual(report.ended.filter(({ state }) => state === 'failed').map(({ check: { id }, message }) => [id, message]), []);
  const to = (path) => engine.requests.filter((url) => url.startsWith(`${path}?`));
  assert.ok(to('/auth').length > 50 && to('/end').length > 0, `${to('/auth').length}, ${to('/end').length}`);
  assert.deepEqual(to('/step').length, to('/auth').length);
});

test('where the engine leads to neither the page nor itself, nobody is called', async (t) => {
  const { origin } = await startDemo(t);
  const elsewhere = await listen(t, () => undefined);
  const engine = await listen(t, () => `${elsewhere.origin}/callback?code=x`);
  const report = await check(origin, { config: withEngine(engine), only: ['core.login', 'core.card-client'] });
  assert.deepEqual(idsOf(report, 'failed'), ['core.login', 'core.card-client']);
  assert.ok(engine.requests.length > 0);
  assert.deepEqual(elsewhere.requests, []);
});

test('an engine that leads on for ever, or nowhere, fails the check, which says so', async (t) => {
  const { origin } = await startDemo(t);
  for (const [lead, message] of [[({ searchParams }) => `/auth?hop=${Number(searchParams.get('hop')) + 1}`, /^The engine leads on more than 10 times\.$/], [() => undefined, /^The engine leads nowhere: \/auth answered 200\.$/]]) {
    const engine = await listen(t, lead);
    const { ended: [one] } = await check(origin, { config: withEngine(engine), only: ['core.login'] });
    assert.equal(one.state, 'failed');
    assert.match(one.message, message);
    // One way of the request before the checks, and one of the check.
    assert.ok(engine.requests.length <= 20, `${engine.requests.length} requests`);
  }
});

test('an engine of a config has an address to begin at, which is a whole one', () => {
  const config = (engine) => readConfig({ ...example(), engine }, 'https://id.example.com');
  for (const [engine, message] of [[{}, /^\/engine\/authorize: must be a text, and is missing\.$/], [{ authorize: '/auth' }, /^\/engine\/authorize: must be an absolute address/], [{ authorize: 'https://e.example/auth', logout: 'x' }, /^\/engine\/logout: is not known/]]) {
    assert.throws(() => config(engine), { name: 'ConfigError', message });
  }
  assert.deepEqual(config({ authorize: 'https://e.example/auth' }).engine, { authorize: 'https://e.example/auth' });
});
