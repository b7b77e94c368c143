// Ory Hydra as a host of the checks, and a browser that follows it from step to step. Its admin API can stop to answer.
import { createSite } from '../../../examples/engines/hydra/server.mjs';
import { Browser } from './browser.mjs';

const MOST_HOPS = 10;
/** Nothing listens there. */
const NOBODY = 'http://127.0.0.1:9';

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

export async function startHydra(options) {
  let isDown = false;
  // Its calls to Hydra, for tests that look at them.
  const calls = [];
  const send = (url, init) => {
    calls.push({ url, method: init.method, body: init.body && JSON.parse(init.body) });
    return fetch(isDown ? NOBODY + new URL(url).pathname : url, init);
  };
  const site = await createSite({ registers: true, fetch: send, ...options });
  return {
    ...site,
    name: 'Ory Hydra',
    openid: true,
    headers: {},
    sendsIssuer: false,
    others: [site.issuer],
    calls,
    newBrowser() { return new HydraBrowser(this); },
    setDown(value) { isDown = value; },
  };
}
