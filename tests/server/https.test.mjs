// The site behind a server that ends TLS: everything that it says of itself is at its https origin.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import test from 'node:test';
import { startServer } from './harness.mjs';

const ORIGIN = 'https://id.example';

/** A request as the server in front sends it on, with these headers in addition. */
function passOn(own, path, headers = {}) {
  return new Promise((resolve, reject) => {
    const { port } = new URL(own);
    request({ host: '127.0.0.1', port, path, headers: { host: 'id.example', ...headers } }, async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    }).on('error', reject).end();
  });
}

const addresses = (metadata) => Object.entries(metadata).filter(([name]) => /_endpoint$|^issuer$|^jwks_uri$/.test(name));

for (const prefix of ['', '/b2b']) {
  test(`the metadata of an https issuer has https addresses alone, whatever a request says of its own way here ("${prefix}")`, async (t) => {
    const { server } = await startServer(t, { origin: ORIGIN });
    const own = `http://localhost:${server.port}`;
    for (const headers of [{}, { 'x-forwarded-proto': 'http' }, { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }]) {
      const { status, body } = await passOn(own, `${prefix}/.well-known/openid-configuration`, headers);
      assert.equal(status, 200);
      const found = addresses(JSON.parse(body));
      assert.ok(found.length > 5);
      for (const [name, address] of found) assert.ok(address === ORIGIN + prefix || address.startsWith(`${ORIGIN}${prefix}/`), `${name}: ${address}`);
    }
  });
}

test('the metadata of an http issuer on this machine cannot be made to say https or another host', async (t) => {
  const { origin } = await startServer(t);
  const { body } = await passOn(origin, '/.well-known/openid-configuration', {
    host: new URL(origin).host, 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example',
  });
  for (const [name, address] of addresses(JSON.parse(body))) assert.ok(address.startsWith(origin), `${name}: ${address}`);
});
