// The kit under a real server of node:http.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import test from 'node:test';
import { incoming, packageFiles, toNodeHandler } from '../../server/node/src/node.ts';
import { createSite, QUERY } from './support/site.mjs';

/** A server on a free port, closed after the test. The kit's origin is the server's. */
async function listen(t, { wrap = (handler) => handler, ...options } = {}) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => { server.closeAllConnections(); server.close(); });
  const origin = `http://127.0.0.1:${server.address().port}`;
  const site = createSite({ origin, ...options });
  site.current = { sub: 'ada' };
  server.on('request', wrap(toNodeHandler(site.handler, { origin })));
  return { site, origin, port: server.address().port };
}

const call = (origin, body, headers = {}) => fetch(`${origin}/countersign/authorize/start`, {
  method: 'POST', headers: { Origin: origin, 'X-Countersign': '1', 'Content-Type': 'application/json', ...headers }, body, duplex: 'half',
});
const START = JSON.stringify({ realm: 'consumer', query: QUERY });

test('a call over HTTP gets the card and its cookie, on loopback without a prefix', async (t) => {
  const { origin } = await listen(t);
  const response = await call(origin, START);
  const card = await response.json();
  assert.equal(card.outcome, 'consent');
  const [cookie] = response.headers.getSetCookie();
  assert.match(cookie, new RegExp(`^countersign-${card.transaction}=[\\w-]+; Path=/; HttpOnly; SameSite=Lax; Max-Age=900$`));
});

test('cookies of the engine and of middleware reach the browser, each in a line of its own', async (t) => {
  const script = { open: (query, { setCookie }) => { setCookie('one=1; Path=/'); setCookie('two=2; Path=/'); } };
  const wrap = (handler) => (req, res) => { res.setHeader('Set-Cookie', 'host=0'); return handler(req, res); };
  const { origin } = await listen(t, { script, wrap });
  const cookies = (await call(origin, START)).headers.getSetCookie();
  assert.deepEqual(cookies.slice(0, 3), ['host=0', 'one=1; Path=/', 'two=2; Path=/']);
});

test('a path that middleware has cut is whole again', async (t) => {
  const wrap = (handler) => (req, res) => {
    req.originalUrl = req.url;
    req.url = req.url.replace('/countersign', '');
    return handler(req, res);
  };
  const { origin } = await listen(t, { wrap });
  assert.equal((await call(origin, START)).status, 200);
});

test('the address that a request claims for itself does not count', async (t) => {
  const { origin, port, site } = await listen(t);
  const sent = request({ host: '127.0.0.1', port, path: '/countersign/authorize/start', method: 'POST', headers: { Host: 'evil.example', Origin: 'http://evil.example', 'X-Countersign': '1', 'Content-Type': 'application/json' } });
  sent.end(START);
  const [response] = await once(sent, 'response');
  response.resume();
  assert.equal(response.statusCode, 403);
  assert.equal(site.engine.calls.length, 0);
  assert.notEqual(origin, 'http://evil.example');
});

test('a target that is no path is 404', async (t) => {
  const { port } = await listen(t);
  for (const target of ['http://evil.example/countersign/authorize/start', '//evil.example/countersign/authorize/start']) {
    const sent = request({ host: '127.0.0.1', port, path: target, method: 'POST' });
    sent.end();
    const [response] = await once(sent, 'response');
    response.resume();
    assert.equal(response.statusCode, 404, target);
  }
});

test('a body that never ends is not read: the call is 400 and the connection ends', { timeout: 20_000 }, async (t) => {
  const { origin, port } = await listen(t);
  const socket = connect(port, '127.0.0.1');
  t.after(() => socket.destroy());
  socket.on('error', () => {});
  socket.write(`POST /countersign/authorize/start HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nX-Countersign: 1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`;
  for (let sent = 0; sent < 4; sent += 1) socket.write(chunk);
  let answer = '';
  socket.on('data', (data) => { answer += data; });
  await once(socket, 'close');
  assert.match(answer, /^HTTP\/1\.1 400 /);
  assert.match(answer, /longer than 48 KiB/);
  assert.match(answer, /^connection: close\r$/im, 'nobody sends a second request on it');
});

test('a method that no fetch request can have is 405, like every other that is no POST', async (t) => {
  const { origin, port } = await listen(t);
  for (const method of ['TRACE', 'PUT', 'DELETE']) {
    const sent = request({ host: '127.0.0.1', port, path: '/countersign/authorize/start', method, headers: { Origin: origin, 'X-Countersign': '1' } });
    sent.end();
    const [response] = await once(sent, 'response');
    response.resume();
    assert.equal(response.statusCode, 405, method);
  }
});

test('a body that something has read before is said, in the answer and on the console', async (t) => {
  const { mock } = t.mock.method(console, 'error', () => {});
  const wrap = (handler) => async (req, res) => {
    for await (const chunk of req) void chunk;
    await handler(req, res);
  };
  const { origin } = await listen(t, { wrap });
  const response = await call(origin, START);
  assert.deepEqual([response.status, await response.text()], [500, 'The body was already read: mount the kit before body parsers, such as express.json().']);
  assert.deepEqual(mock.calls.map(({ arguments: given }) => given), [['countersign: a request failed:', 'The body was already read: mount the kit before body parsers, such as express.json().']]);
});

test('account and adapter find what middleware has put on the request of node:http', async (t) => {
  const wrap = (handler) => (req, res) => handler(Object.assign(req, { session: { user: 'ada' } }), res);
  const found = [];
  const script = { open: (query, { request }) => { found.push(incoming(request).session.user); } };
  const { origin } = await listen(t, { wrap, script, account: (request) => ({ sub: incoming(request).session.user }) });
  assert.equal((await (await call(origin, START)).json()).account.sub, 'ada');
  assert.deepEqual(found, ['ada']);
  assert.throws(() => incoming(new Request('https://site.example/')), { name: 'TypeError', message: /that toNodeHandler or toRequest has made/ });
});

test('a handler without an origin is refused when it is made', () => {
  for (const options of [undefined, {}, { origin: 'https://site.example/' }]) assert.throws(() => toNodeHandler(() => {}, options), { name: 'TypeError', message: /needs \{ origin \}/ });
  assert.throws(() => toNodeHandler(undefined, { origin: 'https://site.example' }), { message: /needs the handler that countersign\(\) returns/ });
});

test('a folder as text is refused, with what to write', async () => {
  await assert.rejects(packageFiles('node_modules/countersign/dist'), { name: 'TypeError', message: /packageFiles needs no folder for the files of the package/ });
});
