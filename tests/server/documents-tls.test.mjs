/** A metadata document at https: whose certificate counts. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createDocuments, DocumentFault } from '../../examples/authorization-server/registration/metadata-document.mjs';
import { startDocument } from '../clients/support/documents.mjs';

test('a document is read if its server has a certificate of an authority that the host names, and not otherwise', async () => {
  const document = await startDocument();
  document.describe({ redirect_uris: ['https://app.example/callback'] });
  const other = await startDocument();
  const read = (ca) => createDocuments(Date.now, { loopback: true, ca }).read(document.url);
  assert.equal((await read(document.cert)).client_id, document.url);
  for (const ca of [undefined, other.cert]) await assert.rejects(read(ca), DocumentFault);
  assert.equal(document.fetched(), 1);
});
