// Servers that are strange, broken or mean no good: the run ends within its bounds, and each message is short, clear and one that a
// terminal can show.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { Jar } from '../../server/node/src/check/cookies.ts';
import { checkServer } from '../../server/node/src/check/index.ts';
import { textOf } from '../../server/node/src/check/report/text.ts';

const sign_in = { path: '/login' };
/** A config for a server of which nothing is known. */
const CONFIG = {
  client: { client_id: 'app', redirect_uri: 'https://app.example/cb' }, scope: 'openid', optional_scope: 'openid', tokens: false, remember: 'choice', logout: {},
  accounts: { first: { sign_in }, second: { sign_in } }, sign_out: sign_in, page: { path: '/authorize' }, details: { authorization_details: [{ type: 'payment' }] },
};

async function start(t, handle) {
  const server = createServer((req, res) => {
    req.resume();
    req.on('end', () => (req.url === '/login' && handle.signsIn !== false ? res.end() : handle(req, res)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${server.address().port}`;
}

const run = (origin, options = {}) => checkServer({ origin, config: CONFIG, ...options });
const answers = (body, type = 'application/json', status = 200, headers = {}) => (req, res) => res.writeHead(status, { 'content-type': type, ...headers }).end(body);
const gzip = { 'content-encoding': 'gzip' };

/** What a server answers to everything but the sign-in, and what is said of a request that should have a card. */
const STRANGE = {
  'a page of a framework': [answers('<!doctype html><p>\u001b[31mHello\u0007', 'text/html'), /answered 200 without JSON: "<!doctype html>/],
  'nothing': [answers(''), /answered 200 without JSON: ""/],
  'null': [answers('null'), /answered 200 without JSON: "null"/],
  'a redirect to another site': [answers('', 'text/plain', 302, { location: 'https://evil.example/' }), /answered 302 without JSON/],
  'a redirect that is no address': [answers('', 'text/plain', 302, { location: 'http://[' }), /answered 302 without JSON/],
  'an answer that unpacks to 200 MB': [answers(gzipSync(Buffer.alloc(200_000_000)), 'application/json', 200, gzip), /An answer is longer than 2097152 bytes\./],
  'a card without anything': [answers('{"outcome":"consent"}'), /An answer is not as described: authorize\/start: \/transaction must have required property 'transaction'/],
  'a card of other types': [answers('{"outcome":"consent","scopes":{},"client":null,"account":[],"version":5}'), /An answer is not as described: authorize\/start: /],
  'JSON that is too deep to walk': [answers(`{"outcome":"consent","x":${'['.repeat(300_000)}${']'.repeat(300_000)}}`), /The outcome must be `consent`/],
};

for (const [name, [handle, message]] of Object.entries(STRANGE)) {
  test(`${name}: the run ends, and every failure says what came`, { timeout: 120_000 }, async (t) => {
    const { ended, requests } = await run(await start(t, handle));
    const failed = ended.filter(({ state }) => state === 'failed');
    assert.ok(failed.length > 60, `${failed.length} failed`);
    assert.ok(requests < 400, `${requests} requests`);
    for (const one of failed) {
      assert.ok(one.message.length <= 2000, one.message);
      assert.doesNotMatch(one.message, /Cannot read|is not a function|not iterable|Maximum call stack/);
      assert.doesNotMatch(textOf(one), /[\u0000-\u0009\u000b-\u001f\u007f]/);
    }
    assert.match(failed.find(({ check }) => check.id === 'core.card-client').message, message);
  });
}

test('an error of a proxy: the run ends after three checks, and each says what came', async (t) => {
  const messages = [];
  const origin = await start(t, answers('x'.repeat(50_000), 'text/plain', 502));
  await assert.rejects(run(origin, { onEnded: ({ state, message }) => { if (state === 'failed') messages.push(message); } }), { name: 'Stopped', message: /^The server itself failed in 3 checks, one after the other\./ });
  assert.equal(messages.length, 3);
  for (const message of messages) assert.match(message, /^Your server failed: POST \/countersign\/authorize\/start answered 502, request_id unknown\./);
});

test('a card with a million scopes does not fill the memory or the report', { timeout: 120_000 }, async (t) => {
  const origin = await start(t, answers(JSON.stringify({ outcome: 'consent', scopes: Array(900_000).fill(0) })));
  const { ended } = await run(origin, { only: ['core.card-client', 'core.card-scope-once', 'core.members'] });
  for (const { state, message } of ended) {
    assert.equal(state, 'failed');
    assert.ok(message.length <= 2000);
  }
});

const drip = (req, res) => {
  const timer = setInterval(() => res.write(' '), 5);
  res.on('close', () => clearInterval(timer));
};
const cut = (req, res) => {
  res.writeHead(200, { 'content-length': 100 }).write('{');
  setImmediate(() => res.destroy());
};

for (const [name, handle, reason] of [
  ['that answers without an end', drip, /failed: there was no answer within 0\.1 seconds\.$/],
  ['that hangs up in the middle of an answer', cut, /failed: the connection ended before the answer was complete/],
  ['whose answers are not compressed as they say', answers('nonsense', 'application/json', 200, gzip), /failed: the body is not compressed as its Content-Encoding says/],
  ['that sends more headers than anybody reads', (req, res) => res.writeHead(200, { 'set-cookie': Array.from({ length: 10_000 }, (none, n) => `c${n}=1`) }).end(), /failed: the headers of the answer, cookies among them, are longer than 16 KiB/],
]) {
  test(`a server ${name} is given up after eight requests`, async (t) => {
    const origin = await start(t, handle);
    // Without a request to sign in, which a busy machine could answer too late.
    const config = { ...CONFIG, accounts: { first: { cookie: 'session=1' } } };
    await assert.rejects(run(origin, { config, profiles: ['core'], ...(handle === drip && { bounds: { timeout: 100 } }) }), (error) => {
      assert.equal(error.name, 'Stopped');
      assert.match(error.message, /^8 requests failed one after the other\. The last: (GET|POST) /);
      assert.match(error.message, reason);
      return true;
    });
  });
}

test('a run ends at its time, however slowly the server answers', async (t) => {
  const slow = (req, res) => { setTimeout(() => answers('{"outcome":"login"}')(req, res), 60); };
  const origin = await start(t, slow);
  await assert.rejects(run(origin, { bounds: { maxTime: 500 } }), { name: 'Stopped', message: 'The time of the run, 0.5 seconds, is over (--max-time).' });
  const silent = await start(t, () => {});
  await assert.rejects(run(silent, { bounds: { maxTime: 300 } }), { name: 'Stopped', message: 'The time of the run, 0.3 seconds, is over (--max-time).' });
});

test('a server that sets cookies without an end gets back as many as browsers keep, the newest', () => {
  const jar = new Jar();
  jar.take('session=1; Path=/', '/');
  for (let n = 0; n < 10_000; n += 1) {
    jar.take(`c${n}=1; Path=/`, '/');
    if (n % 100 === 0) jar.take('session=1; Path=/', '/');
  }
  const sent = jar.header('/').split('; ');
  assert.equal(sent.length, 180);
  assert.ok(sent.includes('session=1') && sent.includes('c9999=1') && !sent.includes('c9000=1'));
  jar.take(`large=${'x'.repeat(5000)}; Path=/`, '/');
  assert.ok(!jar.header('/').includes('large'));
});

test('what answers is no HTTP: one sentence says so', async (t) => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.end('SSH-2.0-OpenSSH_9.2\r\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address();
  for (const [origin, message] of [[`http://localhost:${port}`, /does not match the HTTP\/1\.1 protocol/], [`https://localhost:${port}`, /it does not speak TLS as it should; is the address really https/]]) {
    await assert.rejects(run(origin, { profiles: ['core'] }), (error) => error.name === 'Stopped' && message.test(error.message) && error.message.length < 300 || assert.fail(error.message));
  }
});
