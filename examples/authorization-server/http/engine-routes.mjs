/**
 * Endpoints that the engine answers directly. Its authorization, resume and logout routes are not
 * among them.
 */

const ENDPOINTS = new Map(Object.entries({
  '/oauth/token': { methods: ['POST', 'OPTIONS'], cors: true },
  '/oauth/userinfo': { methods: ['GET', 'POST', 'OPTIONS'], cors: true },
  '/oauth/revoke': { methods: ['POST', 'OPTIONS'], cors: true },
  '/oauth/jwks': { methods: ['GET', 'HEAD', 'OPTIONS'], cors: true },
  '/.well-known/openid-configuration': { methods: ['GET', 'HEAD', 'OPTIONS'], cors: true },
  '/.well-known/oauth-authorization-server': { methods: ['GET', 'HEAD', 'OPTIONS'], cors: true },
  '/oauth/par': { methods: ['POST'], cors: false },
  '/oauth/introspect': { methods: ['POST'], cors: false },
  '/oauth/register': { methods: ['POST'], cors: false },
}));
const REGISTERED_CLIENT = /^\/oauth\/register\/[\w-]+$/;

/** The endpoint behind a path of a realm, without the realm's prefix. */
export function engineEndpoint(path) {
  if (REGISTERED_CLIENT.test(path)) return { methods: ['GET'], cors: false };
  return ENDPOINTS.get(path);
}

/**
 * Removes CORS headers: the engine answers other origins at more endpoints than this server allows.
 */
function withoutCors(res) {
  const writeHead = res.writeHead.bind(res);
  res.writeHead = (...head) => {
    for (const name of res.getHeaderNames()) if (name.startsWith('access-control-')) res.removeHeader(name);
    return writeHead(...head);
  };
}

/** Passes a request to the engine. @param path without the realm's prefix */
export function passToEngine(realm, endpoint, req, res, path) {
  if (!endpoint.methods.includes(req.method)) {
    res.statusCode = 405;
    res.setHeader('Allow', endpoint.methods.join(', '));
    res.end();
    return;
  }
  if (!endpoint.cors) withoutCors(res);
  const at = req.url.indexOf('?');
  req.url = at === -1 ? path : path + req.url.slice(at);
  // The engine builds the addresses of its other endpoints from the part in front of its own path.
  req.originalUrl = realm.prefix + req.url;
  realm.handler(req, res);
}
