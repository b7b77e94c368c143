// A development server behind the authorization server: its pages get a looser policy, and nothing else is loosened.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LOOSENED, loosened, looseningTold, notOfDevelopment } from '../../examples/authorization-server/http/development.mjs';
import { pagePolicy } from '../../server/node/src/headers.ts';
import { startServer } from './harness.mjs';

async function system(t, answer, { development = true } = {}) {
  const front = createServer(answer).listen(0, 'localhost');
  await once(front, 'listening');
  t.after(() => {
    front.close();
    front.closeAllConnections();
  });
  const { origin: issuer } = await startServer(t, { frontEnd: { origin: `http://localhost:${front.address().port}`, pages: ['authorization'], development } });
  return { issuer, front };
}

const policyOf = async (address) => (await fetch(address)).headers.get('content-security-policy');
const directives = (policy) => new Map(policy.split('; ').map((one) => [one.split(' ', 1)[0], one]));

test('the pages and files of a development server may do what such servers need, and its own policy stays', async (t) => {
  const { issuer } = await system(t, (req, res) => {
    if (req.url === '/own') res.setHeader('Content-Security-Policy', "script-src 'nonce-x'");
    res.end();
  });
  const wanted = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
    + "connect-src 'self' ws://localhost:* ws://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  assert.equal(await policyOf(`${issuer}/oauth/authorize?client_id=x`), wanted);
  assert.equal(await policyOf(`${issuer}/src/main.jsx`), wanted);
  assert.equal(await policyOf(`${issuer}/own`), "script-src 'nonce-x'");
});

test('the site’s own pages and answers keep the strict policy, and so does everything where no server is one of development', async (t) => {
  const answer = (req, res) => res.end();
  const { issuer, front } = await system(t, answer);
  const strict = pagePolicy();
  for (const path of ['/', '/login', '/gallery', '/countersign/authorize/start', '/.well-known/openid-configuration']) assert.equal(await policyOf(issuer + path), strict, path);
  const plain = await system(t, answer, { development: false });
  assert.equal(await policyOf(`${plain.issuer}/oauth/authorize?client_id=x`), strict);
  front.close();
  front.closeAllConnections();
  const gone = await fetch(`${issuer}/oauth/authorize?client_id=x`);
  assert.deepEqual([gone.status, gone.headers.get('content-security-policy')], [502, strict]);
});

test('what the console tells is what is loosened', () => {
  const [strict, loose] = [directives(pagePolicy()), directives(loosened(pagePolicy()))];
  const changed = [...strict.keys()].filter((name) => strict.get(name) !== loose.get(name));
  assert.deepEqual(changed.sort(), LOOSENED.map(({ directive }) => directive).sort());
  const lines = looseningTold().split('\n');
  assert.equal(lines.length, changed.length);
  for (const name of changed) {
    const added = loose.get(name)?.slice(strict.get(name).length) ?? ' is left out';
    assert.ok(lines.some((line) => line.startsWith(`  ${name}${added}: `)), name);
  }
});

test('calls of its own pages reach it, and those of other sites do not', async (t) => {
  const seen = [];
  const { issuer } = await system(t, async (req, res) => {
    let body = '';
    for await (const part of req) body += part;
    seen.push([req.method, req.url, req.headers['content-type'], req.headers.cookie, body]);
    res.writeHead(201).end('made');
  });
  const call = (path, origin) => fetch(issuer + path, { method: 'PUT', body: '{"a":1}', headers: { 'content-type': 'application/json', cookie: 'countersign_login=ours', ...(origin && { origin }) } });
  const answer = await call('/api/things?x=1', issuer);
  assert.deepEqual([answer.status, await answer.text()], [201, 'made']);
  for (const origin of ['https://elsewhere.example', undefined]) assert.equal((await call('/api/things', origin)).status, 405);
  assert.deepEqual(seen, [['PUT', '/api/things?x=1', 'application/json', undefined, '{"a":1}']]);
});

test('an answer comes as it is written, and ends at the development server when the page has gone', async (t) => {
  const gone = Promise.withResolvers();
  const { issuer } = await system(t, (req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: built\n\n');
    res.on('close', gone.resolve);
  });
  const left = new AbortController();
  const { body } = await fetch(`${issuer}/events`, { signal: left.signal });
  const { value } = await body.getReader().read();
  assert.equal(Buffer.from(value).toString(), 'data: built\n\n');
  left.abort();
  await gone.promise;
});

test('a development server is on this machine, without TLS, and has nothing but a host and a port', () => {
  for (const address of ['http://localhost:5173', 'http://127.0.0.1:3000/', 'http://127.1.2.3:80', 'http://[::1]:5173', 'http://localhost']) assert.equal(notOfDevelopment(address), undefined, address);
  const refused = [
    ['5173', /no address/], ['', /no address/], ['localhost:5173', /not an http address/], ['https://localhost:5173', /without TLS/], ['http://app.example:5173', /not on this machine/],
    ['http://10.0.0.7:5173', /not on this machine/], ['http://127.0.0.1.evil.example', /not on this machine/], ['http://localhost.evil.example', /not on this machine/], ['http://0.0.0.0:5173', /not on this machine/],
    ['http://localhost:5173/app', /more than/], ['http://me@localhost:5173', /more than/], ['http://localhost:5173/?x', /more than/], ['http://localhost:99999', /no address/],
  ];
  for (const [address, why] of refused) assert.match(notOfDevelopment(address) ?? '', why, address);
});

test('the looser policy is not for a site that others reach', async () => {
  const env = { ...process.env, COUNTERSIGN_ORIGIN: 'https://login.example', COUNTERSIGN_FRONT_END: 'http://localhost:5173', COUNTERSIGN_FRONT_END_DEVELOPMENT: '1' };
  const program = fileURLToPath(new URL('../../examples/authorization-server/main.mjs', import.meta.url));
  const failed = await promisify(execFile)(process.execPath, [program], { env, timeout: 30_000 }).catch((error) => error);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /^COUNTERSIGN_ORIGIN is "https:\/\/login\.example", which .*The policy for development is for this machine alone\.$/m);
});
