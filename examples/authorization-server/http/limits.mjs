/**
 * Our own limits on authorization requests, as the host sets them; the standards have none. A client
 * hears that its request is over one, as it hears of every other error.
 */
import querystring from 'node:querystring';

const LONG = new Set(['request', 'claims', 'authorization_details']);

/** Parses a raw query exactly as the engine does. */
export function parseQuery(query) {
  return new Map(Object.entries(querystring.parse(query, '&', '=', { maxKeys: 0 })).map(([name, value]) => [name, [value].flat()]));
}

/** The number of authorization details. Invalid JSON counts as none: the engine reports it. */
function countDetails(json) {
  try {
    return JSON.parse(json).length ?? 0;
  } catch {
    return 0;
  }
}

/**
 * @param limits `state/limits.mjs`
 * @returns `tooLarge(query)` and `tooLargeParameters(pairs)`: a sentence about what is too large, or
 *   `undefined`
 */
export function createRequestLimits(limits) {
  /** For parameters as names and lists of values, also of a pushed or signed request. */
  function tooLargeParameters(parameters) {
    for (const [name, values] of parameters) {
      const maximum = LONG.has(name) ? limits.longValue : limits.value;
      if (values.some((value) => value.length > maximum)) return 'A parameter of the request is too long.';
      if (name === 'scope' && values.some((value) => value.split(' ').length > limits.scopes)) return 'The request asks for too many scopes.';
      if (name === 'resource' && values.length > limits.resources) return 'The request names too many resources.';
      if (name === 'authorization_details' && values.some((value) => countDetails(value) > limits.details)) return 'The request names too many details.';
    }
    return undefined;
  }

  /** For a raw query. */
  function tooLarge(query) {
    if (Buffer.byteLength(query) > limits.queryBytes) return `The request is longer than ${limits.queryBytes} bytes.`;
    if (query.split('&').length > limits.parameters) return `The request has more than ${limits.parameters} parameters.`;
    return tooLargeParameters(parseQuery(query));
  }

  return { tooLarge, tooLargeParameters };
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
