// A front end behind the authorization server: its pages are served like ours, and it gets no other
// influence.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { ADA, Browser, Client, startServer } from './harness.mjs';
import { foreignTargets, raw } from './targets.mjs';

const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSet-Cookie: countersign_login=theirs\r\n\r\nhello';

async function system(t, answer, more = {}) {
  const [asked, seen] = [[], []];
  const front = createServer((req, res) => {
    asked.push(req.url);
    seen.push(req.headers);
    answer(req, res);
  });
  front.on('upgrade', (req, socket) => {
    asked.push(req.url);
    seen.push(req.headers);
    socket.end(UPGRADED);
  });
  front.listen(0, 'localhost');
  await once(front, 'listening');
  t.after(() => {
    front.close();
    front.closeAllConnections();
  });
  const { origin: issuer } = await startServer(t, { frontEnd: { origin: `http://localhost:${front.address().port}`, pages: ['authorization'] }, ...more });
  return { issuer, asked, seen, front };
}

const upgrading = (origin) => ({ Origin: origin, Connection: 'Upgrade', Upgrade: 'websocket' });
const CREDENTIALS = { Cookie: 'countersign_login=ours; theme=dark', Authorization: 'Bearer ours' };

/** Another server of this machine, which nothing may reach. */
async function elsewhere(t) {
  const reached = [];
  const server = createServer((req, res) => { reached.push(req.url); res.end('elsewhere'); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => { server.close(); server.closeAllConnections(); });
  return { reached, targets: foreignTargets(`127.0.0.1:${server.address().port}`) };
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

test('whatever the form of the request target, no request goes anywhere but to the front end', async (t) => {
  const { issuer, asked } = await system(t, (req, res) => res.end('front end'));
  const { reached, targets } = await elsewhere(t);
  for (const target of targets) {
    for (const headers of [CREDENTIALS, upgrading(issuer)]) {
      for (const method of headers === CREDENTIALS ? ['GET', 'HEAD', 'POST', 'OPTIONS', 'CONNECT'] : ['GET']) {
        const answer = await raw(issuer, `${method} ${target}`, headers);
        // Node's HTTP parser refuses some targets with 400, and closes the connection of a CONNECT.
        if (method !== 'CONNECT' || answer !== '') assert.match(answer, /^HTTP\/1\.1 40[04] /, `${method} ${JSON.stringify(target)}`);
        assert.doesNotMatch(answer, /elsewhere|front end|hello/, target);
      }
    }
  }
  assert.deepEqual([reached, asked], [[], []]);
});

test('a plain target is passed on byte for byte', async (t) => {
  const { issuer, asked } = await system(t, (req, res) => res.end('front end'));
  const plain = ['/_next/static/chunks/%5Broot%5D.js?v=//a/..%2f\\', '/@vite/client', '/a//b;c=d', '/%E2%82%AC?http://evil.example/'];
  for (const target of plain) assert.match(await raw(issuer, `GET ${target}`), /^HTTP\/1\.1 200 /, target);
  assert.deepEqual(asked, plain);
});

test('the front end gets no cookie and no credential of a browser, and nothing else that it does not need', async (t) => {
  const { issuer, seen } = await system(t, (req, res) => res.end('front end'));
  const { host } = new URL(issuer);
  const more = { ...CREDENTIALS, 'Proxy-Authorization': 'Basic x', 'X-Forwarded-Host': 'evil.example', Accept: 'text/html', Origin: issuer, 'Keep-Alive': 'timeout=9' };
  for (const path of ['/oauth/authorize?client_id=x', '/file.js']) await raw(issuer, `GET ${path}`, more);
  await raw(issuer, 'GET /socket', { ...more, ...upgrading(issuer) });
  assert.equal(seen.length, 3);
  for (const headers of seen) {
    for (const name of ['cookie', 'authorization', 'proxy-authorization', 'x-forwarded-host', 'keep-alive']) assert.equal(headers[name], undefined, name);
    assert.notEqual(headers.host, host);
  }
  assert.equal(seen[0].accept, 'text/html');
});

test('the front end sets no cookie, and sends no header that acts on the whole site', async (t) => {
  const acting = {
    'Set-Cookie': ['countersign_login=theirs; Path=/', 'other=1'], 'Clear-Site-Data': '"*"', 'Service-Worker-Allowed': '/', 'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Credentials': 'true', 'Strict-Transport-Security': 'max-age=1', 'Cross-Origin-Opener-Policy': 'same-origin', 'Alt-Svc': 'h2=":1"', 'Refresh': '0; url=//evil.example',
    'Report-To': '{}', 'NEL': '{}', 'Origin-Agent-Cluster': '?1', 'Proxy-Authenticate': 'Basic', 'WWW-Authenticate': 'Basic', 'Keep-Alive': 'timeout=9', 'Upgrade': 'h2c',
  };
  const weaker = { 'X-Frame-Options': 'ALLOWALL', 'X-Content-Type-Options': 'none', 'Referrer-Policy': 'unsafe-url' };
  const { issuer } = await system(t, (req, res) => {
    for (const [name, value] of Object.entries({ ...acting, ...weaker, ETag: '"1"', Vary: 'rsc' })) res.setHeader(name, value);
    res.end('front end');
  });
  for (const path of ['/oauth/authorize?client_id=x', '/file.js']) {
    const { headers } = await fetch(issuer + path);
    for (const name of Object.keys(acting)) if (name !== 'Set-Cookie' && name !== 'Keep-Alive') assert.equal(headers.get(name), null, name);
    assert.deepEqual(headers.getSetCookie().filter((cookie) => !/^countersign_browser=/.test(cookie)), []);
    assert.deepEqual([headers.get('x-frame-options'), headers.get('x-content-type-options'), headers.get('referrer-policy')], ['DENY', 'nosniff', 'no-referrer']);
    assert.deepEqual([headers.get('etag'), headers.get('vary')], ['"1"', 'rsc']);
  }
});

test('a redirect of the front end is passed on and never followed; one within the front end stays on the site', async (t) => {
  const { reached } = await elsewhere(t);
  let location;
  const { issuer, asked, front } = await system(t, (req, res) => res.writeHead(307, { Location: location }).end());
  const behind = `http://localhost:${front.address().port}`;
  for (const [given, passed] of [['/there?x=1', `${issuer}/there?x=1`], ['there#y', `${issuer}/there#y`], [`${behind}/there`, `${issuer}/there`], [`${behind}//evil.example`, `${issuer}//evil.example`], ['https://sign-in.example/x', 'https://sign-in.example/x']]) {
    location = given;
    const answer = await fetch(`${issuer}/from`, { redirect: 'manual' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [307, passed]);
  }
  assert.deepEqual([asked.every((url) => url === '/from'), reached], [true, []]);
});

test('a WebSocket is passed on for pages of the site, and for nobody else', async (t) => {
  const { issuer, asked } = await system(t, (req, res) => res.end());
  const answer = await raw(issuer, 'GET /ws?token=1', { ...CREDENTIALS, ...upgrading(issuer) });
  assert.match(answer, /^HTTP\/1\.1 101 [\s\S]*hello$/);
  assert.doesNotMatch(answer, /set-cookie/i);
  assert.equal(await raw(issuer, 'GET /ws', upgrading('https://elsewhere.example')), '');
  assert.deepEqual(asked, ['/ws?token=1']);
});

test('a front end that refuses the WebSocket, or is not there, ends the connection and nothing else', async (t) => {
  const { issuer, front } = await system(t, (req, res) => res.end('front end'));
  front.removeAllListeners('upgrade');
  assert.equal(await raw(issuer, 'GET /ws', upgrading(issuer)), '');
  front.close();
  front.closeAllConnections();
  assert.equal(await raw(issuer, 'GET /ws', upgrading(issuer)), '');
  assert.equal((await fetch(`${issuer}/oauth/jwks`)).status, 200);
});

test('with kept queries, a front end sees a transaction and never the request, and the client gets its state as it was', async (t) => {
  const { issuer, asked } = await system(t, (req, res) => res.end('<p>theirs</p>'), { keepQueries: true });
  const [browser, client] = [new Browser(issuer), await Client.known(issuer)];
  await browser.login(ADA);
  const state = 'a+b %2f ü';
  const { status, headers } = await browser.fetch(`/oauth/authorize?${await client.query({ state, prompt: 'consent' })}&flag`);
  assert.equal(status, 303);
  const page = headers.get('location');
  assert.match(page, /^\/oauth\/authorize\?transaction=[\w-]+$/);
  assert.equal(await (await browser.fetch(page)).text(), '<p>theirs</p>');
  assert.deepEqual(asked, [page]);
  const shown = await browser.start('consumer', { transaction: new URL(page, issuer).searchParams.get('transaction') });
  const { answer } = await browser.allow(shown);
  assert.equal(new URL(answer.redirect_uri).searchParams.get('state'), state);
  const logout = (await browser.fetch('/oauth/logout?state=a+b')).headers.get('location');
  assert.match(logout, /^\/oauth\/logout\?logout=[\w-]+$/);
});
