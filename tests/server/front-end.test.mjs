// A front end behind the authorization server: its pages are served as ours are, and nothing else of it gets in.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import test from 'node:test';
import { createAuthorizationServer } from '../../examples/authorization-server/server.mjs';

async function system(t, answer) {
  const asked = [];
  const front = createServer((req, res) => {
    asked.push(req.url);
    answer(req, res);
  });
  front.on('upgrade', (req, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello'));
  front.listen(0, 'localhost');
  await once(front, 'listening');
  const server = createAuthorizationServer({ port: 0, frontEnd: { origin: `http://localhost:${front.address().port}`, pages: ['authorization'] } });
  const issuer = await server.listen();
  t.after(async () => {
    front.close();
    front.closeAllConnections();
    await server.close();
  });
  return { issuer, asked, front };
}

test('its pages and files come under the strict headers, unless it has a policy of its own', async (t) => {
  const { issuer, asked } = await system(t, (req, res) => {
    if (req.url === '/own') res.setHeader('Content-Security-Policy', "script-src 'nonce-x'");
    res.setHeader('X-Framework', 'yes');
    res.end(`front end: ${req.url}`);
  });
  const page = await fetch(`${issuer}/oauth/authorize?client_id=x`);
  assert.equal(await page.text(), 'front end: /oauth/authorize?client_id=x');
  assert.match(page.headers.get('content-security-policy'), /require-trusted-types-for 'script'/);
  assert.equal(page.headers.get('x-frame-options'), 'DENY');
  const own = await fetch(`${issuer}/own`);
  assert.equal(own.headers.get('content-security-policy'), "script-src 'nonce-x'");
  assert.deepEqual(asked, ['/oauth/authorize?client_id=x', '/own']);
});

test('the API, the engine and pages that it does not have never reach it', async (t) => {
  const { issuer, asked } = await system(t, (req, res) => res.end('front end'));
  for (const path of ['/.well-known/openid-configuration', '/countersign/authorize/start', '/oauth/jwks', '/login', '/favicon.svg']) await fetch(issuer + path);
  await fetch(`${issuer}/anything`, { method: 'POST' });
  assert.deepEqual(asked, []);
});

test('a front end that is not there is a page that says so', async (t) => {
  const { issuer, front } = await system(t, (req, res) => res.end());
  front.close();
  front.closeAllConnections();
  const answer = await fetch(`${issuer}/oauth/authorize?client_id=x`);
  assert.equal(answer.status, 502);
  assert.match(await answer.text(), /The front end is not there/);
});

test('a WebSocket is passed on for pages of the site, and for nobody else', async (t) => {
  const { issuer } = await system(t, (req, res) => res.end());
  const { host, port } = new URL(issuer);
  const open = async (origin) => {
    const socket = connect(Number(port), 'localhost');
    socket.write(`GET /ws HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    let said = '';
    socket.on('data', (text) => { said += text; }).on('error', () => {});
    await once(socket, 'close');
    return said;
  };
  assert.match(await open(issuer), /^HTTP\/1\.1 101 [\s\S]*hello$/);
  assert.equal(await open('https://elsewhere.example'), '');
});
