/** The page with the card as a form. */
import { pageHeaders } from '../headers.ts';
import { escape, htmlPage, iconLink } from '../html.ts';
import { keptOf } from '../page-query.ts';
import { filesAt, formActionOf, optional, tagsOf, type PageCall } from '../page-view.ts';
import { siteName } from '../plain-page.ts';
import type { CardFormOptions } from './options.ts';
import type { Sheets } from './sheets.ts';
import { speakerFor, type FormTextKey, type Speaker } from './text.ts';
import { sealToken, type Token } from './token.ts';

/** The answer of `authorize/start` that a page shows. */
export interface ConsentAnswer {
  readonly transaction: string;
  readonly version: string;
  readonly redirect_uri: string;
  readonly organization?: { readonly organization_id: string } | undefined;
}

export interface CardPage {
  readonly answer: ConsentAnswer;
  readonly notice?: FormTextKey | undefined;
  /** On the second page: what Allow counts for. */
  readonly confirm?: Token['confirm'];
}

/**
 * On the second page, the answers stand above what is asked, in one column, and have changed places: a further click where Allow was is
 * none. The names are repeated to count more than the rules of wide cards.
 */
const SECOND = `
.countersign.countersign.countersign > * { max-inline-size: var(--countersign-width); }
.countersign .countersign-card.countersign-card.countersign-card { display: flex; flex-direction: column; }
.countersign .countersign-card.countersign-card > * { position: static; float: none; inline-size: auto; }
.countersign .countersign-card.countersign-card > .countersign-decision { order: -1; }
.countersign-actions > :first-child { order: 1; }
.countersign-actions > :last-child { order: 0; }`;
const OWN = '\n.countersign-page-notice { max-inline-size: 27.5rem; margin: 0 auto 1rem; padding-inline: 1rem; font: 1rem/1.5 system-ui, sans-serif; }';

/** The path that the forms of a page go to. It keeps what the page's language depends on. */
export function actionOf({ site, url, options }: PageCall, path = 'authorize/form'): string {
  const kept = keptOf((name) => url.searchParams.getAll(name));
  if (options.realm === 'b2b') kept.unshift(['realm', 'b2b']);
  return `${site.kit.base}${path}${kept.length === 0 ? '' : `?${new URLSearchParams(kept)}`}`;
}

/** JSON inside an element of HTML, which it cannot end. */
const dataIn = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

async function scriptsOf(view: PageCall, { adopts = false }: CardFormOptions, answer: ConsentAnswer, speaker: Speaker): Promise<string> {
  const at = escape(await filesAt(view));
  const texts = ` data-early="${escape(speaker.plain('press_too_early'))}" data-not-seen="${escape(speaker.plain('press_unseen'))}"`;
  const program = adopts ? `\n<link rel="preload" href="${at}widget.wasm" as="fetch" type="application/wasm" crossorigin>\n<script type="module" src="${at}register.js"></script>` : '';
  return `<script type="application/json" id="countersign-answer">${dataIn(answer)}</script>\n<script src="${at}guard.js"${texts}></script>${program}`;
}

const elementOf = (view: PageCall, html: string): string => {
  const { site: { kit }, options } = view;
  const tag = options.realm === 'b2b' ? 'countersign-b2b-identity-provider' : 'countersign-identity-provider';
  const attributes = { 'api-base': kit.base.slice(0, -1), 'login-url': options.loginUrl ?? '/login', 'site-name': siteName(kit) };
  return `<${tag}${Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`).join('')}>${html}</${tag}>`;
};

function headersOf(view: PageCall, { adopts }: CardFormOptions, style: string, { answer, confirm }: CardPage): Record<string, string> {
  const { kit } = view.site;
  const runs = confirm === undefined;
  // A form of this page alone leads nowhere else; the widget may end a request with a form of the engine's.
  const { formAction = [] } = adopts ? optional(formActionOf(kit, answer.redirect_uri)) : {};
  const policy = { 'style-src': `'${style}'`, ...(runs && adopts ? { 'style-src': `'self' '${style}'` } : { 'script-src': runs ? "'self'" : "'none'", 'connect-src': "'none'" }) };
  return {
    ...pageHeaders({ https: kit.secure, formAction, policy }),
    // With `no-referrer`, browsers send no `Origin` with a form.
    'Referrer-Policy': 'same-origin',
  };
}

/** What is drawn into a page, and what is around it. */
export interface Drawing {
  readonly answer: object;
  readonly flow?: 'logout';
  readonly form?: { readonly action: string; readonly fields: Readonly<Record<string, string>> };
  readonly notice?: FormTextKey | undefined;
  /** Rules after the style sheet. */
  readonly rules?: string;
  /** The element around the card. */
  around?(html: string): string;
  /** What comes after the card, as HTML. */
  readonly rest?: string;
}

/** A whole page with what the renderer makes of an answer, in the user's language. */
export async function draw(view: PageCall, options: CardFormOptions, sheets: Sheets, { answer, flow, form, notice, rules = '', around = (html) => html, rest = '' }: Drawing) {
  const { site: { kit }, options: { realm = 'consumer', icon } } = view;
  const speaker = speakerFor(tagsOf(view));
  const { theme, layout, logo } = options;
  const optional = Object.fromEntries(Object.entries({ flow, theme, layout, logo, form }).filter(([, value]) => value !== undefined));
  const { html, language, direction } = options.render({ answer, realm, texts: await sheets.texts(speaker.lang), language: speaker.lang, siteName: siteName(kit), ...optional });
  const { css, source } = await sheets.style(OWN + rules);
  const said = notice === undefined ? '' : `<p class="countersign-page-notice" role="alert">${speaker.html(notice)}</p>\n`;
  const body = htmlPage({ lang: language, dir: direction }, siteName(kit), `${iconLink(icon)}<style>${css}</style>\n`, `<main>\n${said}${around(html)}\n</main>${rest}`);
  return { body, source, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': language } };
}

export async function cardPage(view: PageCall, options: CardFormOptions, sheets: Sheets, shown: CardPage): Promise<Response> {
  const { kit } = view.site;
  const { answer, notice, confirm } = shown;
  const token = await sealToken(kit, answer.transaction, { at: kit.clock(), version: answer.version, organization: answer.organization?.organization_id, confirm });
  const form = { action: actionOf(view), fields: { transaction: answer.transaction, version: answer.version, token } };
  const first = confirm === undefined && {
    rest: `\n${await scriptsOf(view, options, answer, speakerFor(tagsOf(view)))}`,
    ...(options.adopts ? { around: (html: string) => elementOf(view, html) } : {}),
  };
  const { body, source, headers } = await draw(view, options, sheets, { answer, form, notice, ...(first || { rules: SECOND }) });
  return new Response(body, { headers: { ...headersOf(view, options, source, shown), ...headers } });
}
