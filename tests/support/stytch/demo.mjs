// The stand-in as the demo has it: one site, one client, on this machine.
import { createStandIn } from './stand-in.mjs';

/** A stand-in for a site and a client on these ports of localhost. */
export function demoStandIn({ site, client }) {
  const [page, home] = [`http://localhost:${site}`, `http://localhost:${client}`];
  return createStandIn({
    origins: [page],
    addresses: { redirect: [`${home}/callback`, `${home}/b2b/callback`], logout: [`${home}/signed-out`] },
    authorizationUrls: { consumer: `${page}/oauth/authorize`, b2b: `${page}/b2b/oauth/authorize` },
  });
}
