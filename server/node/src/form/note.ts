/** Plain pages on the way without script: what leads on, and what ends a request. */
import { pageHeaders } from '../headers.ts';
import { escape, hostOf, htmlPage, iconLink } from '../html.ts';
import { tagsOf, type PageCall } from '../page-view.ts';
import { siteName } from '../plain-page.ts';
import type { Fault } from '../problems.ts';
import { speakerFor, type FormTextKey, type Speaker } from './text.ts';

interface Note {
  readonly status: number;
  readonly heading: FormTextKey;
  readonly texts: readonly FormTextKey[];
  readonly values?: Readonly<Record<string, string>>;
  readonly link?: { readonly to: string; readonly label: string } | undefined;
  /** The kit's or the engine's code. */
  readonly code?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** No page of these runs a script, loads anything but the icon, or posts a form. */
const POLICY = { 'script-src': "'none'", 'style-src': "'none'", 'connect-src': "'none'" };

/** An address as a header can carry it. */
const inHeader = (address: string): string => (/^[\x21-\x7e]+$/.test(address) ? address : new URL(address).href);

function notePage(view: PageCall, speaker: Speaker, { status, heading, texts, values = {}, link, code, headers = {} }: Note): Response {
  const { site: { kit }, call, options } = view;
  const all = { site: siteName(kit), reference: call.id, ...values };
  const lines = texts.map((key) => `<p>${speaker.html(key, all)}</p>`);
  if (link !== undefined) lines.push(`<p><a href="${escape(link.to)}" rel="noreferrer">${link.label}</a></p>`);
  if (code !== undefined) lines.push(`<p><small>${speaker.html('reference', all)} · <code>${escape(code)}</code></small></p>`);
  const html = htmlPage(speaker, speaker.plain(heading, all), iconLink(options.icon), `<main>\n<h1>${speaker.html(heading, all)}</h1>\n${lines.join('\n')}\n</main>`);
  const own = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': speaker.lang, ...headers };
  return new Response(html, { status, headers: { ...pageHeaders({ https: kit.secure, policy: POLICY }), ...own } });
}

const leadingTo = (to: string): Record<string, string> => ({ Refresh: `0; url=${inHeader(to)}` });

/**
 * Hands the answer over. Browsers check the redirects after a form by the policy of its page, which would have to name every client;
 * a page with `Refresh` is no such redirect.
 */
export function handOver(view: PageCall, to: string, client: string | undefined): Response {
  const speaker = speakerFor(tagsOf(view));
  const host = hostOf(to);
  const isApp = !/^https?:/i.test(to);
  return notePage(view, speaker, {
    status: 200,
    heading: client === undefined ? 'redirecting_heading_unknown' : 'redirecting_heading',
    texts: ['redirecting_text', 'redirecting_late'],
    values: { host, client: client ?? '' },
    link: { to, label: isApp ? speaker.html('returned_button') : `<bdi>${escape(host)}</bdi>` },
    headers: leadingTo(to),
  });
}

/** Leads to the login page after a form. If signing in did not take several times, the user goes there by hand. */
export function signInPage(view: PageCall, to: string, isStuck: boolean): Response {
  const speaker = speakerFor(tagsOf(view));
  return notePage(view, speaker, {
    status: 200,
    heading: isStuck ? 'login_stuck_heading' : 'login_heading',
    texts: [isStuck ? 'login_stuck_text' : 'login_text'],
    link: { to, label: speaker.html('continue_to_login') },
    headers: isStuck ? {} : leadingTo(to),
  });
}

/** An error of the request that no client can be told. */
export const errorPage = (view: PageCall, code: string): Response =>
  notePage(view, speakerFor(tagsOf(view)), { status: 400, heading: 'invalid_heading', texts: ['invalid_text', 'start_again'], code });

function noteOf({ status, code, extras: { client, decision, noCookies, retryAfter } }: Fault): Pick<Note, 'heading' | 'texts'> {
  const startAgain = client === undefined ? 'start_again' : 'start_again_at';
  if (noCookies) return { heading: 'failed_cookies_heading', texts: ['failed_cookies'] };
  if (code === 'already_answered') {
    const heading = decision === 'allow' ? 'answered_heading_allow' : decision === 'deny' ? 'answered_heading_deny' : 'answered_heading';
    return { heading, texts: ['answered_text', startAgain] };
  }
  if (status === 410) return { heading: 'expired_heading', texts: ['expired_text', startAgain] };
  if (retryAfter !== undefined) return { heading: 'failed_busy_heading', texts: ['failed_again'] };
  return { heading: 'failed_heading', texts: ['start_again'] };
}

/**
 * The page for a fault.
 *
 * @param again where the same request can be tried again, if it can
 */
export function faultNote(view: PageCall, fault: Fault, again?: string): Response {
  const speaker = speakerFor(tagsOf(view));
  const { client, retryAfter, noCookies } = fault.extras;
  const home = client?.client_uri;
  const canRetry = again !== undefined && (fault.status >= 500 || fault.status === 429 || noCookies);
  const link = canRetry ? { to: again, label: speaker.html('try_again') } : home === undefined ? undefined : { to: home, label: `<bdi>${escape(hostOf(home))}</bdi>` };
  return notePage(view, speaker, {
    ...noteOf(fault),
    status: fault.status,
    values: { client: client?.name ?? '' },
    link,
    code: fault.code,
    headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
  });
}
