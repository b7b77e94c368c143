/** The engine's adapter for clients, where one may have a document. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { withDocuments } from '../../examples/authorization-server/engine/documents.mjs';
import { createDocuments, DocumentFault } from '../../examples/authorization-server/registration/metadata-document.mjs';

const adapter = (read, found) => withDocuments({ find: async () => found }, { read });

test('a client that is stored has no need of a document', async () => {
  const read = async () => { throw new Error('was read'); };
  assert.deepEqual(await adapter(read, { client_id: 'stored' }).find('stored'), { client_id: 'stored' });
});

test('only a bad document is the client’s fault, and a fault of the server stays one', async () => {
  const bad = adapter(async () => { throw new DocumentFault('it is not JSON'); });
  await assert.rejects(bad.find('https://app.example/c'), { error: 'invalid_client', error_description: /it is not JSON/ });
  const broken = new TypeError('a defect');
  await assert.rejects(adapter(async () => { throw broken; }).find('https://app.example/c'), (error) => error === broken);
});

test('what a caller does to the metadata that it got changes nothing of what is kept', async (t) => {
  const server = createServer((req, res) => {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify({ client_id: `http://${req.headers.host}/c`, client_name: 'App', redirect_uris: ['https://app.example/cb'] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { read } = createDocuments(Date.now, { loopback: true });
  const id = `http://127.0.0.1:${server.address().port}/c`;
  for (let count = 0; count < 3; count += 1) {
    const metadata = await read(id);
    assert.deepEqual([metadata.client_name, metadata.redirect_uris], ['App', ['https://app.example/cb']]);
    metadata.client_name = 'Bank';
    metadata.redirect_uris.push('https://evil.example/cb');
  }
});
