/** What answers of the authorization endpoint carry. */

/** The transaction a 303 leads to. */
export const transactionOf = (response) => new URL(response.headers.get('location'), 'http://local').searchParams.get('transaction');

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const unescape = (text) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]);

/** The form of a page that posts itself. */
export function formOf(html) {
  const fields = [...html.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, unescape(value)]);
  return { action: unescape(/action="([^"]*)"/.exec(html)[1]), fields: Object.fromEntries(fields) };
}

/** A form as the client receives it. */
export function posted({ action, fields }) {
  return new Request(action, { method: 'POST', body: new URLSearchParams(fields) });
}
