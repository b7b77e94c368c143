/** Bodies at their limit, with a declared length and without, and coded ones. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import test from 'node:test';
import { limitBody, readBody } from '../../examples/authorization-server/http/body.mjs';
import { startServer } from './harness.mjs';

const WAYS = { 'a declared length': (size) => ({ 'content-length': String(size) }), 'no declared length': () => ({}) };

function exchange(size, headers) {
  const req = Object.assign(Readable.from([Buffer.alloc(size - 1), Buffer.alloc(1)], { objectMode: false }), { headers });
  const sent = new Map();
  const res = { setHeader: (name, value) => sent.set(name, value), writeHead(status) { this.status = status; } };
  return { req, res, sent };
}

for (const [way, headersOf] of Object.entries(WAYS)) {
  test(`a body of exactly the limit is read whole, and one byte more is not, with ${way}`, async () => {
    const whole = exchange(10, headersOf(10));
    assert.equal((await readBody(whole.req, whole.res, 10)).length, 10);
    assert.equal(whole.sent.get('Connection'), undefined);
    const over = exchange(11, headersOf(11));
    assert.equal(await readBody(over.req, over.res, 10), undefined);
    assert.equal(over.sent.get('Connection'), 'close', 'the rest is not read');
  });

  test(`somebody else reads a body of exactly the limit whole, and gets no more than that of a longer one, with ${way}`, async () => {
    const read = async ({ req, res }) => {
      let size = 0;
      if (!limitBody(req, res, 10)) return 'refused';
      for await (const chunk of req.iterator()) size += chunk.length;
      res.writeHead(200);
      return size;
    };
    const whole = exchange(10, headersOf(10));
    assert.equal(await read(whole), 10);
    assert.equal(whole.res.status, 200);
    const over = exchange(11, headersOf(11));
    const ended = await read(over).catch(() => { over.res.writeHead(200); return over.res.status; });
    assert.equal(ended, way === 'no declared length' ? 413 : 'refused');
    assert.equal(over.sent.get('Connection'), 'close');
  });
}

test('a body with a Content-Encoding is refused wherever there is one, and an identity is none', async (t) => {
  const { origin } = await startServer(t);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const json = { 'content-type': 'application/json', 'x-countersign': '1', origin };
  const post = async (path, headers, body) => (await fetch(origin + path, { method: 'POST', redirect: 'manual', headers, body })).status;
  for (const [path, headers, body, status, plain] of [
    ['/oauth/authorize', form, 'client_id=x', 415, 303], ['/b2b/oauth/logout', form, 'client_id=x', 415, 303], ['/oauth/token', form, 'a=b', 415, 400],
    ['/oauth/par', form, 'a=b', 415, 400], ['/b2b/oauth/register', json, '{}', 415, 400], ['/account/session', json, '{}', 400, 200],
  ]) {
    for (const coding of ['gzip', 'br', 'identity, gzip']) assert.equal(await post(path, { ...headers, 'content-encoding': coding }, body), status, `${path} ${coding}`);
    assert.equal(await post(path, { ...headers, 'content-encoding': 'Identity' }, body), plain, path);
  }
});
