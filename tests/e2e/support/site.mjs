// The whole system on free ports: the real authorization server with the built pages, and the real client.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createKeys } from '../../../examples/authorization-server/engine/keys.mjs';
import { createAuthorizationServer } from '../../../examples/authorization-server/server.mjs';
import { createRelyingParty } from '../../../examples/relying-party/relying-party.mjs';
import { holdPort } from './ports.mjs';

/** The built pages; COUNTERSIGN_DIST names another build. */
export const dist = process.env.COUNTERSIGN_DIST ?? fileURLToPath(new URL('../../../dist', import.meta.url));

/** The keys of all servers in a process: making them takes longer than starting a server. */
let keys;

/**
 * Starts server and client with nothing in them; `issuer` and `client` are their addresses. `frontEnd` serves pages in the place of
 * the built ones; `origin` is the server's address where another one is in front of it; `documents` says how clients' metadata
 * documents are fetched.
 */
export async function startSite({ frontEnd, origin, documents } = {}) {
  if (!existsSync(`${dist}/authorization/index.html`)) {
    throw new Error(`The pages are not built: ${dist}/authorization/index.html is missing.`);
  }
  keys ??= createKeys();
  const held = await holdPort(); // the server has to know the client's port before there is a client
  let ahead = 0;
  const server = createAuthorizationServer({ port: 0, clientPort: held.port, dist, frontEnd, origin, documents, keys: await keys, clock: () => Date.now() + ahead });
  const issuer = await server.listen();
  await held.release();
  const client = await createRelyingParty({ port: held.port, issuer });
  return {
    issuer,
    port: server.port,
    client: client.url,
    /** Lets time pass for the authorization server. */
    pass: (milliseconds) => { ahead += milliseconds; },
    close: () => Promise.all([server.close(), client.close()]),
  };
}
