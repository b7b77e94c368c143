import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { Agent, Outlet } from '../../server/node/src/check/client.ts';
import { Jar } from '../../server/node/src/check/cookies.ts';
import { check, example, idsOf, startDemo, startFaulty } from './harness.mjs';

/** A server that counts its requests. */
async function listen(t, handle) {
  const requests = [];
  const server = createServer((req, res) => {
    requests.push(`${req.method} ${req.url}`);
    handle(req, res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://localhost:${server.address().port}`, requests };
}

test('no request leaves the origin, wherever the server sends the check', async (t) => {
  const elsewhere = await listen(t, (req, res) => res.end('{}'));
  const server = await startFaulty(t);
  server.proxy.mutate({
    answer(answer, call) {
      if (/well-known/.test(call.url)) return { ...answer, json: { ...answer.json, token_endpoint: `${elsewhere.origin}/token`, registration_endpoint: `${elsewhere.origin}/register`, pushed_authorization_request_endpoint: `${elsewhere.origin}/par` } };
      if (answer.json?.outcome === 'redirect') return { ...answer, json: { ...answer.json, redirect_uri: `${elsewhere.origin}/callback?code=x`, intermediate: true } };
      if (answer.status === 303) return { ...answer, headers: { ...answer.headers, location: `${elsewhere.origin}/` } };
      return undefined;
    },
  });
  const report = await check(server.origin);
  for (const id of ['core.token-scopes', 'core.deny', 'core.pushed', 'remember.kept', 'page.post']) assert.ok(idsOf(report, 'failed').includes(id), id);
  assert.deepEqual(elsewhere.requests, []);
});

test('a path of the config cannot lead elsewhere', async (t) => {
  const { origin } = await startDemo(t);
  for (const path of ['//evil.example/login', '/\\evil.example/login', 'https://evil.example/login']) {
    await assert.rejects(async () => check(origin, { config: { ...example(), sign_out: { path } } }), { name: 'ConfigError' }, path);
  }
});

test('the run stops at its limit of requests', async (t) => {
  let sent = 0;
  const server = await startFaulty(t);
  server.proxy.mutate({ request() { sent += 1; } });
  await assert.rejects(check(server.origin, { bounds: { maxRequests: 20 } }), { name: 'Stopped', message: 'The limit of 20 requests is reached (--max-requests).' });
  assert.equal(sent, 20);
});

test('a redirect that never ends is given up', async (t) => {
  const server = await startFaulty(t);
  let hops = 0;
  server.proxy.mutate({
    answer(answer, call) {
      if (answer.json?.outcome === 'redirect') return { ...answer, json: { outcome: 'redirect', intermediate: true, redirect_uri: `${server.origin}/round` } };
      if (call.url !== '/round') return undefined;
      hops += 1;
      return { ...answer, status: 302, headers: { ...answer.headers, location: '/round' } };
    },
  });
  assert.deepEqual(idsOf(await check(server.origin, { only: ['core.deny'] }), 'failed'), ['core.deny']);
  assert.equal(hops, 5);
});

test('a server that does not answer, or answers without an end, does not hold the check', async (t) => {
  const silent = await listen(t, () => {});
  await assert.rejects(new Outlet(silent.origin, { timeout: 50 }).send('/'), { name: 'Failed', message: 'GET / failed: there was no answer within 0.05 seconds.' });
  const endless = await listen(t, (req, res) => {
    const write = () => { while (!res.destroyed && res.write('x'.repeat(10_000)));  };
    res.on('drain', write);
    write();
  });
  await assert.rejects(new Outlet(endless.origin, { maxBytes: 100_000 }).send('/'), { name: 'Failed', message: 'An answer is longer than 100000 bytes.' });
  await assert.rejects(new Outlet('http://localhost:1').send('/'), { name: 'Failed' });
});

test('every request says which check it belongs to', async (t) => {
  const seen = new Set();
  const server = await startFaulty(t);
  server.proxy.mutate({ request({ headers }) { seen.add(headers['user-agent']); } });
  await check(server.origin, { only: ['core.login', 'core.deny'] });
  assert.deepEqual([...seen], ['countersign-check preparation', 'countersign-check core.login', 'countersign-check core.deny']);
});

test('a browser keeps its cookies by name and path, until they end', async (t) => {
  const jar = new Jar();
  jar.take('a=1; Path=/; HttpOnly', '/x');
  jar.take('b=2', '/account/login');
  jar.take('c=3=4; Path=/account; Max-Age=60', '/');
  jar.take('a=5; Path=/account', '/');
  jar.take('=none', '/');
  jar.take('nothing', '/');
  assert.equal(jar.header('/'), 'a=1');
  assert.equal(jar.header('/account/logout'), 'a=1; b=2; c=3=4; a=5');
  assert.equal(jar.header('/accounts'), 'a=1');
  jar.take('a=; Path=/; Max-Age=0', '/');
  jar.take('c=; Path=/account; Expires=Thu, 01 Jan 1970 00:00:00 GMT', '/');
  assert.equal(jar.header('/account/x'), 'b=2; a=5');
  assert.equal(jar.header('/'), undefined);
  const echo = await listen(t, (req, res) => res.setHeader('set-cookie', ['one=1; Path=/', 'two=2; Path=/']).end(req.headers.cookie ?? 'none'));
  const agent = new Agent(new Outlet(echo.origin));
  assert.equal(await (await agent.fetch('/')).text(), 'none');
  assert.equal(await (await agent.fetch('/')).text(), 'one=1; two=2');
});
