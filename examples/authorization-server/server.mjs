/**
 * The demo's authorization server: the certified engine behind the countersign API, and the site
 * with the widget.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createLocks } from '../../server/node/src/engines/locks.ts';
import { createApp } from './app.mjs';
import { passUpgrade } from './http/front-end.mjs';
import { createListener } from './http/listener.mjs';
import { createKeys } from './engine/keys.mjs';
import { addressOf } from './http/address.mjs';
import { createVisitors } from './http/cookies.mjs';
import { createKit } from './http/kit.mjs';
import { createRequestLimits } from './http/limits.mjs';
import { createRealm } from './realm.mjs';
import { createGuesses } from './state/guesses.mjs';
import { limitsWith } from './state/limits.mjs';
import { createLogins } from './state/logins.mjs';
import { createThrottle } from './state/throttle.mjs';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
/**
 * Both loopback addresses, because `localhost` may resolve to either. A machine without IPv6 has
 * only the first.
 */
const LOOPBACK = ['127.0.0.1', '::1'];
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

function createSite({ origin, clientOrigin, dist, frontEnd, keepQueries, clock, limits, keys, schemes, documents, secret = randomBytes(32), proxies }) {
  const requests = createRequestLimits(limits);
  const realm = (name, prefix) => createRealm({ name, prefix, origin, clientOrigin, keys, clock, schemes, documents, limits, requests });
  const realms = { consumer: realm('consumer', ''), b2b: realm('b2b', '/b2b') };
  const logins = createLogins(clock);
  const site = {
    origin,
    limits,
    requests,
    clientOrigin,
    dist,
    frontEnd,
    keepQueries,
    clock,
    realms,
    logins,
    addressOf: (req) => addressOf(req, proxies),
    readVisitor: createVisitors({ origin, clock, logins, secret, proxies }),
    guesses: createGuesses(clock, limits),
    registrations: createThrottle(clock, limits.registrations, limits.registrationsWithin),
    exclusively: createLocks(),
  };
  site.kit = createKit(site, secret);
  return site;
}

/** A listener without a handler yet, because the issuer's address contains its port. */
async function bind(host, port) {
  const server = createListener();
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

async function bindAll(port) {
  const first = await bind(LOOPBACK[0], port);
  try {
    return [first, await bind(LOOPBACK[1], first.address().port)];
  } catch (error) {
    if (NO_SUCH_ADDRESS.has(error.code)) return [first];
    first.close();
    throw error;
  }
}

/**
 * @param options `port` of the site (0 for any free one); `clientPort` of the demo's client;
 *   `origin`, the site's address if another server is in front of this one; `dist`, the folder of
 *   the built pages; `frontEnd` (`{ origin, pages, development }`), a server that has some pages and all
 *   other files, and whether its pages get the policy for development (`http/development.mjs`); `keepQueries`,
 *   whether requests are kept here and their pages are at `?transaction=`, for a front end whose router
 *   rewrites queries; `clock` in milliseconds (tests move it); `limits`, what callers may take
 *   (`state/limits.mjs`); `proxies`, how many proxies of yours add to `X-Forwarded-For` (0: the header
 *   is ignored); `keys`, a private JWK set to sign with, and `secret`, the key of the browsers' ids
 *   (new ones by default); `schemes`, the private-use schemes without a dot that clients may use;
 *   `documents`, how clients' metadata documents are fetched (`loopback`: whether they may be on this
 *   machine, as in the demo; `ca`: the certificates of the host's own authorities)
 * @returns `listen()`, which resolves to the origin, `close()`, and after `listen` `port` and
 *   `site` (for tests)
 */
export function createAuthorizationServer({
  port = 4400, clientPort = 4401, origin, dist = DIST, frontEnd, keepQueries = false, clock = Date.now, limits, proxies = 0, keys, secret, schemes,
  documents = { loopback: true },
} = {}) {
  let servers = [];

  async function listen() {
    servers = await bindAll(port);
    this.port = servers[0].address().port;
    const own = `http://localhost:${this.port}`;
    const clientOrigin = `http://localhost:${clientPort}`;
    this.site = createSite({
      origin: origin ?? own,
      clientOrigin,
      dist,
      frontEnd,
      keepQueries,
      clock,
      limits: limitsWith(limits),
      proxies,
      keys: keys ?? await createKeys(),
      secret,
      schemes,
      documents,
    });
    const app = createApp(this.site, [origin ?? own, own]);
    for (const server of servers) server.on('request', app).on('upgrade', (req, socket, head) => passUpgrade(this.site, req, socket, head));
    return this.site.origin;
  }

  async function close() {
    await Promise.all(servers.map((server) => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      return closed;
    }));
  }

  return { listen, close, port: undefined, site: undefined };
}
