/** The page before a way out of this site (`flow/leave.mjs`). */
import { createHash } from 'node:crypto';
import { escape } from '../../../server/node/src/html.ts';
import { hostOf, opens } from '../flow/leave.mjs';
import { setLeaveHeaders } from './headers.mjs';
import { languageFor } from './language.mjs';

const OPEN = "for(const button of document.querySelectorAll('[data-address]'))button.addEventListener('click',()=>location.replace(button.dataset.address))";
const OPEN_HASH = `sha256-${createHash('sha256').update(OPEN).digest('base64')}`;

/** A name that a stranger chose: one line, without characters that show nothing or turn text. */
const clean = (name) => name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim().slice(0, 100);

const hidden = ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`;

/** The button, which names where it leads. Without script there is a link. */
function way({ location, action, fields }, label) {
  if (action !== undefined) {
    return `<form method="post" action="${escape(action)}">\n${Object.entries(fields).map(hidden).join('\n')}\n<button type="submit">${label}</button>\n</form>`;
  }
  return `<p><button type="button" data-address="${escape(location)}">${label}</button></p>
<noscript><p><a href="${escape(location)}" rel="noreferrer">${label}</a></p></noscript>
<script>${OPEN}</script>`;
}

/**
 * @param page `why` (`signed_out` or `error`), `client` (`{ name }`), `verified`, `native`, `location` or
 *   `action` and `fields`, `error` (a code), `locales`
 */
export function sendLeavePage(req, res, page) {
  const address = page.action ?? page.location;
  const { lang, dir, texts } = languageFor(page.locales, req.headers['accept-language']);
  const open = opens(address, page.native);
  setLeaveHeaders(res, { action: page.action, scriptHash: OPEN_HASH });
  const host = `<bdi>${escape(hostOf(address))}</bdi>`;
  const name = `<bdi>${escape(clean(page.client.name))}</bdi>`;
  const caution = escape(page.verified ? texts.verified : texts.unverified).replaceAll('{client}', name).replaceAll('{host}', host);
  const heading = escape(texts[`${page.why}_heading`]);
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end(`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/site.css">
</head>
<body>
<main>
<h1>${heading}</h1>
<p>${escape(texts[`${page.why}_text`])}</p>
${page.error === undefined ? '' : `<p><code>${escape(page.error)}</code></p>`}
${open ? `<p>${caution}</p>\n${way(page, `${escape(texts.continue)}: ${host}`)}` : ''}
</main>
</body>
</html>
`);
}
