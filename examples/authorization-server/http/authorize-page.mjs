/**
 * The authorization and logout endpoints for browsers, and the login page. The kit answers requests
 * that come by POST, and those that the engine must see before there is a page.
 */
import { engineFirst, namedTransaction } from './limits.mjs';
import { sendBuiltPage, sendWidget } from './pages.mjs';

/** Whether the kit keeps the query, because a router behind this server would rewrite it. */
const isKept = (site, query) => site.keepQueries === true && query !== '';

/** GET of the authorization endpoint. A plain query is the page's to send on. */
export async function getAuthorize(site, realm, req, res, query, visitor) {
  const isKits = namedTransaction(query) !== undefined || engineFirst(query) || isKept(site, query);
  if (isKits && await site.kit.answer(req, res, visitor)) return;
  // The page's calls need the cookie.
  visitor.ensureCookie();
  await sendWidget(site, realm, req, res);
}

/**
 * POST of either endpoint (OIDC Core 3.1.2.1, RP-Initiated Logout 1.0 section 2): the kit keeps the
 * request and leads to the page.
 */
export const postRequest = (site, realm, req, res, query, visitor) => site.kit.answer(req, res, visitor);

/** GET of the logout endpoint. */
export async function getLogout(site, realm, req, res, query, visitor) {
  if (isKept(site, query) && await site.kit.answer(req, res, visitor)) return;
  visitor.ensureCookie();
  await sendWidget(site, realm, req, res);
}

/**
 * The login page. Counts the visits of each transaction, so that a login that never succeeds can be
 * detected.
 */
export async function getLogin(site, realm, req, res, query, visitor) {
  const returnTo = new URLSearchParams(query).get('return_to') ?? '';
  const at = returnTo.indexOf('?');
  const id = at === -1 ? undefined : namedTransaction(returnTo.slice(at + 1));
  if (id !== undefined) await site.kit.visited(id, visitor);
  await sendBuiltPage(site, req, res, 'login');
}
