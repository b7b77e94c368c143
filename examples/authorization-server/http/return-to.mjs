/** Where the login page may send the user back: a page of this site that takes part in a flow, and nothing else. */

const ROUTES = new Set(['/', '/oauth/authorize', '/oauth/logout', '/b2b/oauth/authorize', '/b2b/oauth/logout']);

/**
 * `return_to` as a local path and query, or `/`.
 *
 * Origin, protocol and route are checked on the parsed URL: `//evil`, `/\evil` and a tab in between
 * name another origin, `blob:` of our own origin has it, and `/..//evil` only turns hostile once
 * its path is used alone. The path returned is one of ours, character for character.
 */
export function checkReturnTo(value, origin) {
  const base = new URL(origin);
  if (value === undefined || !URL.canParse(value, base)) return '/';
  const url = new URL(value, base);
  const local = url.origin === base.origin && url.protocol === base.protocol && url.username === '' && url.password === '';
  return local && ROUTES.has(url.pathname) ? url.pathname + url.search : '/';
}
