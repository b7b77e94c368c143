/**
 * `countersign/server/way-out`: a page of the site before a way out that anybody could have made up: an error of a client that nobody
 * here entered, in a browser where nobody is signed in, or a sign-out without proof. It names the host, and has a button (RFC 9700
 * section 4.11.2).
 */
import { isUsable } from './addresses.ts';
import { cookie, cookiePrefix, readCookies } from './cookies.ts';
import type { Describe } from './describe.ts';
import type { Destination, Ending, Engine, EngineContext, Opened } from './engine.ts';
import { pageHeaders, policySource } from './headers.ts';
import { cleanName, escape, hostOf, htmlPage, iconLink } from './html.ts';
import { isSilent, languagesOf } from './kit.ts';
import { languageFor } from './language.ts';
import type { ClientMetadata, Realm } from './model.ts';
import type { Page } from './page.ts';
import { plainPage } from './plain-page.ts';
import { createSeal, randomText } from './seal.ts';
import type { Store } from './store.ts';
import texts from './way-out-texts.json' with { type: 'json' };

export { hostOf };

/** A way out, and what its page says. */
export interface WayOut {
  readonly why: 'error' | 'signed_out';
  readonly ending: Ending;
  readonly client: ClientMetadata;
  readonly realm: Realm;
  /** The code of the error. */
  readonly error?: string | undefined;
  /** `ui_locales` of the request. */
  readonly locales?: string | undefined;
}

export interface WaysOutOptions {
  readonly origin: string;
  /** As the kit's. */
  readonly secret: string | readonly string[];
  readonly store: Store;
  /** That of the kit: a client that is `managed` may get its errors at once, and one that is `verified` is not doubted. */
  readonly describe: Pick<Describe, 'client'>;
  /** The path of the kit's calls (`/countersign`). */
  readonly base?: string;
  /** Paths of the host's own. */
  readonly icon?: string;
  readonly stylesheet?: string;
}

export interface WaysOut {
  /** The engine, whose errors stop at the page where nobody is signed in and the client has registered itself. */
  guard(engine: Engine): Engine;
  /** Keeps a way out for the browser of a call. What leads there is an engine's answer. */
  lead(way: WayOut, context: EngineContext): Promise<Destination>;
  /** For the kit's `page`. */
  readonly page: Page;
}

/** What is kept of a way out. */
interface Kept extends Pick<WayOut, 'why' | 'ending' | 'error' | 'locales'> {
  readonly name: string;
  readonly isVerified: boolean;
}

/** In seconds. */
const LIFETIME = 10 * 60;
const SCRIPT = "for(const button of document.querySelectorAll('[data-address]'))button.addEventListener('click',()=>location.replace(button.dataset.address))";
/** Of the script. A test compares them. */
const HASH = 'sha256-3I5I9aoOGglPnyNmeCON+jFMp/AkpI8dmrNmLw3PhYY=';

const purpose = (id: string, secret: string): string => `way-out ${id} ${secret}`;
const storeKey = (id: string): string => `way-out:${id}`;
const addressOf = (ending: Ending): string => ('form' in ending ? ending.form.action : ending.to);

/** The code of an error that an answer has for the client. */
function errorIn(opened: Opened & { kind: 'done' }): string | undefined {
  if (opened.error !== undefined) return opened.error;
  if ('form' in opened) return opened.form.fields.error;
  const { searchParams, hash } = new URL(opened.to);
  return searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error') ?? undefined;
}

const hidden = ([name, value]: [string, string]): string => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`;

/** The button, which names where it leads. Without script there is a link. */
function buttonOf(ending: Ending, label: string): string {
  if ('form' in ending) {
    const { action, fields } = ending.form;
    return `<form method="post" action="${escape(action)}">\n${Object.entries(fields).map(hidden).join('\n')}\n<button type="submit">${label}</button>\n</form>`;
  }
  return `<p><button type="button" data-address="${escape(ending.to)}">${label}</button></p>
<noscript><p><a href="${escape(ending.to)}" rel="noreferrer">${label}</a></p></noscript>
<script>${SCRIPT}</script>`;
}

function bodyOf({ why, ending, error, name, isVerified }: Kept, lang: keyof typeof texts): { heading: string; body: string } {
  const said = texts[lang];
  const address = addressOf(ending);
  const host = `<bdi>${escape(hostOf(address))}</bdi>`;
  const caution = escape(isVerified ? said.verified : said.unverified).replaceAll('{client}', `<bdi>${escape(cleanName(name))}</bdi>`).replaceAll('{host}', host);
  const heading = said[`${why}_heading`];
  const body = `<main>
<h1>${escape(heading)}</h1>
<p>${escape(said[`${why}_text`])}</p>
${error === undefined ? '' : `<p><code>${escape(error)}</code></p>`}
${isUsable(address) ? `<p>${caution}</p>\n${buttonOf(ending, `${escape(said.continue)}: ${host}`)}` : ''}
</main>`;
  return { heading, body };
}

/** Ways out of one site. */
export function waysOut({ origin, secret, store, describe, base = '/countersign', icon, stylesheet }: WaysOutOptions): WaysOut {
  const seal = createSeal([secret].flat());
  const secure = origin.startsWith('https:');
  const path = `${base}/way-out/`;
  const nameOf = (id: string): string => cookiePrefix(secure).replace(/-$/, '_') + id;
  const wordOf = async (client: ClientMetadata, realm: Realm) => await describe.client?.(client, realm) ?? {};

  async function lead({ why, ending, client, realm, error, locales }: WayOut, { setCookie }: EngineContext): Promise<Destination> {
    const [id, own] = [randomText(18), randomText(18)];
    const { name = client.client_name || client.client_id, verified: isVerified = false } = await wordOf(client, realm);
    const kept: Kept = { why, ending, error, locales, name, isVerified };
    await store.set(storeKey(id), await seal.seal(JSON.stringify(kept), purpose(id, own)), LIFETIME);
    setCookie(cookie(nameOf(id), own, secure, LIFETIME));
    return { to: `${origin}${path}${id}`, intermediate: true };
  }

  /** The way out of this browser. It can be loaded again. */
  async function find(request: Request, id: string): Promise<Kept | undefined> {
    const [own] = readCookies(request).get(nameOf(id)) ?? [];
    const sealed = own === undefined ? null : await store.get(storeKey(id));
    const text = sealed === null ? undefined : await seal.open(sealed, purpose(id, own!));
    return text === undefined ? undefined : JSON.parse(text) as Kept;
  }

  function show(kept: Kept, request: Request): Response {
    const { lang, dir } = languageFor([...(kept.locales?.split(' ') ?? []), ...languagesOf(request)].filter(Boolean));
    const { heading, body } = bodyOf(kept, lang as keyof typeof texts);
    const head = `${iconLink(icon)}${stylesheet === undefined ? '' : `<link rel="stylesheet" href="${escape(stylesheet)}">\n`}`;
    const policy = [
      "default-src 'none'", `script-src '${HASH}'`, "style-src 'self'", "img-src 'self'", "base-uri 'none'",
      `form-action ${'form' in kept.ending ? policySource(kept.ending.form.action) : "'none'"}`, "frame-ancestors 'none'", "require-trusted-types-for 'script'",
    ].join('; ');
    const headers = { ...pageHeaders({ https: secure }), 'Content-Security-Policy': policy, 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': lang };
    return new Response(htmlPage({ lang, dir }, heading, head, body), { headers });
  }

  const gone: Page['gone'] = ({ kit }, request) =>
    plainPage(kit, languagesOf(request), { status: 410, heading: 'expired_heading', texts: ['expired_text', 'start_again'], code: 'expired', requestId: randomText(12), icon });

  /** Whether an answer stops here. A silent request asks for `login_required` from hidden frames (OIDC Core 3.1.2.6). */
  async function stops(opened: Opened, query: string, client: ClientMetadata, { account, realm }: EngineContext): Promise<boolean> {
    if (opened.kind !== 'done' || account !== null) return false;
    const error = errorIn(opened);
    if (error === undefined || (error === 'login_required' && (opened.silent ?? isSilent(query)))) return false;
    return (await wordOf(client, realm)).registration !== 'managed';
  }

  return {
    lead,
    guard: (engine) => ({
      ...engine,
      async open(query, context) {
        const opened = await engine.open(query, context);
        if (opened.kind !== 'done') return opened;
        const client = opened.client ?? { client_id: new URLSearchParams(query).get('client_id') ?? '' };
        if (!await stops(opened, query, client, context)) return opened;
        const ending: Ending = 'form' in opened ? { form: opened.form } : { to: opened.to };
        const locales = opened.ui_locales ?? new URLSearchParams(query).get('ui_locales') ?? undefined;
        return { kind: 'done', ...await lead({ why: 'error', ending, client, realm: context.realm, error: errorIn(opened), locales }, context) };
      },
    }),
    page: {
      gone,
      async respond(site, request) {
        const { pathname } = new URL(request.url);
        if (!pathname.startsWith(path)) return undefined;
        if (request.method !== 'GET') return new Response(null, { status: 405, headers: { ...pageHeaders({ https: secure }), Allow: 'GET' } });
        const kept = await find(request, pathname.slice(path.length));
        return kept === undefined ? gone(site, request) : show(kept, request);
      },
    },
  };
}
