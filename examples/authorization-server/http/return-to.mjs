/**
 * The addresses that the login page may return to: the pages of this site that are part of a flow.
 */

const ROUTES = new Set(['/', '/oauth/authorize', '/oauth/logout', '/b2b/oauth/authorize', '/b2b/oauth/logout']);

/**
 * `return_to` as a local path and query, or `/`.
 *
 * Origin, protocol and route are checked on the parsed URL: `//evil`, `/\evil` and a tab in between
 * name another origin, a `blob:` URL has our origin, and the path of `/..//evil` is hostile only on
 * its own. The returned path is exactly one of ours.
 */
export function checkReturnTo(value, origin) {
  const base = new URL(origin);
  if (value === undefined || !URL.canParse(value, base)) return '/';
  const url = new URL(value, base);
  const local = url.origin === base.origin && url.protocol === base.protocol && url.username === '' && url.password === '';
  return local && ROUTES.has(url.pathname) ? url.pathname + url.search : '/';
}
