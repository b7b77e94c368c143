// Both SDKs of the Model Context Protocol as clients that have a metadata document instead of a registration: their
// id is its address.
import assert from 'node:assert/strict';
import { journeys } from '../e2e/support/journey.mjs';
import { startSite } from '../e2e/support/site.mjs';
import { startDocument } from './support/documents.mjs';
import { startMcpClient } from './support/mcp-client.mjs';
import { startMcpServer } from './support/mcp-server.mjs';
import { allow } from './support/person.mjs';
import { startPythonClient } from './support/python.mjs';

async function start() {
  const document = await startDocument();
  return { ...await startSite({ documents: { loopback: true, ca: document.cert } }), document };
}

const { journey } = journeys(start);

journey('TypeScript: the card shows the name in the document, and the token is for the address of the document', async ({ site, visitor }) => {
  const { document } = site;
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(site.issuer);
  const program = await startMcpClient(ada, server.url, { clientMetadataUrl: document.url });
  document.describe(program.provider.clientMetadata);
  await program.ask(tab, program.open(), (request) => {
    assert.equal(request.get('client_id'), document.url);
    return allow(tab, program.name);
  });
  await program.open();
  assert.deepEqual(await program.tools(), ['read_note', 'write_note']);
  assert.equal(server.seen.at(-1).clientId, document.url);
  assert.ok(document.fetched() > 0);
});

journey('Python: the card shows the name in the document, and the token is for the address of the document', async ({ site, visitor, t }) => {
  const { document } = site;
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(site.issuer);
  const program = await startPythonClient(t, ada, server.url, document.url);
  document.describe({ client_name: program.name, redirect_uris: [program.callback], token_endpoint_auth_method: 'none' });
  await program.ask(tab, (request) => {
    assert.equal(request.get('client_id'), document.url);
    return allow(tab, program.name);
  });
  await program.says('connected');
  assert.equal(await program.call('read_note'), 'read by account-ada');
  assert.equal(server.seen.at(-1).clientId, document.url);
});
