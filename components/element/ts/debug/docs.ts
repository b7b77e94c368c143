/**
 * Where the documentation is: on the site, which has a page for each code, or in the repository. `errors-page.txt` alone says which; the
 * Leptos components read it too.
 */

import text from '../../../web/src/errors-page.txt';

const ERRORS = text.trim();

/** The address of what is said about a code. */
export const aboutCode = (code: string): string => ERRORS + code;

/** The address of a part of another page of docs/. */
export const inDocs = (page: string, part: string): string => (
  new URL(ERRORS.endsWith('#') ? `${page}.md#${part}` : `../${page}/#${part}`, ERRORS).href
);
