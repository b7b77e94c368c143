/** The engine's adapter for clients, where one may have a document. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { withDocuments } from '../../examples/authorization-server/engine/documents.mjs';
import { DocumentFault } from '../../examples/authorization-server/registration/metadata-document.mjs';

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
