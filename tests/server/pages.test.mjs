import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createAuthorizationServer } from '../../examples/authorization-server/server.mjs';
import { Browser, startServer } from './harness.mjs';

const MAIN = fileURLToPath(new URL('../../examples/authorization-server/main.mjs', import.meta.url));
/** Written out here, because everything else takes them from one file. */
const STRICT = {
  'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'document-policy': 'force-load-at-top',
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': null,
  'cross-origin-opener-policy': null,
};

function assertStrict(response, what) {
  for (const [name, value] of Object.entries(STRICT)) assert.equal(response.headers.get(name), value, `${what} ${name}`);
}

/** Sends a request unchanged; `fetch` would normalize its target. */
async function raw(origin, target, headers = {}) {
  const { port, host } = new URL(origin);
  const sent = request({ host: '127.0.0.1', port, path: target, headers: { host, ...headers } });
  sent.end();
  const [response] = await once(sent, 'response');
  const chunks = await response.toArray();
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

test('every answer of the site has the strict headers', async (t) => {
  const { origin } = await startServer(t);
  const pages = ['/', '/gallery', '/login', '/b2b/login', '/oauth/authorize', '/b2b/oauth/authorize', '/oauth/logout', '/b2b/oauth/logout', '/nowhere', '/countersign/finish/none', '/oauth/authorize?prompt=none'];
  for (const page of pages) {
    const response = await fetch(origin + page, { redirect: 'manual' });
    assertStrict(response, page);
    assert.equal(response.headers.get('cache-control'), 'no-store', page);
    assert.match(response.headers.get('content-type'), /^text\/html/, page);
    const html = await response.text();
    assert.doesNotMatch(html, /<style|style=|<script>|onload=/, page);
  }
  for (const file of ['/favicon.svg', '/favicon.ico', '/site.css', '/tokens.css', '/logos/acme', '/assets/nowhere.js', '/.well-known/openid-configuration', '/oauth/jwks']) {
    assertStrict(await fetch(origin + file), file);
  }
  assertStrict(await new Browser(origin).fetch('/account/session', { method: 'POST', headers: { origin } }), 'the API');
});

test('the server’s own pages', async (t) => {
  const { origin } = await startServer(t, { clientPort: 5123 });

  await t.test('the first page leads to the client', async () => {
    const html = await (await fetch(origin)).text();
    assert.match(html, /href="http:\/\/localhost:5123\/"/);
  });

  await t.test('the first page leads to everything, and each of its links is answered', async () => {
    const html = await (await fetch(origin)).text();
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href.replaceAll('&amp;', '&'));
    const own = links.filter((href) => href.startsWith('/'));
    for (const href of own) assert.equal((await fetch(origin + href)).status, 200, href);
    for (const href of ['/gallery', '/login', '/oauth/logout', '/.well-known/openid-configuration', '/b2b/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) assert.ok(own.includes(href), href);
    const client = links.filter((href) => href.startsWith('http://localhost:5123/connect?')).map((href) => new URL(href).searchParams);
    assert.deepEqual(client.map((query) => [query.get('action'), query.get('client')]), [[null, 'third-party-public'], ['organization', 'third-party-public']]);
  });

  await t.test('they have the tokens of the consent card', async () => {
    assert.match(await (await fetch(`${origin}/site.css`)).text(), /@import "\/tokens\.css"/);
    assert.match(await (await fetch(`${origin}/tokens.css`)).text(), /--countersign-surface: /);
  });

  await t.test('the gallery is a page of the site as a whole, and the first page leads there', async () => {
    assert.match(await (await fetch(origin)).text(), /href="\/gallery"/);
    for (const query of ['', '?scene=consent']) assert.match(await (await fetch(`${origin}/gallery${query}`)).text(), /<title>gallery<\/title>/);
    const { status, headers } = await fetch(`${origin}/gallery`, { method: 'POST' });
    assert.deepEqual([status, headers.get('allow')], [405, 'GET']);
  });

  await t.test('an unknown address is 404', async () => {
    for (const target of ['/nowhere', '/b2b', '/b2b/gallery', '/gallery/', '/oauth/authorize/', '/interaction/x', '/oauth/logout/confirm', '/oauth/logout/success', '/oauth/authorize/abc', '/b2b/oauth/authorize/abc', '/OAUTH/authorize']) {
      const response = await fetch(origin + target);
      assert.equal(response.status, 404, target);
      assert.match(await response.text(), /There is no such page/);
    }
  });

  await t.test('consumers and members of organizations have a program each', async () => {
    for (const [target, title] of [['/oauth/authorize', 'authorization'], ['/oauth/logout', 'authorization'], ['/b2b/oauth/authorize', 'b2b'], ['/b2b/oauth/logout', 'b2b']]) {
      const html = await fetch(origin + target).then((response) => response.text());
      assert.ok(html.includes(`<title>${title}</title>`), `${target}: ${html}`);
    }
  });

  await t.test('HEAD is answered like GET, without a body', async () => {
    for (const target of ['/', '/gallery', '/oauth/authorize', '/login', '/favicon.svg']) {
      const response = await fetch(origin + target, { method: 'HEAD' });
      assert.equal(response.status, 200, target);
      assert.equal(await response.text(), '');
    }
  });

  await t.test('icons and logos are there, and nothing else under their names', async () => {
    for (const target of ['/favicon.svg', '/favicon.ico', '/logos/acme', '/logos/globex']) {
      const response = await fetch(origin + target);
      assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'image/svg+xml'], target);
    }
    for (const target of ['/logos/nobody', '/logos/..%2ffavicon', '/logos/', '/logos/acme.svg']) assert.equal((await fetch(origin + target)).status, 404, target);
  });

  await t.test('another host name is not answered', async () => {
    for (const host of ['evil.example', new URL(origin).host.replace('localhost', '127.0.0.1')]) {
      const { status } = await raw(origin, '/.well-known/openid-configuration', { host });
      assert.equal(status, 421, host);
    }
  });

  await t.test('a request of 60 kB of headers is read', async () => {
    const { status } = await raw(origin, `/oauth/authorize?state=${'x'.repeat(60_000)}`);
    assert.equal(status, 200);
  });
});

test('built files', async (t) => {
  const dist = await mkdtemp(path.join(os.tmpdir(), 'dist-'));
  t.after(() => rm(dist, { recursive: true }));
  await mkdir(path.join(dist, 'authorization', 'messages'), { recursive: true });
  const page = '<!doctype html><title>page</title>';
  const script = `export default ${'1'.repeat(100)};`;
  await writeFile(path.join(dist, 'authorization', 'index.html'), page);
  await writeFile(path.join(dist, 'authorization', 'index.html.br'), brotliCompressSync(page));
  await writeFile(path.join(dist, 'authorization', 'app-0123456789abcdef.js'), script);
  await writeFile(path.join(dist, 'authorization', 'app-0123456789abcdef.js.br'), brotliCompressSync(script));
  await writeFile(path.join(dist, 'authorization', 'app-0123456789abcdef.js.gz'), gzipSync(script));
  await writeFile(path.join(dist, 'authorization', 'app-0123456789abcdef_bg.wasm'), 'wasm');
  await writeFile(path.join(dist, 'authorization', 'messages', 'de.json'), '{}');
  await writeFile(path.join(dist, 'authorization', '.hidden.js'), 'secret');
  await writeFile(path.join(dist, 'secret.key'), 'secret');
  const { origin } = await startServer(t, { dist });
  const asset = (name, encoding = 'identity') => raw(origin, `/assets/authorization/${name}`, { 'accept-encoding': encoding });

  await t.test('come in an encoding that the browser accepts', async () => {
    for (const [accepted, expected] of [['gzip, deflate, br', 'br'], ['gzip', 'gzip'], ['br;q=0, gzip', 'gzip'], ['identity', undefined], ['', undefined]]) {
      const { status, headers } = await asset('app-0123456789abcdef.js', accepted);
      assert.deepEqual([status, headers['content-encoding'], headers['content-type'], headers.vary], [200, expected, 'text/javascript; charset=utf-8', 'Accept-Encoding']);
    }
    assert.equal((await fetch(`${origin}/assets/authorization/app-0123456789abcdef.js`).then((response) => response.text())), script);
    assert.equal((await raw(origin, '/oauth/authorize', { 'accept-encoding': 'br' })).headers['content-encoding'], 'br');
    assert.equal((await raw(origin, '/oauth/logout')).body.toString(), page);
  });

  await t.test('with a hash in their name are cached for ever', async () => {
    assert.match((await asset('app-0123456789abcdef.js')).headers['cache-control'], /immutable/);
    const wasm = await asset('app-0123456789abcdef_bg.wasm');
    assert.equal(wasm.headers['content-type'], 'application/wasm');
    assert.match(wasm.headers['cache-control'], /immutable/);
    assert.equal((await asset('messages/de.json')).headers['cache-control'], 'no-cache');
  });

  await t.test('are the only files that are served', async () => {
    for (const target of ['../secret.key', '..%2fsecret.key', '.hidden.js', 'messages', 'messages/', 'messages/../index.html', '/etc/passwd', '', 'app-0123456789abcdef.js.br', 'none.js']) {
      assert.equal((await asset(target)).status, 404, target);
    }
    assert.equal((await raw(origin, '/assets/../package.json')).status, 404);
    assert.equal((await raw(origin, '/assets/secret.key')).status, 404);
  });

  await t.test('that are missing are 503', async () => {
    for (const page of ['login', 'gallery']) {
      const response = await fetch(`${origin}/${page}`);
      assert.equal(response.status, 503, page);
      assert.match(await response.text(), /has not been built yet/);
    }
  });
});

test('behind a development server the site has that server’s origin', async (t) => {
  const { origin, server } = await startServer(t, { origin: 'http://localhost:8080' });
  assert.equal(origin, 'http://localhost:8080');
  const own = `http://localhost:${server.port}`;
  const metadata = await (await fetch(`${own}/.well-known/openid-configuration`)).json();
  assert.equal(metadata.issuer, 'http://localhost:8080');
  assert.equal(metadata.token_endpoint, 'http://localhost:8080/oauth/token');
  const browser = new Browser(own);
  assert.deepEqual(await browser.ok('/account/session', {}, { headers: { origin: 'http://localhost:8080' } }), { account: null });
  assert.equal((await browser.call('/account/session', {})).status, 403);
});

test('starting', async (t) => {
  const run = (env) => new Promise((resolve) => {
    execFile(process.execPath, [MAIN], { env: { ...process.env, ...env } }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
  });
  const sentences = ({ stderr }) => stderr.trim().split('\n').filter((line) => !line.startsWith('oidc-provider WARNING'));

  await t.test('a port that is taken gives one clear sentence and a failure', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address();
    const result = await run({ COUNTERSIGN_PORT: String(port) });
    taken.close();
    assert.equal(result.code, 1);
    assert.deepEqual(sentences(result), [`Port ${port} is taken. Stop what listens there, or choose another with COUNTERSIGN_PORT.`]);
  });

  await t.test('a port that is none gives one clear sentence and a failure', async () => {
    const result = await run({ COUNTERSIGN_PORT: 'http' });
    assert.equal(result.code, 1);
    assert.deepEqual(sentences(result), ['COUNTERSIGN_PORT must be a port number from 1 to 65535, and is "http".']);
  });

  await t.test('closing frees the port, and the server can be started again', async () => {
    const server = createAuthorizationServer({ port: 0 });
    const origin = await server.listen();
    await (await fetch(origin)).text();
    await server.close();
    await assert.rejects(fetch(origin));
    const again = await server.listen();
    assert.equal((await fetch(again)).status, 200);
    await server.close();
  });
});

test('over https the site says that it is never served otherwise', async (t) => {
  const { server } = await startServer(t, { origin: 'https://as.example' });
  const { headers } = await raw(`http://localhost:${server.port}`, '/login');
  assert.equal(headers['strict-transport-security'], 'max-age=63072000');
  assert.equal(headers['document-policy'], 'force-load-at-top');
});

test('whoever finds a fault learns where to report it (RFC 9116), for a while', async (t) => {
  const { origin, clock } = await startServer(t);
  const response = await fetch(`${origin}/.well-known/security.txt`);
  assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'text/plain; charset=utf-8']);
  const fields = new Map((await response.text()).trim().split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
  assert.equal(fields.get('Canonical'), `${origin}/.well-known/security.txt`);
  assert.match(fields.get('Contact'), /^https:\/\//);
  assert.match(fields.get('Policy'), /^https:\/\//);
  const expires = new Date(fields.get('Expires')).getTime();
  assert.ok(expires > clock() && expires < clock() + 366 * 24 * 60 * 60 * 1000);
  assert.equal((await fetch(`${origin}/.well-known/security.txt`, { method: 'HEAD' })).status, 200);
  assert.equal((await fetch(`${origin}/.well-known/security.txt`, { method: 'POST' })).status, 405);
  assert.equal((await fetch(`${origin}/b2b/.well-known/security.txt`)).status, 404);
});
