/**
 * Cross-origin calls (CORS) to endpoints that need no cookie: a page of any origin may call them,
 * as any program may. Credentials are never allowed.
 */

const HOUR = '3600';
const EXPOSED = 'WWW-Authenticate, DPoP-Nonce, Retry-After';
/** A list of header names of a usual length. */
const NAMES = /^[\w!#$%&'*+.^`|~, -]{1,1000}$/;

/** `null` is what pages without an origin send: it is nobody's name, so all are meant. */
const allowed = (origin) => (origin === 'null' ? '*' : origin);

/** Replaces the CORS headers of an answer, whoever set them, when it is sent. */
function replaceHeaders(res, headers) {
  const writeHead = res.writeHead.bind(res);
  res.writeHead = (...head) => {
    for (const name of res.getHeaderNames()) if (name.startsWith('access-control-')) res.removeHeader(name);
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    return writeHead(...head);
  };
}

/** Answers no other origin: the engine would do so at more endpoints. */
export const refuseOrigins = (res) => replaceHeaders(res, {});

/** Answers every origin, errors included. */
export function allowOrigins(req, res) {
  res.appendHeader('Vary', 'Origin');
  const { origin } = req.headers;
  if (origin === undefined) return refuseOrigins(res);
  return replaceHeaders(res, { 'Access-Control-Allow-Origin': allowed(origin), 'Access-Control-Expose-Headers': EXPOSED });
}

/** Answers a preflight (an OPTIONS request). */
export function sendPreflight(req, res, methods) {
  res.appendHeader('Vary', 'Origin, Access-Control-Request-Headers');
  res.statusCode = 204;
  res.setHeader('Allow', methods.join(', '));
  const { origin, 'access-control-request-headers': names } = req.headers;
  if (origin !== undefined) {
    res.setHeader('Access-Control-Allow-Origin', allowed(origin));
    res.setHeader('Access-Control-Allow-Methods', methods.join(', '));
    res.setHeader('Access-Control-Max-Age', HOUR);
    if (names !== undefined && NAMES.test(names)) res.setHeader('Access-Control-Allow-Headers', names);
  }
  res.end();
}
