/**
 * The headers of a page that carries the widget. `api/page-headers.json` is their one source, for
 * this server, the examples, the documents and the tests.
 *
 * Cross-Origin-Opener-Policy is never sent: it would disconnect a client's popup from its opener.
 */
import { readFileSync } from 'node:fs';

const SOURCE = JSON.parse(readFileSync(new URL('../../../api/page-headers.json', import.meta.url), 'utf8'));

/** Everything but the policy, which differs from page to page. */
export const HEADERS = Object.freeze(SOURCE.headers);

/** What is added where the site is served over https. */
export const HTTPS_HEADERS = Object.freeze(SOURCE.https);

/** The Content-Security-Policy, with other values for some of its directives. */
export function policyWith(own = {}) {
  return Object.entries({ ...SOURCE.policy, ...own }).map(([name, value]) => `${name} ${value}`).join('; ');
}
