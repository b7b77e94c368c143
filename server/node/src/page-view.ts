/** What the pages of the kit have in common: a request for one, and the answers that need no widget. */
import { endWith } from './authorize.ts';
import { faultOf, type Outcome } from './decisions.ts';
import type { createFiles } from './files.ts';
import { finishPage, type FinishForm } from './finish.ts';
import { pageHeaders } from './headers.ts';
import type { Call, Kit } from './kit.ts';
import { languageFor } from './language.ts';
import type { LogResult } from './log.ts';
import type { PageContext, PageOptions, PageSite } from './page.ts';
import { plainPage, type PlainPage } from './plain-page.ts';
import type { Transaction } from './transactions.ts';
import { widgetPage } from './widget-page.ts';

export type FileServer = ReturnType<typeof createFiles>;

/** A request for a page, and what it needs. */
export interface PageCall {
  readonly site: PageSite;
  readonly call: Call;
  readonly url: URL;
  readonly options: PageOptions;
  readonly files: FileServer | string;
  readonly log: (result: LogResult) => void;
}

export const tagsOf = ({ url, call }: Pick<PageCall, 'url' | 'call'>): string[] => [...(url.searchParams.get('ui_locales') ?? '').split(' '), ...call.languages].filter(Boolean);

/** An answer with the cookies that the call sets. */
export function withCookies(response: Response, { setCookies }: Call): Response {
  for (const value of setCookies) response.headers.append('Set-Cookie', value);
  return response;
}

/** RFC 9700 section 4.12: a 303 never forwards the body of a POST. */
export const redirect = ({ kit }: PageSite, to: string): Response =>
  new Response(null, { status: 303, headers: { ...pageHeaders({ https: kit.secure }), Location: to } });

export const refuse = ({ site, call, url, options }: PageCall, page: Omit<PlainPage, 'requestId' | 'icon'>): Response =>
  plainPage(site.kit, tagsOf({ url, call }), { ...page, requestId: call.id, icon: options.icon });

/** Where forms of the page may lead, for engines that end requests with one. */
export function formActionOf({ engine }: Kit, address: string | undefined): readonly string[] | 'any' | undefined {
  if (!engine.posts) return undefined;
  return address === undefined ? 'any' : [...(engine.origins ?? []), address];
}

export async function filesAt({ files, site }: PageCall): Promise<string> {
  return typeof files === 'string' ? files : `${site.kit.base}files/${await files.version()}/`;
}

/** The page with the widget. `address`: where the answer goes, if that is known. */
export async function showWidget(view: PageCall, flow: PageContext['flow'], address?: string): Promise<Response> {
  const { options, site: { kit } } = view;
  const context: PageContext = {
    ...languageFor(tagsOf(view)),
    realm: options.realm ?? 'consumer',
    flow,
    siteName: kit.describe.site_name ?? new URL(kit.origin).host,
    apiBase: kit.base.slice(0, -1),
    loginUrl: options.loginUrl ?? '/login',
    files: await filesAt(view),
    ...(options.icon === undefined ? {} : { icon: options.icon }),
  };
  const made = await (options.html ?? widgetPage)(context);
  if (made instanceof Response) return made;
  const { html, headers = {} } = typeof made === 'string' ? { html: made } : made;
  const all = { ...pageHeaders({ https: kit.secure, ...optional(formActionOf(kit, address)) }), 'Content-Type': 'text/html; charset=utf-8', ...headers };
  return new Response(html, { headers: all });
}

export const optional = (formAction: ReturnType<typeof formActionOf>) => (formAction === undefined ? {} : { formAction });

/** Ends a request at once: a form needs no page in between, since this answer is the page. */
export const endHere = async (kit: Kit, call: Call, state: Transaction['state'], ending: Parameters<typeof endWith>[3]): Promise<Outcome> =>
  endWith(kit, call, state, ending, async (form) => ({ outcome: 'form', form, silent: (ending as { silent?: boolean }).silent }));

/** The answer for a step of the engine that needs no user, or `undefined`. */
export function answerStep(view: PageCall, outcome: Outcome, silent: boolean): Response | undefined {
  if (outcome.outcome === 'redirect') return redirect(view.site, outcome.redirect_uri as string);
  if (outcome.outcome === 'form') return finishPage(outcome.form as FinishForm, { framed: silent || outcome.silent === true });
  if (outcome.outcome !== 'error') return undefined;
  const texts = silent ? ['invalid_silent', 'start_again'] as const : ['invalid_text', 'start_again'] as const;
  return refuse(view, { status: 400, heading: 'invalid_heading', texts, code: outcome.error as string });
}

/** The page for a fault of a request that no page can be shown for. */
export function faultPage(view: PageCall, error: unknown): Response {
  const { status, code, extras } = faultOf(error);
  view.log({ status, code, error });
  if (status === 410 || status === 409) return refuse(view, { status, heading: 'expired_heading', texts: ['expired_text', 'start_again'], code });
  const isBusy = extras.retryAfter !== undefined;
  const more = isBusy ? { retryAfter: extras.retryAfter } : {};
  return refuse(view, { status, heading: isBusy ? 'failed_busy_heading' : 'failed_heading', texts: [isBusy ? 'failed_again' : 'start_again'], code, ...more });
}
