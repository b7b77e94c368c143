// The demo's stand-in: one site and one client on this machine.
import { createStandIn } from './stand-in.mjs';

/**
 * A stand-in for a site and a client on these ports of localhost; `now` in seconds (tests move it). `app` is the
 * authorization page of another app, in the place of the site's.
 */
export function demoStandIn({ site, client, app, now }) {
  const [page, home] = [`http://localhost:${site}`, `http://localhost:${client}`];
  return createStandIn({
    now,
    origins: [page, ...(app ? [new URL(app).origin] : [])],
    addresses: { redirect: [`${home}/callback`, `${home}/b2b/callback`], logout: [`${home}/signed-out`] },
    authorizationUrls: { consumer: app ?? `${page}/oauth/authorize`, b2b: app ?? `${page}/b2b/oauth/authorize` },
  });
}
