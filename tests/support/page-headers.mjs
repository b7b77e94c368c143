// The headers of a page that carries the widget, as `api/page-headers.json` has them: what tests compare others with.
import { readFileSync } from 'node:fs';

const SOURCE = JSON.parse(readFileSync(new URL('../../api/page-headers.json', import.meta.url), 'utf8'));

/** Everything but the policy, which differs from page to page. */
export const HEADERS = SOURCE.headers;

/** What is added where the site is served over https. */
export const HTTPS_HEADERS = SOURCE.https;

/** The Content-Security-Policy, with other values for some of its directives. */
export function policyWith(own = {}) {
  return Object.entries({ ...SOURCE.policy, ...own }).map(([name, value]) => `${name} ${value}`).join('; ');
}
