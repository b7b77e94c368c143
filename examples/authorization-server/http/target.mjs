/** The request target (RFC 9112 section 3.2): every server here reads it in this one way. */

/**
 * An encoded slash, backslash or control character: programs disagree on what such a path names.
 */
const AMBIGUOUS = /%(?:[01][0-9a-f]|2f|5c|7f)/i;

/**
 * The path and the raw query of a request target, or `undefined` if the target may name another
 * authority or another path than it seems to.
 *
 * Only the origin form is taken, with a path that a URL parser leaves unchanged: no `//host`, no
 * backslash, no dot segments, encoded or not.
 *
 * @returns `path`, `query` (without its `?`) and `search` (with it)
 */
export function readTarget(target) {
  const [path] = target.split('?', 1);
  const search = target.slice(path.length);
  if (!path.startsWith('/') || path.startsWith('//') || AMBIGUOUS.test(path)) return undefined;
  if (new URL(`http://localhost${path}`).pathname !== path) return undefined;
  return { path, query: search.slice(1), search };
}
