/**
 * The kit's calls and pages, under `node:http`: with the visitors of this site, its limits and its
 * built page.
 */
import { createHmac } from 'node:crypto';
import { countersign, memoryStore } from '../../../server/node/src/index.ts';
import { readBody } from '../../../server/node/src/guards.ts';
import { keptTransactions } from '../../../server/node/src/kept.ts';
import { sendResponse, toRequest } from '../../../server/node/src/node.ts';
import { page } from '../../../server/node/src/page.ts';
import { waysOut } from '../../../server/node/src/way-out.ts';
import { createEngine } from '../engine/adapter.mjs';
import { accountOf } from '../engine/call.mjs';
import { publicAccount } from '../fixtures/accounts.mjs';
import { createDescribe } from '../flow/describe.mjs';

/** Seconds that a request stays open. */
const LIFE = 30 * 60;
/** Of a query. The engine refuses what is over our own limits, so that the client hears it. */
const LONGEST = 65_536;

const MOST_BODY = 48 * 1024;
const ICON = '/favicon.svg';

export const isKitCall = (path) => path.startsWith('/countersign/');

/** Makes a call of the page as often as it is needed. What is too long for the kit stays that. */
async function repeatable(req, origin) {
  const request = toRequest(req, origin);
  if (request.body === null || !isKitCall(new URL(request.url).pathname)) return () => request;
  const body = await readBody(request, MOST_BODY) ?? new Uint8Array(MOST_BODY + 1);
  return () => new Request(request.url, { method: request.method, headers: request.headers, body });
}

/** Failures, but for those after which a call is made again. */
function log(event) {
  if (event.status >= 500 && event.error?.name !== 'LoginEnded') console.error('countersign:', JSON.stringify(event));
}

/**
 * @param site `origin`, `realms`, `logins`, `clock`, `limits` and what the engine needs
 *   (`engine/adapter.mjs`)
 * @param secret of the site
 */
export function createKit(site, secret) {
  const visitors = new WeakMap();
  const builtPages = new WeakSet();
  site.visitorOf = (request) => visitors.get(request);
  const { most, perBrowser, perAddress, perAccount } = site.limits;
  const transactions = keptTransactions({
    visitor: site.visitorOf,
    limits: { most, perBrowser, perAddress, perAccount },
    forget: ({ uid }, { realm }) => site.realms[realm].forget(uid),
    clock: site.clock,
  });
  /** Stands for the built page, which `http/pages.mjs` sends. */
  const html = () => {
    const response = new Response();
    builtPages.add(response);
    return response;
  };
  const pages = Object.values(site.realms).map(({ name: realm, prefix }) => page({
    realm, authorize: `${prefix}/oauth/authorize`, logout: `${prefix}/oauth/logout`, loginUrl: `${prefix}/login`, files: '/assets/', icon: ICON, longest: LONGEST, keepQueries: site.keepQueries, html,
  }));
  const shared = {
    origin: site.origin,
    secret: createHmac('sha256', secret).update('kit').digest('base64url'),
    describe: createDescribe(site.realms),
    store: memoryStore({ clock: site.clock, warn: null }),
  };
  site.waysOut = waysOut({ ...shared, icon: ICON, stylesheet: '/site.css' });
  const handle = countersign({
    ...shared,
    engine: createEngine(site),
    account: (request) => {
      const { login } = site.visitorOf(request);
      return login === undefined ? null : { ...publicAccount(login.account), ...accountOf(login) };
    },
    page: [...pages, site.waysOut.page],
    // A login and a hand-off never have the same time.
    clock: site.logins.now,
    log,
    life: LIFE,
    transactions,
  });

  return {
    transactions,
    visitors,
    /**
     * Answers a request, but for the built page: then it resolves to `false`. If the visitor's login
     * ends meanwhile, the call is made again without it.
     */
    async answer(req, res, visitor) {
      const make = await repeatable(req, site.origin);
      const ask = () => {
        const request = make();
        visitors.set(request, visitor);
        return handle(request);
      };
      const first = await ask();
      const response = visitor.loginEnded ? await ask() : first;
      if (builtPages.has(response)) return false;
      // What nobody has read of a body is not read at all.
      if (!req.complete) res.setHeader('Connection', 'close');
      // The page of a form may be framed by its client.
      if (response.headers.has('content-security-policy')) res.removeHeader('X-Frame-Options');
      await sendResponse(response, res);
      return true;
    },
    /** Counts that a browser comes to the login page for a transaction. */
    async visited(transaction, visitor) {
      const request = new Request(`${site.origin}/?${new URLSearchParams({ transaction })}`);
      visitors.set(request, visitor);
      await handle.visited(request);
    },
  };
}
