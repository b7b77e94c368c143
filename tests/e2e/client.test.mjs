// The demo's client by itself: what it says when something around it is missing or wrong.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createRelyingParty } from '../../examples/relying-party/relying-party.mjs';
import { html } from '../../examples/relying-party/html.mjs';
import { shortened } from '../../examples/relying-party/messages.mjs';
import { resultPage } from '../../examples/relying-party/result-page.mjs';
import { holdPort } from './support/ports.mjs';

let client;
let issuerPort;
before(async () => {
  const [own, other] = await Promise.all([holdPort(), holdPort()]);
  issuerPort = other.port;
  await Promise.all([own.release(), other.release()]);
  client = await createRelyingParty({ port: own.port, issuer: `http://localhost:${issuerPort}` });
});
after(() => client.close());

const get = (path, options) => fetch(client.url + path, { redirect: 'manual', ...options });

async function run(environment) {
  const file = fileURLToPath(new URL('../../examples/relying-party/main.mjs', import.meta.url));
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...environment } });
  let said = '';
  child.stderr.on('data', (chunk) => { said += chunk; });
  const [code] = await once(child, 'close');
  return { code, said };
}

test('a taken port gives one clear sentence and a failure', async () => {
  const { port } = new URL(client.url);
  const { code, said } = await run({ COUNTERSIGN_CLIENT_PORT: port });
  assert.equal(said, `Port ${port} is taken. Set COUNTERSIGN_CLIENT_PORT to a free one.\n`);
  assert.equal(code, 1);
});

test('a port that is no number gives one clear sentence and a failure', async () => {
  const { code, said } = await run({ COUNTERSIGN_PORT: 'http' });
  assert.equal(said, 'COUNTERSIGN_PORT must be a port number from 1 to 65535, not "http".\n');
  assert.equal(code, 1);
});

test('a server that is not up yet is said, and asked again at the next try', async () => {
  const early = await get('/connect?client=third-party-public');
  assert.equal(early.status, 502);
  assert.match(await early.text(), /The authorization server does not answer/);

  const issuer = `http://localhost:${issuerPort}`;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/oauth/authorize` }));
  });
  server.listen(issuerPort, '127.0.0.1');
  await once(server, 'listening');
  const later = await get('/connect?client=third-party-public&scope=email&scope=members.read&scope=nonsense');
  server.closeAllConnections();
  server.close();
  assert.equal(later.status, 303);
  const address = new URL(later.headers.get('location'));
  assert.equal(address.origin, issuer);
  assert.equal(address.searchParams.get('scope'), 'openid email');
  assert.equal(address.searchParams.get('code_challenge_method'), 'S256');
  for (const name of ['state', 'nonce', 'code_challenge']) assert.ok(address.searchParams.get(name).length >= 43, name);
  assert.match(later.headers.get('set-cookie'), /; Path=\/; HttpOnly; SameSite=Lax$/);
});

for (const path of ['/callback?code=x&state=y', '/callback?error=access_denied&state=y', '/callback?response=a.b.c', '/b2b/callback?response=x']) {
  test(`an answer that nobody waits for is refused: ${path}`, async () => {
    const response = await get(path);
    assert.equal(response.status, 400);
    assert.match(await response.text(), /its state is unknown/);
  });
}

test('an answer that nobody waits for is refused when it is posted, too', async () => {
  const response = await get('/callback', { method: 'POST', body: new URLSearchParams({ code: 'x', state: 'y' }) });
  assert.equal(response.status, 400);
});

test('an unknown page, client, action or response mode is said so', async () => {
  assert.equal((await get('/nothing')).status, 404);
  assert.equal((await get('/connect?client=nobody')).status, 400);
  assert.equal((await get('/connect?action=nonsense')).status, 400);
  assert.equal((await get('/connect?response_mode=pigeon')).status, 400);
  assert.equal((await get('/result?id=somebody-else')).status, 404);
});

test('a body that is too long is refused', async () => {
  assert.equal((await get('/callback', { method: 'POST', body: 'x'.repeat(70_000) })).status, 413);
});

test('every value in a page is escaped', () => {
  const attack = `<script>"'&`;
  assert.equal(String(html`<p title="${attack}">${[attack, html`<b>${1}</b>`]}${undefined}${false}</p>`),
    '<p title="&lt;script&gt;&quot;&#39;&amp;">&lt;script&gt;&quot;&#39;&amp;<b>1</b></p>');
});

test('the first client on the page is chosen, and is one that the site has verified', async () => {
  const page = await (await get('/')).text();
  const [first] = page.match(/<input type="radio"[^>]*>/);
  assert.match(first, /value="third-party-public".* checked/);
  assert.equal(page.match(/<input type="radio"[^>]* checked/g).length, 1);
});

test('the pages have the tokens of the consent card, and a client’s metadata document names its own address', async () => {
  assert.match(await (await get('/tokens.css')).text(), /--countersign-surface: /);
  const { client_id: id, redirect_uris: addresses, token_endpoint_auth_method: method } = await (await get('/client.json')).json();
  assert.deepEqual([id, addresses, method], [`${client.url}/client.json`, [`${client.url}/callback`, `${client.url}/b2b/callback`], 'none']);
});

const SECRETS = { code: 'C'.repeat(43), access_token: 'A'.repeat(300), refresh_token: 'R'.repeat(43), id_token: 'I'.repeat(700), response: 'J'.repeat(900) };

test('a message is shown without what it is worth', () => {
  const shown = shortened({ ...SECRETS, scope: 'openid', expires_in: 3600 });
  assert.deepEqual(shown, {
    code: 'CCCCCC… (43 characters)', access_token: 'AAAAAA… (300 characters)', refresh_token: 'RRRRRR… (43 characters)',
    id_token: 'IIIIII… (700 characters)', response: 'JJJJJJ… (900 characters)', scope: 'openid', expires_in: 3600,
  });
});

test('what an answer says is escaped on the page, and an error is explained', () => {
  const attack = '<script>alert(1)</script>';
  const result = {
    outcome: 'not connected', realm: 'consumer', clientId: 'third-party-public', error: 'access_denied', description: attack, state: 'matched',
    request: { address: `https://as.example/?x=${attack}`, parameters: { scope: attack }, pushed: false }, response: { parameters: { [attack]: attack }, posted: true },
  };
  const page = resultPage({ result, display: 'page' });
  assert.ok(!page.includes(attack));
  assert.equal(page.split('&lt;script&gt;').length - 1, 5);
  assert.match(page, /You said no, or your account can’t give this access\./);
  assert.match(resultPage({ result: { ...result, error: attack }, display: 'page' }), /didn’t pass a check/);
});
