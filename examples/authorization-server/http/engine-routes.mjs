/**
 * Endpoints that the engine answers directly. Its authorization, resume and logout routes are not
 * among them.
 */
import { isEncoded, limitBody, stopReading } from './body.mjs';
import { allowOrigins, refuseOrigins, sendPreflight } from './cors.mjs';

const REGISTER = '/oauth/register';
/**
 * The methods of each endpoint. None of them needs a cookie, so that pages of other origins may
 * call them; introspection is for servers (RFC 7662).
 */
const ENDPOINTS = new Map(Object.entries({
  '/oauth/token': { methods: ['POST'], cors: true },
  '/oauth/userinfo': { methods: ['GET', 'POST'], cors: true },
  '/oauth/revoke': { methods: ['POST'], cors: true },
  '/oauth/jwks': { methods: ['GET', 'HEAD'], cors: true },
  '/.well-known/openid-configuration': { methods: ['GET', 'HEAD'], cors: true },
  '/.well-known/oauth-authorization-server': { methods: ['GET', 'HEAD'], cors: true },
  '/oauth/par': { methods: ['POST'], cors: true },
  '/oauth/register': { methods: ['POST'], cors: true },
  '/oauth/introspect': { methods: ['POST'], cors: false },
}));
const REGISTERED_CLIENT = /^\/oauth\/register\/[\w-]+$/;

/** The endpoint behind a path of a realm, without the realm's prefix. */
export function engineEndpoint(path) {
  if (REGISTERED_CLIENT.test(path)) return { methods: ['GET'], cors: true };
  return ENDPOINTS.get(path);
}

function refuse(res, status, error, description) {
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ error, error_description: description }));
}

/** Counts a registration that is accepted. `false` if its address has had its share. */
function mayRegister(site, req, res) {
  const address = site.addressOf(req);
  const wait = site.registrations.wait(address);
  if (wait > 0) {
    res.setHeader('Retry-After', String(wait));
    stopReading(req, res);
    refuse(res, 429, 'temporarily_unavailable', 'Too many clients were registered from this address.');
    return false;
  }
  site.registrations.count(address);
  res.on('finish', () => { if (res.statusCode !== 201) site.registrations.uncount(address); });
  return true;
}

/** Passes a request to the engine. @param path without the realm's prefix */
export function passToEngine(site, realm, { methods, cors }, req, res, path) {
  if (cors && req.method === 'OPTIONS') {
    sendPreflight(req, res, methods);
    return;
  }
  if (cors) allowOrigins(req, res);
  else refuseOrigins(res);
  if (!methods.includes(req.method)) {
    res.statusCode = 405;
    res.setHeader('Allow', methods.join(', '));
    res.end();
    return;
  }
  if (isEncoded(req)) {
    refuse(res, 415, 'invalid_request', 'The body must have no Content-Encoding.');
    return;
  }
  const registers = path === REGISTER && req.method === 'POST';
  if (registers && !mayRegister(site, req, res)) return;
  if (!limitBody(req, res, registers ? site.limits.registrationBytes : site.limits.bodyBytes)) {
    refuse(res, 413, 'invalid_request', 'The body is too long.');
    return;
  }
  const at = req.url.indexOf('?');
  req.url = at === -1 ? path : path + req.url.slice(at);
  // The engine builds the addresses of its other endpoints from the part in front of its own path.
  req.originalUrl = realm.prefix + req.url;
  realm.handler(req, res);
}
