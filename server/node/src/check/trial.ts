/** What a check can do: browsers, requests, cards, and the way from an answer to the client's address. */
import { createHash, randomBytes } from 'node:crypto';
import { Browser, type Observed, expect, outcome, type Result } from './browser.ts';
import type { Outlet } from './client.ts';
import type { AccountState, Action, ClientState, Hand, Site } from './config.ts';
import type { Any, Contract } from './contract.ts';
import { Failed } from './errors.ts';
import type { AuthorizationRequest, TokenSide } from './tokens.ts';

type Parameters = Readonly<Record<string, string | undefined>>;

export interface CardOptions {
  readonly more?: Parameters;
  readonly client?: ClientState;
  readonly account?: 'first' | 'second';
  readonly browser?: Browser;
}

/** A card, with its browser and its request. */
export interface Shown {
  readonly browser: Browser;
  readonly card: Any;
  readonly request: AuthorizationRequest;
}

/** A state of every reserved character. */
export const RESERVED = 'a+b/c=&d#e %';
const MAX_HOPS = 5;

const random = () => randomBytes(24).toString('base64url');

export class Trial {
  readonly outlet: Outlet;
  readonly site: Site;
  readonly contract: Contract;
  readonly faults: readonly Observed[];
  readonly #observe: (fault: Observed) => void;
  readonly #tokens: TokenSide | undefined;

  constructor(outlet: Outlet, site: Site, contract: Contract, tokens: TokenSide | undefined, faults: Observed[]) {
    this.outlet = outlet;
    this.site = site;
    this.contract = contract;
    this.faults = faults;
    this.#tokens = tokens;
    this.#observe = (fault) => { faults.push(fault); };
  }

  get tokens(): TokenSide {
    if (this.#tokens === undefined) throw new Failed('A check needs tokens, and the config says "tokens": false.');
    return this.#tokens;
  }

  browser(): Browser {
    return new Browser(this.outlet, this.site, this.contract, this.#observe);
  }

  /** Signs an account in, in a new browser unless one is given. */
  async signedIn(who: 'first' | 'second' = 'first', browser = this.browser()): Promise<Browser> {
    await signIn(browser, this.site.accounts[who]!, who);
    return browser;
  }

  async signOut(browser: Browser): Promise<void> {
    await perform(browser, this.site.sign_out!, 'sign_out');
  }

  /** A client that nobody has allowed anything yet. */
  freshClient(more: Readonly<Record<string, unknown>> = {}): Promise<ClientState> {
    return this.tokens.register({
      redirect_uris: [this.site.client.redirect_uri], token_endpoint_auth_method: 'none', ...this.site.registration, ...more,
    });
  }

  /** An authorization request with PKCE and a state of its own. A parameter that is `undefined` is left out. */
  request(more: Parameters = {}, client = this.site.client): AuthorizationRequest {
    const [state, verifier] = [more['state'] ?? random(), random() + random()];
    const all: Parameters = {
      client_id: client.client_id,
      redirect_uri: client.redirect_uri,
      response_type: 'code',
      scope: this.site.scope,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...this.site.parameters,
      state,
      ...more,
    };
    const parameters = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
    return { client, parameters, query: new URLSearchParams(parameters).toString(), state, verifier };
  }

  /** An open request of a browser in which nobody is signed in. */
  async open(more: Parameters = {}): Promise<{ browser: Browser; transaction: string; request: AuthorizationRequest }> {
    const [browser, request] = [this.browser(), this.request(more)];
    const { transaction } = outcome(await browser.start(request.query), 'login');
    expect(typeof transaction === 'string', 'A `login` for a query must name the transaction that was opened.');
    return { browser, transaction, request };
  }

  /** The card of a request, signed in. If the server asks for one more sign-in, it gets it. */
  async card({ more = {}, client, account = 'first', browser }: CardOptions = {}): Promise<Shown> {
    const own = browser ?? await this.signedIn(account);
    const request = this.request(more, client);
    let result = await own.start(request.query);
    if (result.answer.outcome === 'login') {
      await this.signedIn(account, own);
      result = await own.start({ transaction: result.answer.transaction });
    }
    return { browser: own, card: outcome(result, 'consent'), request };
  }

  /** The client's address in an answer. What the server's own pages forward to is read, and nobody else is called. */
  async ending(browser: Browser, result: Result, request: AuthorizationRequest): Promise<URL> {
    const answer = outcome(result, 'redirect', 'post');
    const home = new URL(request.client.redirect_uri);
    let next: URL;
    if (answer.outcome === 'post') next = await followForm(browser, answer);
    else next = new URL(answer.redirect_uri);
    for (let hop = 0; hop < MAX_HOPS && !isAt(next, home); hop += 1) {
      expect(next.origin === this.outlet.origin, `The answer leads to ${next.origin}${next.pathname}, which is not the client's address ${home.href}.`);
      next = locationOf(await browser.fetch(next), next);
    }
    expect(isAt(next, home), `The answer leads to ${next.origin}${next.pathname}, which is not the client's address ${home.href}.`);
    return next;
  }

  /** The client's address in an answer, which must have a code. */
  async codeAt(browser: Browser, result: Result, request: AuthorizationRequest): Promise<URL> {
    const address = await this.ending(browser, result, request);
    expect(address.searchParams.get('code'), `The client's address must have a code; it is ${without(address)}`);
    return address;
  }

  /** The client's address in an answer, which must have an OAuth error. */
  async errorAt(browser: Browser, result: Result, request: AuthorizationRequest, ...errors: readonly string[]): Promise<URL> {
    const address = await this.ending(browser, result, request);
    const error = address.searchParams.get('error');
    const fits = error !== null && (errors.length === 0 || errors.includes(error));
    expect(fits, `The client's address must have error=${errors.join(' or ') || '…'}; it is ${without(address)}`);
    return address;
  }
}

/** An address with the names of its parameters alone. */
const without = (url: URL) => `${url.origin}${url.pathname} with ${[...url.searchParams.keys()].join(', ') || 'no parameter'}, error=${url.searchParams.get('error')}`;

/** Whether an address is the client's, with whatever parameters the answer has added. */
export function isAt(address: URL, home: URL): boolean {
  return address.protocol === home.protocol && address.host === home.host && address.pathname === home.pathname;
}

/** Where a redirect leads. */
export function locationOf(response: Response, base: URL | string): URL {
  const location = response.headers.get('location');
  expect(response.status >= 300 && response.status < 400 && location !== null, `${new URL(base).pathname} must redirect, and answered ${response.status}.`);
  return new URL(location, base);
}

async function followForm(browser: Browser, { action, fields }: Any): Promise<URL> {
  const url = new URL(action, browser.outlet.origin);
  const response = await browser.fetch(url, {
    method: 'POST',
    headers: { origin: browser.outlet.origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return locationOf(response, url);
}

async function signIn(browser: Browser, account: AccountState, who: string): Promise<void> {
  if (account.cookie !== undefined) browser.jar.takeHeader(account.cookie);
  else await perform(browser, account.sign_in!, `accounts.${who}.sign_in`);
}

/** Does what the config says. */
export async function perform(browser: Browser, action: Action, name: string): Promise<void> {
  if (typeof action === 'function') {
    await action({ fetch: (path, init) => browser.fetch(path, init) } satisfies Hand);
    return;
  }
  for (const { method, path, headers, json, form } of action) {
    const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
    const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
    const response = await browser.fetch(path, {
      method,
      headers: { origin: browser.outlet.origin, ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    if (response.status >= 400) throw new Failed(`"${name}" of the config: ${method} ${path} answered ${response.status}.`);
  }
}
