// A client's metadata document (draft-ietf-oauth-client-id-metadata-document) at an https address of this machine.
import { once } from 'node:events';
import { createServer } from 'node:https';
import { certificateFor } from './tls.mjs';

/**
 * Starts the server of the document.
 *
 * @returns `url`, the client's id; `describe(metadata)`, which sets what the document says; `cert`, of the server;
 *   `fetched()`, how often it was asked for
 */
export async function startDocument() {
  const identity = await certificateFor(['localhost']);
  let [document, fetched] = ['', 0];
  const server = createServer(identity, (request, response) => {
    fetched += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(document);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const url = `https://localhost:${server.address().port}/client.json`;
  return {
    url,
    cert: identity.cert,
    describe: (metadata) => { document = JSON.stringify({ client_id: url, ...metadata }); },
    fetched: () => fetched,
  };
}
