/** Routes requests by path and method. */
import { handleApi, isApi } from './http/api.mjs';
import { getAuthorize, getLogin, getLogout, postRequest } from './http/authorize-page.mjs';
import { engineEndpoint, passToEngine } from './http/engine-routes.mjs';
import { sendFrontEnd, takesCall } from './http/front-end.mjs';
import { setStrictHeaders } from './http/headers.mjs';
import { isKitCall } from './http/kit.mjs';
import { sendBuiltPage, sendHome, sendNotFound, sendPage, sendWidget } from './http/pages.mjs';
import { sendSecurityText } from './http/security-txt.mjs';
import { sendAsset, sendOwnFile } from './http/static.mjs';
import { readTarget } from './http/target.mjs';

const WELL_KNOWN = /^\/\.well-known\/(openid-configuration|oauth-authorization-server)$/;
const ASSET = '/assets/';

/**
 * The realm of a path, and the path within that realm. RFC 8414 section 3.1 puts an issuer's path
 * behind the well-known part.
 */
function locate(site, pathname) {
  const { consumer, b2b } = site.realms;
  if (pathname.startsWith('/.well-known/') && pathname.endsWith(b2b.prefix)) {
    return { realm: b2b, path: pathname.slice(0, -b2b.prefix.length) };
  }
  if (pathname.startsWith(`${b2b.prefix}/`)) return { realm: b2b, path: pathname.slice(b2b.prefix.length) };
  return { realm: consumer, path: pathname };
}

function notAllowed(res, allow) {
  res.setHeader('Allow', allow);
  sendPage(res, 405, 'This address takes another method', [`It answers ${allow}.`]);
}

/** HEAD answers with the headers of the page and has no other effect. */
const headLogin = (site, realm, req, res) => sendBuiltPage(site, req, res, 'login');

/** The pages of a realm, by path and method. */
const PAGES = {
  '/oauth/authorize': { GET: getAuthorize, HEAD: sendWidget, POST: postRequest },
  '/oauth/logout': { GET: getLogout, HEAD: sendWidget, POST: postRequest },
  '/login': { GET: getLogin, HEAD: headLogin },
};

async function sendRealmPage(site, page, { realm, query }, req, res) {
  const handler = Object.hasOwn(page, req.method) ? page[req.method] : undefined;
  if (handler === undefined) return notAllowed(res, Object.keys(page).join(', '));
  return handler(site, realm, req, res, query, site.readVisitor(req, res));
}

async function sendOther(site, pathname, req, res) {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    return (takesCall(site, req) && await sendFrontEnd(site, req, res)) || notAllowed(res, 'GET');
  }
  if (pathname === '/') return sendHome(site, res);
  if (pathname === '/.well-known/security.txt') return sendSecurityText(site, res);
  // The gallery shows every screen of the widget and makes no call.
  if (pathname === '/gallery') return sendBuiltPage(site, req, res, 'gallery');
  const sent = pathname.startsWith(ASSET)
    ? await sendAsset(site, req, res, pathname.slice(ASSET.length))
    : await sendOwnFile(req, res, pathname);
  return sent || (site.frontEnd && await sendFrontEnd(site, req, res)) || sendNotFound(res);
}

async function route(site, req, res) {
  const target = readTarget(req.url);
  if (target === undefined) return sendNotFound(res);
  const { path: pathname, query } = target;
  if (isApi(pathname)) return handleApi(site, req, res, pathname);
  if (isKitCall(pathname)) return site.kit.answer(req, res, site.readVisitor(req, res));

  const { realm, path } = locate(site, pathname);
  const endpoint = engineEndpoint(path);
  if (endpoint !== undefined && (pathname === realm.prefix + path || WELL_KNOWN.test(path))) {
    return passToEngine(site, realm, endpoint, req, res, path);
  }
  if (Object.hasOwn(PAGES, path)) return sendRealmPage(site, PAGES[path], { realm, query }, req, res);
  return sendOther(site, pathname, req, res);
}

/**
 * Makes a request name the site's own origin: the engine builds the addresses of its endpoints from
 * these headers. What came with the request does not count.
 */
function namesOrigin(req, origin) {
  const { host, protocol } = new URL(origin);
  delete req.headers['x-forwarded-host'];
  Object.assign(req.headers, { host, 'x-forwarded-proto': protocol.slice(0, -1) });
}

/**
 * The listener's request handler. It refuses requests for another host name (DNS rebinding).
 *
 * @param origins the site's addresses: its own, and that of a server in front of it
 */
export function createApp(site, origins) {
  const hosts = new Set(origins.map((origin) => new URL(origin).host));
  const https = new URL(site.origin).protocol === 'https:';
  return (req, res) => {
    setStrictHeaders(res, { https });
    // What nobody has read of a body is not read at all.
    res.on('finish', () => { if (!req.complete) req.socket?.destroySoon(); });
    if (!hosts.has(req.headers.host)) {
      sendPage(res, 421, 'This is another address', [`Open ${site.origin} instead.`]);
      return;
    }
    namesOrigin(req, site.origin);
    route(site, req, res).catch((error) => {
      console.error('A request failed:', error);
      if (!res.headersSent) return sendPage(res, 500, 'Something went wrong', ['Try again in a moment.']);
      return res.destroy();
    });
  };
}
