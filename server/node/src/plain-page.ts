/** Plain pages for what ends a request before the widget is there, in the visitor's language. */
import { pageHeaders } from './headers.ts';
import { escape, htmlPage, iconLink } from './html.ts';
import type { Kit } from './kit.ts';
import { languageFor, type TextKey } from './language.ts';

export interface PlainPage {
  readonly status: number;
  readonly heading: TextKey;
  readonly texts: readonly TextKey[];
  /** The engine's or the kit's code, and the name of the call in the log. */
  readonly code: string;
  readonly requestId: string;
  readonly retryAfter?: number;
  /** The site's icon. */
  readonly icon?: string | undefined;
}

/** The name of the site: its own, else its host. */
export const siteName = ({ describe, origin }: Kit): string => describe.site_name ?? new URL(origin).host;

export function plainPage(kit: Kit, tags: readonly string[], { status, heading, texts: keys, code, requestId, retryAfter, icon }: PlainPage): Response {
  const { lang, dir, texts } = languageFor(tags);
  const said = (key: TextKey): string => texts[key].replaceAll('{site}', siteName(kit)).replaceAll('{reference}', requestId);
  const text = (key: TextKey): string => escape(said(key));
  const body = htmlPage({ lang, dir }, said(heading), iconLink(icon), `<main>
<h1>${text(heading)}</h1>
${keys.map((key) => `<p>${text(key)}</p>`).join('\n')}
<p><small>${text('reference')} · <code>${escape(code)}</code></small></p>
</main>`);
  const headers = { ...pageHeaders({ https: kit.secure }), 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': lang };
  return new Response(body, { status, headers: { ...headers, ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }) } });
}
