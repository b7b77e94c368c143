/** The page that posts an answer to the client (OAuth 2.0 Form Post Response Mode), once and for one browser. */
import { cookie, cookiePrefix } from './cookies.ts';
import type { Outcome } from './decisions.ts';
import type { EndingForm } from './engine.ts';
import { escape } from './html.ts';
import type { Call, Kit } from './kit.ts';
import { randomText } from './seal.ts';

const LIFETIME = 60;
const SCRIPT = 'document.forms[0].submit()';
/** Of the script. A test compares them. */
const HASH = 'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE=';

/** A form, and whether it goes to a server that forwards the browser: policies apply to the redirects after a form, too. */
export interface FinishForm extends EndingForm {
  readonly forwards: boolean;
}

const nameOf = ({ secure }: Kit, id: string): string => cookiePrefix(secure).replace(/-$/, '_') + id;
const purpose = (id: string, secret: string): string => `finish ${id} ${secret}`;
const storeKey = (id: string): string => `finish:${id}`;

/** Keeps a form for its browser, and returns the outcome that leads to it. */
export async function finishLater(kit: Kit, call: Call, form: FinishForm): Promise<Outcome> {
  const [id, secret] = [randomText(18), randomText(18)];
  await kit.store.set(storeKey(id), await kit.seal.seal(JSON.stringify(form), purpose(id, secret)), LIFETIME);
  call.setCookies.push(cookie(nameOf(kit, id), secret, kit.secure, LIFETIME));
  return { outcome: 'redirect', redirect_uri: `${kit.origin}${kit.base}finish/${id}`, intermediate: true };
}

/** The form of this browser, if it was not taken yet. */
export async function takeForm(kit: Kit, cookies: Call['cookies'], id: string): Promise<FinishForm | undefined> {
  const [secret] = cookies.get(nameOf(kit, id)) ?? [];
  const sealed = secret === undefined ? null : await kit.store.get(storeKey(id));
  const text = sealed === null ? undefined : await kit.seal.open(sealed, purpose(id, secret!));
  // Of several loads at once, one gets it.
  if (text === undefined || await kit.store.claim(`${storeKey(id)}:taken`, '', LIFETIME) !== null) return undefined;
  return JSON.parse(text) as FinishForm;
}

/** The page of a form. It may be framed by its client only for `prompt=none`, which clients send from hidden frames. */
export function finishPage({ action, fields, forwards }: FinishForm, { framed = false } = {}): Response {
  const { origin } = new URL(action);
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`);
  const policy = [
    "default-src 'none'", `script-src '${HASH}'`, "base-uri 'none'", ...(forwards ? [] : [`form-action ${origin}`]), `frame-ancestors ${framed ? origin : "'none'"}`, "require-trusted-types-for 'script'",
  ];
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy.join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(framed ? {} : { 'X-Frame-Options': 'DENY' }),
  };
  return new Response(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>…</title></head>
<body>
<form method="post" action="${escape(action)}">
${inputs.join('\n')}
<noscript><button type="submit">→</button></noscript>
</form>
<script>${SCRIPT}</script>
</body>
</html>
`, { headers });
}
