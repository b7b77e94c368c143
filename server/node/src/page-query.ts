/** What a page reads in a query. The engine gets it as it came. */

/** Parameters that the page needs before the first answer: its language and the kind of its window. */
const KEPT = ['ui_locales', 'display'] as const;
const LONGEST_KEPT = 256;

/** The id that a query names. A query with `client_id` is a request of its own. */
export const named = ({ searchParams }: URL, name: string): string | undefined => (searchParams.has('client_id') ? undefined : searchParams.get(name) ?? undefined);

/**
 * A query that only the engine can read: a challenge, which names no client, or a request that stands elsewhere (RFC 9101). The widget
 * cannot tell what it is.
 */
export const isOpaque = (url: URL): boolean => {
  const has = (name: string): boolean => url.searchParams.has(name);
  return url.searchParams.size > 0 && named(url, 'transaction') === undefined && (!has('client_id') || has('request') || has('request_uri'));
};

/** Whether the page is that of a transaction, and not the query's own. */
export const isKeptHere = (url: URL, keepQueries: boolean | undefined, name: 'transaction' | 'logout'): boolean =>
  keepQueries === true && url.searchParams.size > 0 && named(url, name) === undefined;

/** What the page needs before the first answer, of parameters that occur once. */
export const keptOf = (valuesOf: (name: 'ui_locales' | 'display') => readonly (string | undefined)[]): [string, string][] => KEPT.flatMap((name) => {
  const [value, ...more] = valuesOf(name);
  return value !== undefined && value !== '' && value.length <= LONGEST_KEPT && more.length === 0 ? [[name, value] as [string, string]] : [];
});

/** The form as a query: characters that a request line cannot contain are percent-encoded. */
export const toQuery = (body: string): string => body.replace(/[^\x21\x22\x24-\x7e]+/gu, encodeURIComponent);
