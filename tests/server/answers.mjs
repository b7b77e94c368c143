/** Parts of the authorization endpoint's answers. */

/** The transaction in the address of a 303. */
export const transactionOf = (response) => new URL(response.headers.get('location'), 'http://local').searchParams.get('transaction');

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const unescape = (text) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]);

/** The form of a page that posts it by script. */
export function formOf(html) {
  const fields = [...html.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, unescape(value)]);
  return { action: unescape(/action="([^"]*)"/.exec(html)[1]), fields: Object.fromEntries(fields) };
}

/** The client's request for a posted form. */
export function posted({ action, fields }) {
  return new Request(action, { method: 'POST', body: new URLSearchParams(fields) });
}

/** The way out of a page of ours: the label of its one button, and where that leads. */
export async function wayOut(browser, { redirect_uri: page }) {
  const response = await browser.fetch(page);
  const html = await response.text();
  const label = unescape((/<button[^>]*>(.*?)<\/button>/s.exec(html)?.[1] ?? '').replace(/<[^>]*>/g, ''));
  const address = /data-address="([^"]*)"/.exec(html)?.[1];
  return { status: response.status, headers: response.headers, html, label, address: address && unescape(address) };
}
