/** Limits on a request as it comes (the standards give few, so that these are our own). Over one: never a redirect. */
import querystring from 'node:querystring';

export const MOST_BYTES = 16 * 1024;
const MOST_PAIRS = 64;
const MOST_VALUE = 8 * 1024;
const MOST_LONG_VALUE = 12 * 1024;
const LONG = new Set(['request', 'claims', 'authorization_details']);
const MOST_SCOPES = 100;
const MOST_RESOURCES = 16;
const MOST_DETAILS = 64;

/** A raw query in the engine's own reading of it, so that the two never differ on what was asked. */
export function parseQuery(query) {
  return new Map(Object.entries(querystring.parse(query, '&', '=', { maxKeys: 0 })).map(([name, value]) => [name, [value].flat()]));
}

/** What is too large in a raw query, or `undefined`. */
export function tooLarge(query) {
  if (Buffer.byteLength(query) > MOST_BYTES) return 'The request is longer than 16 KiB.';
  if (query.split('&').length > MOST_PAIRS) return `The request has more than ${MOST_PAIRS} parameters.`;
  return tooLargeParameters(parseQuery(query));
}

/** How many details a request names, where it can be read; where not, the engine says so. */
function countDetails(json) {
  try {
    return JSON.parse(json).length ?? 0;
  } catch {
    return 0;
  }
}

/** The same for parameters one by one, as names and lists of values: a pushed or signed request has them, too. */
export function tooLargeParameters(parameters) {
  for (const [name, values] of parameters) {
    const most = LONG.has(name) ? MOST_LONG_VALUE : MOST_VALUE;
    if (values.some((value) => value.length > most)) return 'A parameter of the request is too long.';
    if (name === 'scope' && values.some((value) => value.split(' ').length > MOST_SCOPES)) return 'The request asks for too many scopes.';
    if (name === 'resource' && values.length > MOST_RESOURCES) return 'The request names too many resources.';
    if (name === 'authorization_details' && values.some((value) => countDetails(value) > MOST_DETAILS)) return 'The request names too many details.';
  }
  return undefined;
}

/** Whether the engine has to answer before any page is shown: what it has to show does not stand in the query. */
export function engineFirst(query) {
  const parameters = parseQuery(query);
  const silent = (parameters.get('prompt') ?? []).some((value) => value.split(' ').includes('none'));
  return silent || parameters.has('request') || parameters.has('request_uri');
}

/** The id in a query that only names a request kept here. `client_id` makes it a request of its own. */
export function namedTransaction(query, name = 'transaction') {
  const parameters = parseQuery(query);
  const [id] = parameters.get(name) ?? [];
  return id !== undefined && !parameters.has('client_id') ? id : undefined;
}
