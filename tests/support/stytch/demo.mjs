// The demo's stand-in: one site and one client on this machine.
import { createStandIn } from './stand-in.mjs';

/**
 * A stand-in for a site and a client on these ports of localhost; `now` in seconds (tests move it).
 */
export function demoStandIn({ site, client, now }) {
  const [page, home] = [`http://localhost:${site}`, `http://localhost:${client}`];
  return createStandIn({
    now,
    origins: [page],
    addresses: { redirect: [`${home}/callback`, `${home}/b2b/callback`], logout: [`${home}/signed-out`] },
    authorizationUrls: { consumer: `${page}/oauth/authorize`, b2b: `${page}/b2b/oauth/authorize` },
  });
}
