// The app of a team on Stytch as an HTTP server: the page with the widget, the login page, and the
// login's API.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setStrictHeaders } from '../authorization-server/http/headers.mjs';
import { sendBuiltPage, sendNotFound, sendPage } from '../authorization-server/http/pages.mjs';
import { sendAsset, sendOwnFile } from '../authorization-server/http/static.mjs';
import { readTarget } from '../authorization-server/http/target.mjs';
import { createAccount } from './account.mjs';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const PROJECTS = {
  consumer: { name: 'Harbor', publicToken: 'public-token-test-11111111-1111-4111-8111-111111111111' },
  b2b: { name: 'Harbor Teams', publicToken: 'public-token-test-22222222-2222-4222-8222-222222222222' },
};
/** As in Stytch's guide, one page is the authorization endpoint and the logout endpoint. */
const REALMS = { '/oauth/authorize': 'consumer', '/b2b/oauth/authorize': 'b2b' };

/** The strict policy, with calls to Stytch's API allowed. */
function allowStytch(res, stytch) {
  const policy = res.getHeader('Content-Security-Policy');
  res.setHeader('Content-Security-Policy', policy.replace("connect-src 'self'", `connect-src 'self' ${stytch}`));
}

async function sendWidget(site, req, res, realm) {
  const { dist, stytch } = site;
  const html = await readFile(path.join(dist, 'stytch', 'index.html'), 'utf8').catch(() => undefined);
  if (html === undefined) return sendBuiltPage(site, req, res, 'stytch');
  const { name, publicToken } = PROJECTS[realm];
  const configuration = `data-realm="${realm}" data-public-token="${publicToken}" data-base-url="${stytch}" data-project-name="${name}"`;
  allowStytch(res, stytch);
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  return res.end(html.replace('<main id="countersign"', `<main id="countersign" ${configuration}`));
}

async function route(site, req, res) {
  const pathname = readTarget(req.url)?.path;
  if (pathname === undefined) return sendNotFound(res);
  if (pathname.startsWith('/account/')) return site.account(req, res, pathname);
  if (req.method !== 'GET' && req.method !== 'HEAD') return sendPage(res, 405, 'This address takes another method', ['It answers GET.']);
  if (REALMS[pathname]) return sendWidget(site, req, res, REALMS[pathname]);
  if (pathname === '/login') return sendBuiltPage(site, req, res, 'login');
  if (pathname === '/') return sendPage(res, 200, 'Harbor', ['The app of a team on Stytch. Start at the client.']);
  const sent = pathname.startsWith('/assets/') ? await sendAsset(site, req, res, pathname.slice('/assets/'.length)) : await sendOwnFile(req, res, pathname);
  return sent || sendNotFound(res);
}

async function listen(port, host, answer) {
  const server = createServer({ maxHeaderSize: 65_536 }, answer).listen(port, host);
  await once(server, 'listening');
  return server;
}

/**
 * Starts the app on loopback.
 *
 * @param {{port: number, stytch: string, dist?: string}} options its port, the address of Stytch's
 *   API, and the folder of the built pages
 * @returns {Promise<{origin: string, close: () => Promise<void>}>}
 */
export async function createStytchApp({ port, stytch, dist = DIST }) {
  const origin = `http://localhost:${port}`;
  const site = { origin, stytch, dist, account: createAccount({ origin, stytch }) };
  const server = await listen(port, 'localhost', (req, res) => {
    setStrictHeaders(res);
    if (req.headers.host !== new URL(origin).host) {
      sendPage(res, 421, 'This is another address', [`Open ${origin} instead.`]);
      return;
    }
    route(site, req, res).catch((error) => {
      console.error('A request failed:', error);
      if (!res.headersSent) sendPage(res, 500, 'Something went wrong', ['Try again in a moment.']);
      else res.destroy();
    });
  });
  const close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { origin, close };
}
