/** Clients whose id is the address of their metadata. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import * as oauth from 'openid-client';
import { createDocuments, isDocumentId } from '../../examples/authorization-server/registration/metadata-document.mjs';
import { isLoopbackAddress, isPublicAddress } from '../../examples/authorization-server/registration/network.mjs';
import { fetchOutside } from '../../examples/authorization-server/registration/outbound.mjs';
import { Browser, Client, GRACE, KEPT, card, startServer } from './harness.mjs';

const APP = 'https://app.example/callback';

/** A web server with documents. `answers` has a function for each path. */
async function startHost(t, host = 'localhost') {
  const answers = new Map();
  const seen = [];
  const server = createServer((req, res) => {
    seen.push({ path: req.url, headers: req.headers });
    const answer = answers.get(req.url);
    if (answer === undefined) res.writeHead(404).end();
    else answer(res, req);
  });
  server.listen(0, host === 'localhost' ? '127.0.0.1' : host);
  await once(server, 'listening');
  t.after(() => { server.close(); server.closeAllConnections(); });
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${server.address().port}`;
  const raw = (path, body, { status = 200, ...headers } = {}) => {
    answers.set(path, (res) => res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body));
    return origin + path;
  };
  /** A document with some members of its own. `undefined` leaves a member out. */
  const put = (path, more = {}, headers = {}) => raw(path, JSON.stringify({ client_id: origin + path, client_name: 'Tool', redirect_uris: [APP], ...more }), headers);
  return { origin, answers, seen, raw, put };
}

/** A client library for such an id. */
async function clientOf(origin, id, prefix = '', redirect = APP) {
  const config = await oauth.discovery(new URL(origin + prefix), id, undefined, oauth.None(), { execute: [oauth.allowInsecureRequests] });
  return new Client(config, redirect);
}

test('the id of a client that has a document', () => {
  for (const id of [
    'https://app.example/client.json', 'https://app.example/', 'https://app.example:8443/a/b?c=d', 'https://app.example/.well-known/x', 'https://app.example/a..b',
    'http://localhost:3000/client.json', 'http://127.0.0.1/client.json', 'http://[::1]:3000/client.json', 'HTTPS://app.example/client.json', 'https://app.example/x@y',
  ]) assert.equal(isDocumentId(id), true, id);
  for (const id of [
    'https://app.example', 'https://app.example?x', 'http://app.example/client.json', 'http://10.0.0.1/client.json', 'ftp://app.example/x', 'client', '', undefined,
    'https://app.example/a/../b', 'https://app.example/./b', 'https://app.example/a/..', 'https://app.example/.', 'https://app.example/%2e%2E/b', 'https://app.example/.%2e?x',
    'https://app.example/x#y', 'https://app.example/x#', 'https://user@app.example/x', 'https://:p@app.example/x', 'https://@app.example/x', 'https:///x', 'https:/app.example/x',
    'https://app.example\\x', 'https://app.example/a b', ' https://app.example/x', 'https://app.example/\u00e9', 'https://app.example/x\n', 'https://app.example:99999/x',
    `https://app.example/${'x'.repeat(2048 - 19)}`,
  ]) assert.equal(isDocumentId(id), false, id);
  assert.equal(isDocumentId(`https://app.example/${'x'.repeat(2048 - 20)}`), true);
});

test('addresses that are public, and addresses that are this machine', () => {
  for (const address of ['1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255', '2606:4700::1111', '2a00::1', '2003::1', '3ffe::1']) {
    assert.deepEqual([isPublicAddress(address), isLoopbackAddress(address)], [true, false], address);
  }
  for (const address of [
    '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.0', '100.127.255.255', '169.254.169.254', '172.16.0.0', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.88.99.1', '192.168.0.0', '192.168.255.255',
    '198.18.0.0', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.1.1.1', '240.0.0.0', '255.255.255.255', '::', '::2', '::ffff:127.0.0.1', '::ffff:1.1.1.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::a00:1',
    '64:ff9b:1::1', 'fc00::1', 'fdff::1', 'fe80::1', 'fe80::1%lo', 'febf::1', 'fec0::1', 'ff02::1', '100::1', '2001:db8::1', '2001::1', '2001:1ff::1', '2002:7f00:1::', '2620:4f:8000::1', '3fff::1', '5f00::1', '4000::1', '1fff::1', 'no address', '',
  ]) assert.deepEqual([isPublicAddress(address), isLoopbackAddress(address)], [false, false], address);
  for (const address of ['127.0.0.1', '127.0.0.0', '127.255.255.255', '::1']) assert.deepEqual([isPublicAddress(address), isLoopbackAddress(address)], [false, true], address);
});

test('a client is known by its document', async (t) => {
  const { origin, clock } = await startServer(t);
  const host = await startHost(t);

  await t.test('which is announced, in both realms', async () => {
    for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/b2b']) {
      assert.equal((await (await fetch(origin + path)).json()).client_id_metadata_document_supported, true);
    }
  });

  await t.test('from the card to renewed tokens, in both realms', async () => {
    for (const [realm, prefix] of [['consumer', ''], ['b2b', '/b2b']]) {
      const id = host.put(`/client${realm}.json`, { grant_types: ['authorization_code', 'refresh_token'], token_endpoint_auth_method: 'none', client_uri: 'https://app.example/' });
      const client = await clientOf(origin, id, prefix);
      const browser = new Browser(origin);
      const shown = await card(browser, client, { scope: 'openid offline_access' }, { realm, email: GRACE });
      assert.deepEqual(shown.client, {
        client_id: id, name: 'Tool', client_uri: 'https://app.example/', registrable_domain: 'app.example', party: 'third', registration: 'metadata_document', verified: false, native: false,
      });
      const tokens = await client.redeem((await browser.allow(shown)).answer.redirect_uri);
      assert.ok((await oauth.refreshTokenGrant(client.config, tokens.refresh_token)).access_token);
    }
  });

  await t.test('also without a method of authentication, and with grants that nobody offers here', async () => {
    const device = 'urn:ietf:params:oauth:grant-type:device_code';
    const id = host.put('/vscode.json', { grant_types: ['authorization_code', 'refresh_token', device, 'client_credentials'], response_types: ['code', 'token'], scope: 'mcp:tools', redirect_uris: ['http://127.0.0.1/', 'https://vscode.dev/redirect'] });
    const client = await clientOf(origin, id, '', 'http://127.0.0.1:33418/');
    const shown = await card(new Browser(origin), client);
    assert.deepEqual([shown.client.native, shown.remember, shown.redirect_uri], [true, 'never', 'http://127.0.0.1:33418/']);
    const service = await fetch(`${origin}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id }) });
    assert.equal(service.ok, false);
  });

  await t.test('in pushed requests, too', async () => {
    const client = await clientOf(origin, host.put('/pushed.json'));
    const address = await oauth.buildAuthorizationUrlWithPAR(client.config, await client.parameters());
    assert.equal((await fetch(address, { redirect: 'manual' })).status, 303);
  });

  await t.test('says nothing that this server alone can know, and has no picture from elsewhere', async () => {
    const id = host.put('/boast.json', { party: 'first', verified: true, registration: 'managed', logo_uri: 'https://evil.example/logo.png', tos_uri: 'http://far.example/terms', policy_uri: 'https://app.example/privacy' });
    const { client } = await card(new Browser(origin), await clientOf(origin, id));
    assert.deepEqual([client.party, client.verified, client.registration, client.logo_uri, client.tos_uri, client.policy_uri], ['third', false, 'metadata_document', undefined, undefined, 'https://app.example/privacy']);
  });

  await t.test('with an https address it can be remembered', async () => {
    const client = await clientOf(origin, host.put('/remember.json'));
    const browser = new Browser(origin);
    const shown = await card(browser, client, { prompt: undefined });
    assert.equal(shown.remember, 'choice');
    await browser.allow(shown, KEPT);
    assert.equal((await browser.start('consumer', await client.query())).outcome, 'redirect');
  });

  await t.test('the document is kept as its headers say, for a minute at least and a day at most', async () => {
    const HOUR = 3600;
    const date = new Date().toUTCString();
    for (const [path, headers, seconds] of [
      ['/age', { 'cache-control': 'public, max-age=7200' }, 2 * HOUR], ['/short', { 'cache-control': 'max-age=1' }, 60], ['/none', {}, 60], ['/store', { 'cache-control': 'no-store, max-age=7200' }, 60],
      ['/long', { 'cache-control': 'max-age=999999999' }, 24 * HOUR], ['/expires', { date, expires: new Date(Date.parse(date) + HOUR * 1000).toUTCString() }, HOUR],
    ]) {
      const id = host.put(path, {}, headers);
      const ask = () => new Browser(origin).start('consumer', new URLSearchParams({ client_id: id, redirect_uri: APP, response_type: 'code', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' }).toString());
      const times = () => host.seen.filter((one) => one.path === path).length;
      await Promise.all([ask(), ask(), ask()]);
      clock.advance(seconds - 1);
      await ask();
      assert.equal(times(), 1, `${path} is read once`);
      clock.advance(1);
      await ask();
      assert.equal(times(), 2, `${path} is read again`);
    }
  });

  await t.test('its server gets no cookie and no header of a browser', () => {
    const { headers } = host.seen[0];
    assert.deepEqual(Object.keys(headers).sort(), ['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
  });
});

test('a document that cannot be used is an error on the page, and is read again next time', async (t) => {
  const { origin } = await startServer(t);
  const host = await startHost(t);
  const ask = (id, realm = 'consumer') => new Browser(origin).start(realm, new URLSearchParams({ client_id: id, redirect_uri: APP, response_type: 'code', scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' }).toString());
  const document = (more, id = `${host.origin}/a.json`) => JSON.stringify({ client_id: id, redirect_uris: [APP], ...more });
  const fill = (size) => {
    const padding = size - document({ client_name: '' }).length;
    return document({ client_name: 'x'.repeat(padding) });
  };

  for (const [name, bodyOf, headers] of [
    ['of another id', () => document({ client_id: `${host.origin}/b.json` })],
    ['of its id in another case', () => document({ client_id: `${host.origin}/A.json` })],
    ['without an id', () => document({ client_id: undefined })],
    ['with a secret', () => document({ client_secret: 'secret' })],
    ['with the end of a secret', () => document({ client_secret_expires_at: 0 })],
    ...['client_secret_basic', 'client_secret_post', 'client_secret_jwt'].map((method) => [`with ${method}`, () => document({ token_endpoint_auth_method: method })]),
    ['with an algorithm that needs a secret', () => document({ id_token_signed_response_alg: 'HS256' })],
    ['with an unsafe address', () => document({ redirect_uris: ['http://homeassistant.local:8123/cb'] })],
    ['with an unsafe address among good ones', () => document({ redirect_uris: [APP, 'ms-msdt:/id'] })],
    ['with an unsafe address after a sign-out', () => document({ post_logout_redirect_uris: ['https://good.example@evil.example/'] })],
    ['without an address', () => document({ redirect_uris: [] })],
    ['with none of the grants here', () => document({ grant_types: ['client_credentials'] })],
    ['with none of the responses here', () => document({ response_types: ['token'] })],
    ['with text for a list', () => document({ grant_types: 'authorization_code' })],
    ['that is a list', () => '[]'], ['that is nothing', () => 'null'], ['that is text', () => '"x"'], ['that is no JSON', () => '{'], ['that is empty', () => ''],
    ['that is no UTF-8', () => Buffer.concat([Buffer.from(document({ client_name: 'x' }).slice(0, -2)), Buffer.from([0xff, 0x22, 0x7d])])],
    ['of 5 KiB and a byte', () => fill(5 * 1024 + 1)],
    ['of another type', () => document({}), { 'content-type': 'text/html' }],
    ['of a type that only begins so', () => document({}), { 'content-type': 'application/jsonp' }],
    ['that is packed', () => document({}), { 'content-encoding': 'gzip' }],
    ['that is missing', () => document({}), { status: 404 }],
    ['with another good status', () => document({}), { status: 203 }],
    ['that moved', () => document({}), { status: 302, location: '/good.json' }],
  ]) {
    await t.test(name, async () => {
      host.put('/good.json');
      const id = host.raw('/a.json', bodyOf(), headers);
      for (const realm of ['consumer', 'b2b']) assert.equal((await ask(id, realm)).outcome, 'error');
      host.put('/a.json');
      assert.equal((await ask(id)).outcome, 'login', 'the fault is not kept');
    });
    host.answers.clear();
    // The good document of the round before is kept: the next round has a server of its own.
    Object.assign(host, await startHost(t));
  }

  await t.test('and one of exactly 5 KiB, with a structured type, is read', async () => {
    const id = host.raw('/a.json', fill(5 * 1024), { 'content-type': 'application/oauth-client+json; charset=utf-8' });
    assert.equal((await ask(id)).outcome, 'login');
  });

  await t.test('and one that goes on for ever is cut off', async () => {
    let written = 0;
    host.answers.set('/endless', (res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      const more = () => { while (!res.destroyed && res.write('x'.repeat(1024))) written += 1024; };
      res.on('drain', more);
      more();
    });
    assert.equal((await ask(`${host.origin}/endless`)).outcome, 'error');
    assert.ok(written < 10_000_000);
  });
});

test('a document is read again when its time is over, and the oldest of five hundred leaves', async (t) => {
  const host = await startHost(t);
  let now = 1000;
  const documents = createDocuments(() => now, { loopback: true });
  const id = host.put('/client.json');
  const times = () => host.seen.filter(({ path }) => path === '/client.json').length;
  const first = await documents.read(id);
  first.redirect_uris.push('https://evil.example/');
  now += 59_999;
  assert.deepEqual((await documents.read(id)).redirect_uris, [APP], 'what is kept cannot be changed from outside');
  assert.equal(times(), 1);
  now += 1;
  await documents.read(id);
  assert.equal(times(), 2);
  for (let count = 0; count < 499; count += 1) await documents.read(host.put(`/${count}`));
  await documents.read(id);
  assert.equal(times(), 2);
  await documents.read(host.put('/499'));
  await documents.read(id);
  assert.equal(times(), 3);
});

test('only the public network is called, and this machine if the host allows it', async (t) => {
  const host = await startHost(t);
  const port = new URL(host.origin).port;
  const refuses = async (id, options) => {
    await assert.rejects(createDocuments(Date.now, options).read(id), { name: 'Error', message: /the host is not on the public network|the address is not https/ }, id);
  };
  const resolvesTo = (...addresses) => async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  await t.test('not a private address in the id, in any form', async () => {
    for (const name of ['10.0.0.1', '192.168.1.1', '172.16.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '0', '0x0a000001', '[::]', '[::ffff:10.0.0.1]', '[::ffff:127.0.0.1]', '[fe80::1]', '[fc00::1]', '[64:ff9b::a00:1]']) {
      await refuses(`https://${name}/client.json`, { loopback: true });
    }
  });

  await t.test('not a name that leads to one, alone or beside public ones', async () => {
    for (const addresses of [['10.0.0.1'], ['127.0.0.1'], ['::1'], ['1.1.1.1', '127.0.0.1'], ['2606:4700::1111', 'fe80::1'], ['::ffff:127.0.0.1'], ['169.254.169.254'], []]) {
      await refuses(`https://app.example:${port}/client.json`, { loopback: true, resolve: resolvesTo(...addresses) });
    }
    assert.equal(host.seen.length, 0);
  });

  await t.test('the name is resolved once, and its checked address is the one that is called', async () => {
    const asked = [];
    const rebinding = async (name) => { asked.push(name); return asked.length === 1 ? [{ address: '127.0.0.1', family: 4 }] : [{ address: '10.0.0.1', family: 4 }]; };
    const id = host.put('/client.json');
    const metadata = await createDocuments(Date.now, { loopback: true, resolve: rebinding }).read(id);
    assert.deepEqual([metadata.client_id, asked], [id, ['localhost']]);
    await refuses(host.put('/other.json'), { loopback: true, resolve: resolvesTo('10.0.0.1') });
    await refuses(host.put('/third.json'), { loopback: true, resolve: resolvesTo('1.1.1.1') });
  });

  await t.test('this machine only where the option says so', async () => {
    for (const address of ['localhost', '127.0.0.1']) {
      const there = await startHost(t, address);
      const id = there.put('/client.json');
      assert.equal((await createDocuments(Date.now, { loopback: true }).read(id)).client_id, id);
      for (const options of [{}, { loopback: false }]) await refuses(id, options);
      assert.equal(there.seen.length, 1);
    }
    const { origin } = await startServer(t, { documents: { loopback: false } });
    const query = new URLSearchParams({ client_id: host.put('/off.json'), redirect_uri: APP, response_type: 'code', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' });
    const refused = await new Browser(origin).start('consumer', query.toString());
    assert.deepEqual([refused.outcome, refused.error], ['error', 'invalid_client']);
    assert.match(refused.error_description, /not on the public network/);
  });

  await t.test('http is for this machine alone', async () => {
    const options = { maximum: 1, milliseconds: 1000, loopback: true, resolve: resolvesTo('1.1.1.1') };
    await assert.rejects(fetchOutside('http://app.example/x', options), /not https/);
    await assert.rejects(fetchOutside('ftp://localhost/x', options), /not https/);
    assert.equal(await createDocuments(Date.now, options).read('http://app.example/x'), undefined);
  });

  await t.test('the body of another status than 200 is not read', async () => {
    const options = { maximum: 100, milliseconds: 5000, loopback: true };
    const read = async (path, status) => (await fetchOutside(host.raw(path, 'body', { status }), options)).body.toString();
    assert.deepEqual([await read('/200', 200), await read('/201', 201), await read('/302', 302), await read('/500', 500)], ['body', '', '', '']);
  });

  await t.test('a server that is too slow is left, before and within its answer', async () => {
    host.answers.set('/silent', () => {});
    host.answers.set('/slow', (res) => { res.writeHead(200, { 'content-type': 'application/json' }).write('{'); });
    for (const path of ['/silent', '/slow']) {
      await assert.rejects(createDocuments(Date.now, { loopback: true, milliseconds: 200 }).read(host.origin + path), /took too long/, path);
    }
  });

  await t.test('at most twenty documents are read at a time', async () => {
    const documents = createDocuments(Date.now, { loopback: true, milliseconds: 1500 });
    const waiting = [];
    for (let count = 0; count < 20; count += 1) {
      host.answers.set(`/wait?${count}`, () => {});
      waiting.push(assert.rejects(documents.read(`${host.origin}/wait?${count}`), /took too long/));
    }
    await assert.rejects(documents.read(`${host.origin}/wait?20`), /too many/);
    await Promise.all(waiting);
    assert.equal((await documents.read(host.put('/after.json'))).client_name, 'Tool');
  });

  await t.test('the keys that a client names are fetched by the same rules', async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const jwk = { ...await crypto.subtle.exportKey('jwk', publicKey), kid: 'key', use: 'sig', alg: 'ES256' };
    const keys = host.raw('/keys', JSON.stringify({ keys: [jwk] }));
    for (const loopback of [false, true]) {
      const before = host.seen.length;
      const { origin } = await startServer(t, { documents: { loopback } });
      const client = await Client.registered(origin, { jwks_uri: keys, request_object_signing_alg: 'ES256' });
      const address = await oauth.buildAuthorizationUrlWithJAR(client.config, await client.parameters(), { key: privateKey, kid: 'key' });
      const answer = await new Browser(origin).fetch(address.pathname + address.search);
      assert.deepEqual([answer.status, host.seen.length - before], loopback ? [303, 1] : [400, 0]);
    }
    const moved = host.raw('/moved', '', { status: 302, location: keys });
    const { origin } = await startServer(t);
    const client = await Client.registered(origin, { jwks_uri: moved, request_object_signing_alg: 'ES256' });
    const address = await oauth.buildAuthorizationUrlWithJAR(client.config, await client.parameters(), { key: privateKey, kid: 'key' });
    assert.equal((await fetch(address, { redirect: 'manual' })).status, 400);
  });
});
