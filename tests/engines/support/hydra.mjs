// Ory Hydra as a host of the checks, and a browser that follows it from step to step. Its admin API can stop to answer.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { createSite } from '../../../examples/engines/hydra/server.mjs';
import { Browser } from './browser.mjs';
import { buildProgram } from './program.mjs';

const MOST_HOPS = 10;
/** Which kit is in front of Hydra: `rust` for the program beside the site, else the one in TypeScript. */
export const KIT = process.env.COUNTERSIGN_KIT === 'rust' ? 'rust' : 'node';
/** The script of the page: of the demo's own, or of the files in the program. */
export const SCRIPT = KIT === 'rust' ? /<script type="module" src="\/countersign\/files\/[\w-]{16}\/register\.js"/ : /<script type="module" src="\/assets\/authorization\//;

/** Its calls answer with what a person sees in the end: the page's next step, or the address of the client. */
export class HydraBrowser extends Browser {
  #followed = new Map();
  #queries = new Map();

  /** Where an address leads: to the page with a query, or out to a client. An address is followed once, as a browser does it. */
  follow(address) {
    if (!this.#followed.has(address)) this.#followed.set(address, this.#follow(address));
    return this.#followed.get(address);
  }

  async #follow(address) {
    const { origin, issuer } = this.host;
    for (let url = new URL(address), hops = 0; hops < MOST_HOPS; hops += 1) {
      if (url.origin === origin) return { query: url.search.slice(1), path: url.pathname };
      if (url.origin !== new URL(issuer).origin) return { address: url.href };
      const response = await this.visit(url);
      const to = response.headers.get('location');
      if (to === null) return { response };
      url = new URL(to, url);
    }
    throw new Error('Hydra leads nowhere.');
  }

  /** The page's query for a request: a challenge. */
  async challenge({ query }) {
    return this.follow(`${this.host.issuer}/oauth2/auth?${query}`);
  }

  async #goOn(answer, headers, query) {
    const { outcome, intermediate, redirect_uri: to } = answer.body;
    if (outcome !== 'redirect' || !intermediate) return answer;
    const next = await this.follow(to);
    if (next.query === undefined) return { ...answer, body: { outcome, redirect_uri: next.address } };
    if (query !== undefined) this.#queries.set(query, next.query);
    return this.#goOn(await super.start({ query: next.query }, headers), headers, query);
  }

  async start(request, headers) {
    if (request.transaction) return this.#goOn(await super.start(request, headers), headers);
    // A page that is loaded again has the challenge of before.
    const { query = this.#queries.get(request.query), address } = this.#queries.has(request.query) ? {} : await this.challenge(request);
    if (query === undefined) return { status: 200, headers: new Headers(), body: { outcome: 'redirect', redirect_uri: address } };
    return this.#goOn(await super.start({ query }, headers), headers, request.query);
  }

  /** `start` with a query of the page, as it is. */
  startWith(query) {
    return super.start({ query });
  }

  async submit(card, options = {}) {
    return this.#goOn(await super.submit(card, options), options.headers);
  }

  /** `submit` whose answer is not followed. */
  submitOnly(card, options) {
    return super.submit(card, options);
  }
}

/** Passes calls on to the admin API and keeps what they were, or answers none, or waits with the next decision. */
async function createAdmin() {
  const own = { calls: [], isDown: false, hold: undefined };
  const server = createServer(async (req, res) => {
    const parts = [];
    for await (const part of req) parts.push(part);
    const body = Buffer.concat(parts);
    if (own.isDown) return res.destroy();
    own.calls.push({ url: req.url, method: req.method, body: body.length ? JSON.parse(body) : undefined });
    if (req.method === 'PUT' && own.hold !== undefined) await own.hold();
    const { connection, host, ...headers } = req.headers;
    const answer = await fetch(own.admin + req.url, { method: req.method, headers, redirect: 'manual', ...(body.length && { body }) }).catch(() => undefined);
    if (answer === undefined) return res.destroy();
    return res.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(Buffer.from(await answer.arrayBuffer()));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  own.address = `http://127.0.0.1:${server.address().port}`;
  own.close = () => { server.closeAllConnections(); server.close(); };
  return own;
}

export async function startHydra({ kit = KIT, ...options } = {}) {
  if (kit === 'rust') process.env.COUNTERSIGN_HYDRA = buildProgram();
  const proxy = await createAdmin();
  const through = (admin) => {
    proxy.admin = admin;
    return proxy.address;
  };
  const site = await createSite({ registers: true, through, kit, ...options }).catch((error) => {
    proxy.close();
    throw error;
  });
  return {
    ...site,
    name: 'Ory Hydra',
    openid: true,
    headers: {},
    sendsIssuer: false,
    others: [site.issuer],
    calls: proxy.calls,
    newBrowser() { return new HydraBrowser(this); },
    setDown(value) { proxy.isDown = value; },
    /** Lets the next decision wait at Hydra: resolves when it is there, and returns what lets it go on. */
    hold() {
      const [there, goes] = [Promise.withResolvers(), Promise.withResolvers()];
      proxy.hold = () => {
        there.resolve();
        proxy.hold = undefined;
        return goes.promise;
      };
      return [there.promise, goes.resolve];
    },
    async close() {
      await site.close();
      proxy.close();
    },
  };
}
