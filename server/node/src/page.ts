/**
 * `countersign/server/page`: the authorization endpoint for browsers, and the one for sign-out. GET is the page with the widget, or
 * the engine's answer where no user is needed. POST stores the request.
 */
import { ask, type Step } from './authorize.ts';
import { decideOnce, faultOf } from './decisions.ts';
import { createFiles, type Files } from './files.ts';
import { isEncoded, mediaType, readBody } from './guards.ts';
import { pageHeaders } from './headers.ts';
import { isSilent, languagesOf, type Call, type Kit } from './kit.ts';
import type { PageLanguage } from './language.ts';
import type { LogResult } from './log.ts';
import type { ForPage, Opened } from './engine.ts';
import type { Realm } from './model.ts';
import { checkPageOptions } from './page-options.ts';
import { isKeptHere, isOpaque, keptOf, named, toQuery } from './page-query.ts';
import { answerStep, endHere, faultPage, redirect, refuse, showWidget, withCookies, type PageCall } from './page-view.ts';
import { gone } from './problems.ts';
import { randomText } from './seal.ts';
import { create, load, save, visit, type Transaction } from './transactions.ts';

/** What a page may depend on. */
export interface PageContext extends PageLanguage {
  readonly realm: Realm;
  readonly flow: 'authorize' | 'logout';
  readonly siteName: string;
  /** The path of the calls, for the attribute `api-base`. */
  readonly apiBase: string;
  readonly loginUrl: string;
  /** The path of the widget's files, with its last slash. */
  readonly files: string;
  readonly icon?: string | undefined;
}

/** A page that the host makes, with headers in place of the kit's. */
export interface HostPage {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PageOptions {
  readonly realm?: Realm;
  /** The path of the authorization endpoint (`/oauth/authorize`). */
  readonly authorize?: string;
  /** The path of the end-session endpoint. Without it, there is no page to sign out. */
  readonly logout?: string;
  /** The host's login page (`/login`). */
  readonly loginUrl?: string;
  /** The files of the npm package, or the path at which the host serves them, with its last slash. */
  readonly files: Files | string;
  /** Characters of a query that the engine is asked about (32,768). An engine that refuses longer ones itself tells the client. */
  readonly longest?: number;
  /**
   * Keeps the query of every request here, and leads to its page at `?transaction=`, as for requests by POST. For front ends whose router
   * rewrites the query of a page: the engine still gets each byte as it came (`false`).
   */
  readonly keepQueries?: boolean;
  /** The site's icon, a path of the host's own, for all pages of the kit. Without it, browsers ask for `/favicon.ico`. */
  readonly icon?: string;
  /**
   * The card in the page itself, as a form that works without script and without WebAssembly: `cardForm` of
   * `countersign/server/form`. Without it, the page has the widget alone.
   */
  readonly form?: CardForm;
  /** The page. By default it has the widget and nothing else. A response is the whole answer; the kit adds its cookies. */
  html?(context: PageContext): string | HostPage | Response | Promise<string | HostPage | Response>;
}

/** What the kit offers a page. */
export interface PageSite {
  readonly kit: Kit;
  /** Reads who is there. A call over a limit is a fault. */
  readCall(request: Request, id: string): Promise<Call>;
  /** Begins an event of the log. The result ends it. */
  startLog(id: string): (result: LogResult) => void;
}

/** The way without script. `cardForm` of `countersign/server/form` makes it. */
export interface CardForm {
  /** Refuses options of the page with which there would be no card. */
  checkPage(options: PageOptions): void;
  /** Whether a path is that of the forms of a page. */
  takes(site: PageSite, url: URL, options: PageOptions): boolean;
  /** Refuses a form of another site, before the host is asked for anything. */
  admit(site: PageSite, request: Request): void;
  /** Takes a form. */
  take(view: PageCall): Promise<Response>;
  /** The page for a request, or for a transaction. */
  show(view: PageCall): Promise<Response>;
  /** The page for a request to sign out. */
  showLogout(view: PageCall): Promise<Response>;
}

/** Pages at their paths. */
export interface Page {
  /** `undefined`: the path is none of its own. */
  respond(site: PageSite, request: Request): Promise<Response | undefined>;
  /** The page for a step that is over. */
  gone(site: PageSite, request: Request): Response;
}

const MOST_QUERY = 32_768;

/** Asks the engine about a request. Resolves to an answer if no user is needed, else to the address on the card, if there is one. */
async function askFirst(view: PageCall, transaction: Transaction, isKept: boolean): Promise<Response | string | undefined> {
  const { site: { kit }, call } = view;
  const silent = isSilent(transaction.state.query!);
  const step: Step = await ask(kit, call, transaction, endHere);
  if ('card' in step) return step.asked.redirect_uri;
  if (!step.isFinal) return step.outcome.outcome === 'redirect' ? answerStep(view, step.outcome, silent) : undefined;
  const outcome = isKept ? await decideOnce(kit, transaction, undefined, undefined, async () => step.outcome) : step.outcome;
  return answerStep(view, outcome, silent);
}

/** Leads to the page for a transaction that was just opened. */
async function pageOf({ site, call, url }: PageCall, transaction: Transaction, opened?: ForPage): Promise<Response> {
  await save(site.kit, call, transaction);
  const kept = keptOf((name) => (isOpaque(url) ? [opened?.[name]] : url.searchParams.getAll(name)));
  return redirect(site, `${url.pathname}?${new URLSearchParams([['transaction', transaction.id], ...kept])}`);
}

/** The kit, and what its engine says of a request. */
function watched(kit: Kit): { kit: Kit; seen: { opened?: Opened } } {
  const seen: { opened?: Opened } = {};
  const open: Kit['engine']['open'] = async (query, context) => (seen.opened = await kit.engine.open(query, context));
  return { kit: { ...kit, engine: Object.create(kit.engine, { open: { value: open } }) as Kit['engine'] }, seen };
}

/**
 * GET with a query of the engine's own, or of which this is wanted. The page for it is that of its transaction, which also keeps the
 * query out of addresses and histories. While the engine cannot be asked, that page can try again.
 */
async function getKept(view: PageCall): Promise<Response> {
  const { url, options } = view;
  const { kit, seen } = watched(view.site.kit);
  const transaction = create(kit, view.call, { realm: options.realm ?? 'consumer', query: url.search.slice(1) });
  try {
    const step = await ask(kit, view.call, transaction, endHere);
    const opened = seen.opened as ForPage | undefined;
    // Nobody has left for the login page yet: the page itself asks, and then leaves.
    const { isAway: _, handedOffAt: __, ...state } = transaction.state;
    transaction.state = state;
    if ('card' in step) return await pageOf(view, transaction, opened);
    return answerStep(view, step.outcome, isSilent(url.search)) ?? await pageOf(view, transaction, opened);
  } catch (error) {
    if (faultOf(error).status !== 503 || isSilent(url.search)) throw error;
    transaction.state = { ...transaction.state, isStored: true };
    return pageOf(view, transaction);
  }
}

/** Whether the browser only looks ahead, and the user may never come. */
const isAhead = ({ call }: PageCall): boolean => /prefetch|prerender/.test(call.request.headers.get('sec-purpose') ?? '');

/** Whether a query is longer than the engine or the kit takes. */
const isTooLong = ({ url, options }: PageCall): boolean => url.search.length - 1 > (options.longest ?? MOST_QUERY);

const refuseLength = (view: PageCall): Response => refuse(view, { status: 400, heading: 'invalid_heading', texts: ['invalid_too_long', 'start_again'], code: 'invalid_request' });

/** GET of the authorization endpoint. */
async function getAuthorize(view: PageCall): Promise<Response> {
  const { site: { kit }, call, url, options } = view;
  const realm = options.realm ?? 'consumer';
  const query = url.search.slice(1);
  const id = named(url, 'transaction');
  const isKept = isOpaque(url) || isKeptHere(url, options.keepQueries, 'transaction');
  let silent = id === undefined && isSilent(query);
  if (isAhead(view)) return silent || isKept ? refuse(view, { status: 503, heading: 'failed_heading', texts: ['start_again'], code: 'prefetch' }) : showWidget(view, 'authorize');
  if (id === undefined && isTooLong(view)) return refuseLength(view);
  if (isKept) return getKept(view);
  if (options.form !== undefined) return options.form.show(view);
  try {
    const transaction = id === undefined ? create(kit, call, { realm, query }) : await load(kit, call, id, realm);
    silent = isSilent(transaction.state.query ?? '');
    visit(transaction);
    // A request that came by POST, or by this address, was not seen by the engine yet.
    const isNew = id === undefined || transaction.state.isStored === true;
    if (transaction.state.isStored) transaction.state = { ...transaction.state, isStored: false };
    const found = isNew ? await askFirst(view, transaction, id !== undefined) : transaction.state.address;
    if (id !== undefined) await save(kit, call, transaction);
    return typeof found === 'object' ? found : await showWidget(view, 'authorize', found);
  } catch (error) {
    // The page says it better than a plain one: it knows the client, and can try again.
    return silent || faultOf(error).status === 500 ? faultPage(view, error) : showWidget(view, 'authorize');
  }
}

async function readForm(view: PageCall): Promise<string | Response> {
  const { request } = view.call;
  const wrong = (status: number, text: 'invalid_text' | 'invalid_too_long'): Response =>
    refuse(view, { status, heading: 'invalid_heading', texts: [text, 'start_again'], code: 'invalid_request' });
  if (mediaType(request.headers) !== 'application/x-www-form-urlencoded' || isEncoded(request.headers)) return wrong(415, 'invalid_text');
  const bytes = await readBody(request, MOST_QUERY);
  const query = bytes === undefined ? undefined : toQuery(new TextDecoder().decode(bytes).toWellFormed());
  return query === undefined || query.length > MOST_QUERY ? wrong(413, 'invalid_too_long') : query;
}

/**
 * POST of an endpoint (OIDC Core 3.1.2.1): stores the request, and leads to the page. A POST from another site carries no cookie of
 * ours, but its answer can set one, and the GET after it carries that.
 */
async function post(view: PageCall, path: string, name: 'transaction' | 'logout'): Promise<Response> {
  const query = await readForm(view);
  return typeof query === 'string' ? keep(view, path, name, query) : query;
}

/** Stores a request, and leads to its page. */
async function keep(view: PageCall, path: string, name: 'transaction' | 'logout', query: string): Promise<Response> {
  const { site, call, options: { realm = 'consumer' } } = view;
  const kind = name === 'logout' ? { logoutQuery: query } : { query, isStored: true };
  const transaction = create(site.kit, call, { realm, ...kind });
  await save(site.kit, call, transaction);
  const parameters = new URLSearchParams(query);
  return redirect(site, `${path}?${new URLSearchParams([[name, transaction.id], ...keptOf((one) => parameters.getAll(one))])}`);
}

function notAllowed({ kit }: PageSite): Response {
  return new Response(null, { status: 405, headers: { ...pageHeaders({ https: kit.secure }), Allow: 'GET, HEAD, POST' } });
}

async function answer(view: PageCall, path: string, flow: PageContext['flow']): Promise<Response> {
  const { method } = view.call.request;
  if (method === 'POST') return post(view, path, flow === 'logout' ? 'logout' : 'transaction');
  // HEAD has the headers of the page, and no other effect.
  if (method === 'HEAD') return new Response(null, { headers: (await showWidget(view, flow)).headers });
  if (method !== 'GET') return notAllowed(view.site);
  if (flow === 'authorize') return getAuthorize(view);
  const { form, keepQueries } = view.options;
  if (isAhead(view)) return showWidget(view, flow);
  if (!isKeptHere(view.url, keepQueries, 'logout')) return form !== undefined && !isTooLong(view) ? form.showLogout(view) : showWidget(view, flow);
  return isTooLong(view) ? refuseLength(view) : keep(view, path, 'logout', view.url.search.slice(1));
}

/** The pages of a realm. */
export function page(options: PageOptions): Page {
  checkPageOptions(options);
  options.form?.checkPage(options);
  const { authorize = '/oauth/authorize', logout } = options;
  const files = typeof options.files === 'string' ? options.files : createFiles(options.files);
  const begin = (site: PageSite, request: Request): PageCall => {
    const id = randomText(12);
    const call = { request, id, account: null, languages: languagesOf(request), v2: false, cookies: new Map(), setCookies: [] };
    const end = site.startLog(id);
    let isLogged = false;
    // What has said why is not followed by the status alone.
    const log: PageCall['log'] = (result) => {
      if (!isLogged) end(result);
      isLogged = true;
    };
    return { site, call, url: new URL(request.url), options, files, log };
  };
  return {
    gone: (site, request) => faultPage(begin(site, request), gone()),
    async respond(site, request) {
      const view = begin(site, request);
      const { url } = view;
      const { pathname: path } = url;
      const prefix = `${site.kit.base}files/`;
      if (typeof files !== 'string' && path.startsWith(prefix) && request.method === 'GET') return files.respond(path.slice(prefix.length));
      const { form } = options;
      const isForm = form?.takes(site, url, options) === true;
      if (path !== authorize && path !== logout && !isForm) return undefined;
      try {
        if (isForm) form!.admit(site, request);
        const call = await site.readCall(request, view.call.id);
        const seen = { ...view, call };
        const response = isForm ? await form!.take(seen) : await answer(seen, path, path === logout ? 'logout' : 'authorize');
        view.log({ status: response.status });
        return withCookies(response, call);
      } catch (error) {
        return faultPage(view, error);
      }
    },
  };
}
