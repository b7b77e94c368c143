/**
 * Our own limits on authorization requests; the standards have few. A request over a limit is never
 * redirected.
 */
import querystring from 'node:querystring';

export const MAX_BYTES = 16 * 1024;
const MAX_PAIRS = 64;
const MAX_VALUE = 8 * 1024;
const MAX_LONG_VALUE = 12 * 1024;
const LONG = new Set(['request', 'claims', 'authorization_details']);
const MAX_SCOPES = 100;
const MAX_RESOURCES = 16;
const MAX_DETAILS = 64;

/** Parses a raw query exactly as the engine does. */
export function parseQuery(query) {
  return new Map(Object.entries(querystring.parse(query, '&', '=', { maxKeys: 0 })).map(([name, value]) => [name, [value].flat()]));
}

/** A sentence about what is too large in a raw query, or `undefined`. */
export function tooLarge(query) {
  if (Buffer.byteLength(query) > MAX_BYTES) return 'The request is longer than 16 KiB.';
  if (query.split('&').length > MAX_PAIRS) return `The request has more than ${MAX_PAIRS} parameters.`;
  return tooLargeParameters(parseQuery(query));
}

/** The number of authorization details. Invalid JSON counts as none: the engine reports it. */
function countDetails(json) {
  try {
    return JSON.parse(json).length ?? 0;
  } catch {
    return 0;
  }
}

/** The same for parameters as names and lists of values, also of a pushed or signed request. */
export function tooLargeParameters(parameters) {
  for (const [name, values] of parameters) {
    const maximum = LONG.has(name) ? MAX_LONG_VALUE : MAX_VALUE;
    if (values.some((value) => value.length > maximum)) return 'A parameter of the request is too long.';
    if (name === 'scope' && values.some((value) => value.split(' ').length > MAX_SCOPES)) return 'The request asks for too many scopes.';
    if (name === 'resource' && values.length > MAX_RESOURCES) return 'The request names too many resources.';
    if (name === 'authorization_details' && values.some((value) => countDetails(value) > MAX_DETAILS)) return 'The request names too many details.';
  }
  return undefined;
}

/**
 * Whether the engine must answer before a page is shown: the request is silent, or its parameters
 * are not in the query.
 */
export function engineFirst(query) {
  const parameters = parseQuery(query);
  const silent = (parameters.get('prompt') ?? []).some((value) => value.split(' ').includes('none'));
  return silent || parameters.has('request') || parameters.has('request_uri');
}

/**
 * The id in a query that names a stored request. A query with `client_id` is a request of its own.
 */
export function namedTransaction(query, name = 'transaction') {
  const parameters = parseQuery(query);
  const [id] = parameters.get(name) ?? [];
  return id !== undefined && !parameters.has('client_id') ? id : undefined;
}
