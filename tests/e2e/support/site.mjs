// The whole system on free ports: the real authorization server with the built pages, and the real client.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createAuthorizationServer } from '../../../examples/authorization-server/server.mjs';
import { createRelyingParty } from '../../../examples/relying-party/relying-party.mjs';
import { holdPort } from './ports.mjs';

/** The built pages; COUNTERSIGN_DIST names another build. */
export const dist = process.env.COUNTERSIGN_DIST ?? fileURLToPath(new URL('../../../dist', import.meta.url));

/** Starts server and client with nothing in them; `issuer` and `client` are their addresses. `frontEnd` serves pages in the place of the built ones. */
export async function startSite({ frontEnd } = {}) {
  if (!existsSync(`${dist}/authorization/index.html`)) {
    throw new Error(`The pages are not built: ${dist}/authorization/index.html is missing.`);
  }
  const held = await holdPort(); // the server has to know the client's port before there is a client
  let ahead = 0;
  const server = createAuthorizationServer({ port: 0, clientPort: held.port, dist, frontEnd, clock: () => Date.now() + ahead });
  const issuer = await server.listen();
  await held.release();
  const client = await createRelyingParty({ port: held.port, issuer });
  return {
    issuer,
    client: client.url,
    /** Lets time pass for the authorization server. */
    pass: (milliseconds) => { ahead += milliseconds; },
    close: () => Promise.all([server.close(), client.close()]),
  };
}
