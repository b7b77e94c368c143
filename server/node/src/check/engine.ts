/**
 * The way through an engine that is elsewhere: a client goes to its endpoint, and it leads a browser to the page for each of its steps,
 * with a query of its own. What a browser would follow is followed here, each address once.
 */
import type { Agent } from './client.ts';
import { Failed } from './errors.ts';

/** The endpoints of such an engine. */
export interface EngineSite {
  /** Its authorization endpoint. */
  readonly authorize: string;
  /** Its end-session endpoint. */
  readonly end_session?: string;
}

/** Where an address leads: to the page with a query, or to an address that is neither the site's nor the engine's. */
export type Way = { readonly query: string } | { readonly address: URL };

const MAX_HOPS = 10;

export class Follower {
  readonly #agent: Agent;
  readonly #engine: EngineSite;
  readonly #followed = new Map<string, Promise<Way>>();
  /** The last query of the page for a request: what a page that is loaded again has. */
  readonly #last = new Map<string, string>();

  constructor(agent: Agent, engine: EngineSite) {
    this.#agent = agent;
    this.#engine = engine;
  }

  /** Where a request leads to. */
  async begin(query: string): Promise<Way> {
    const last = this.#last.get(query);
    return last === undefined ? this.follow(new URL(`${this.#engine.authorize}?${query}`)) : { query: last };
  }

  /** Notes which query of the page a request has come to. */
  note(request: string, query: string): void {
    this.#last.set(request, query);
  }

  /** Where a request to sign out leads to. */
  async end(query: string): Promise<Way> {
    const { end_session: address } = this.#engine;
    return address === undefined ? { query } : this.follow(new URL(`${address}?${query}`));
  }

  /** Whether an address is the engine's. */
  owns(address: string): boolean {
    return URL.canParse(address) && new URL(address).origin === new URL(this.#engine.authorize).origin;
  }

  follow(address: URL): Promise<Way> {
    const known = this.#followed.get(address.href);
    const way = known ?? this.#follow(address);
    this.#followed.set(address.href, way);
    return way;
  }

  async #follow(first: URL): Promise<Way> {
    let next = first;
    for (let hops = 0; hops < MAX_HOPS; hops += 1) {
      if (next.origin === this.#agent.outlet.origin) return { query: next.search.slice(1) };
      if (!this.owns(next.href)) return { address: next };
      const response = await this.#agent.fetch(next);
      const to = response.headers.get('location');
      if (to === null) throw new Failed(`The engine leads nowhere: ${next.pathname} answered ${response.status}.`);
      next = new URL(to, next);
    }
    throw new Failed(`The engine leads on more than ${MAX_HOPS} times.`);
  }
}
