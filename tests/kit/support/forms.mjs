// A site whose page has the card as a form, and a browser that reads and sends it. The renderer is as small as can be: it has the fields
// and buttons of the real one, and its classes where the page counts on them.
import { cardForm } from '../../../server/node/src/form.ts';
import { createPages } from './pages.mjs';
import { ORIGIN } from './site.mjs';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text).replace(/[&<>"']/g, (one) => ENTITIES[one]);
const unescape = (text) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => Object.keys(ENTITIES).find((key) => ENTITIES[key] === entity));

const directionOf = (language) => (language === 'ar' || language === 'he' ? 'rtl' : 'ltr');

/** What the pages of a sign-out have. */
function renderLogout({ answer, language, form }) {
  const hidden = Object.entries(form?.fields ?? {}).map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`);
  const buttons = ['sign-out', 'stay'].map((press) => `<button type="submit" name="press" value="${press}">${press}</button>`);
  const card = `<div class="countersign"><h1>${answer.outcome} ${escape(answer.client?.name ?? '')}</h1>${form === undefined ? '' : buttons.join('')}</div>`;
  const html = form === undefined ? card : `<form method="post" action="${escape(form.action)}" accept-charset="utf-8">${hidden.join('')}${card}</form>`;
  return { html, state: answer.outcome, language, direction: directionOf(language) };
}

/** What a card's form has, as HTML. */
export function render(input) {
  return input.flow === 'logout' ? renderLogout(input) : renderCard(input);
}

function renderCard({ answer, language, siteName, form: { action, fields } }) {
  const { client, account, scopes, organizations, organization, can_narrow: canNarrow, remember, remember_ticked: remembers, redirect_uri: address } = answer;
  const hidden = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`);
  const rows = scopes.map(({ scope, title = scope, grantable, required, unticked }, place) => {
    const box = canNarrow && grantable && !required ? `<input type="checkbox" name="scope" value="${place}"${unticked ? '' : ' checked'}> ` : '';
    return `<li data-unseen><label>${box}${escape(title)}</label></li>`;
  });
  const choices = organizations.length > 1 ? organizations.map((one) => `<button type="submit" name="organization" value="${escape(one.organization_id)}">${escape(one.name)}</button>`) : [];
  const tick = remember === 'choice' ? [`<label><input type="checkbox" name="remember" value="1"${remembers ? ' checked' : ''}> remember</label>`] : [];
  const html = `<form method="post" action="${escape(action)}" accept-charset="utf-8">${hidden.join('')}<div class="countersign"><div class="countersign-card">
<div class="countersign-who"><h1 data-unseen>${escape(client.name)} → ${escape(siteName)}</h1><p>${escape(account.email ?? account.sub)} <button type="submit" name="press" value="switch-account">switch</button></p>
<p class="organization">${escape(organization?.name ?? '')}</p>${choices.join('')}</div><div class="countersign-permissions"><ul>${rows.join('')}</ul></div>
<div class="countersign-decision"><p class="destination" data-unseen>${escape(new URL(address).host)}</p>${tick.join('')}
<p class="countersign-hint" role="status"></p><div class="countersign-actions"><button type="submit" name="press" value="deny">Deny</button><button type="submit" name="press" value="allow">Allow</button></div></div>
</div></div></form>`;
  return { html, state: 'consent', language, direction: directionOf(language) };
}

export const CSS = '.countersign-card { display: grid; gap: 1rem; }';

/** The form of a page, as a browser would send it. */
export function formIn(html) {
  const action = unescape(/<form method="post" action="([^"]*)"/.exec(html)?.[1] ?? '');
  const inputs = [...html.matchAll(/<input type="(hidden|checkbox)" name="(\w+)" value="([^"]*)"( checked)?>/g)];
  const fields = inputs.filter(([, type, , , checked]) => type === 'hidden' || checked).map(([, , name, value]) => [name, unescape(value)]);
  return { action, fields, boxes: inputs.filter(([, type]) => type === 'checkbox').map(([, , name, value, checked]) => `${name}=${value}${checked ? ' checked' : ''}`) };
}

export const addressIn = (response) => /^0; url=(.*)$/.exec(response.headers.get('refresh') ?? '')?.[1];

/** A site, a browser, and what it does with a form. Time passes between a page and a press, unless a test says how much. */
export function createForms({ card = {}, pageOptions = {}, ...options } = {}, account) {
  const form = cardForm({ render, css: CSS, texts: () => ({}), ...card });
  const made = createPages({ pageOptions: { form, ...pageOptions }, ...options }, account);
  const { site, browser } = made;
  const read = async (response) => {
    const html = await response.text();
    return { response, status: response.status, html, form: formIn(html), to: addressIn(response) };
  };
  const open = async (query, init) => read(await made.get(query, init));
  /** Sends a form: what the page has, with another press and more fields, after so many milliseconds. */
  const send = async ({ form: { action, fields } }, press, { after = 600, without = [], more = [], headers = {} } = {}) => {
    site.time.now += after;
    const body = new URLSearchParams([...fields.filter(([name, value]) => !without.includes(name) && !without.includes(`${name}=${value}`)), ...(press === undefined ? [] : [['press', press]]), ...more]);
    return read(await browser.send(action, { method: 'POST', body, headers: { Origin: site.origin, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded', ...headers } }));
  };
  return { ...made, open, send, read };
}

export const GUARDED = { more: [['guarded', '1']] };
export { ORIGIN };
