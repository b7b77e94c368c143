// The whole system with an engine that others wrote, on free ports: its site with the built pages, and the demo's client.
import { clients, realms } from '../../../examples/relying-party/clients.mjs';
import { createRelyingParty } from '../../../examples/relying-party/relying-party.mjs';
import { holdPort } from '../../e2e/support/ports.mjs';
import { dist } from '../../e2e/support/site.mjs';

const { id, name } = clients.find(({ best }) => best);

/** For `journeys`: what `start` starts, and the client, which is registered there. */
export const systemOf = (start) => async () => {
  const held = await holdPort(); // the site has to know the client's port before there is a client
  const origin = `http://localhost:${held.port}`;
  const site = await start({ clients: [{ id, name, redirectUri: origin + realms.consumer.callback, signedOutUri: `${origin}/signed-out` }], dist });
  await held.release();
  const client = await createRelyingParty({ port: held.port, issuer: site.issuer, pages: site.origin, openid: site.openid, organizations: false });
  return { issuer: site.origin, client: client.url, openid: site.openid, others: site.others, host: site, close: () => Promise.all([site.close(), client.close()]) };
};
