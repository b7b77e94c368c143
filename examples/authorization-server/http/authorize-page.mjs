/**
 * The authorization and logout endpoints for browsers: the page, and the requests that are answered
 * without it.
 */
import { open, startStored } from '../flow/authorize.mjs';
import { retryIfLoginEnded } from '../flow/engine-session.mjs';
import { isEncoded, readBody } from './body.mjs';
import { engineFirst, namedTransaction, parseQuery } from './limits.mjs';
import { sendBuiltPage, sendError, sendPage, sendWidget } from './pages.mjs';
import { Fault } from './problems.mjs';

/** RFC 9700 section 4.12: a 303 never forwards the body of a POST. */
export function redirect(res, location) {
  res.statusCode = 303;
  res.setHeader('Location', location);
  res.end();
}

function sendOutcome(res, outcome) {
  if (outcome.outcome === 'error') sendError(res, outcome);
  else redirect(res, outcome.redirect_uri);
}

/**
 * Parameters that the page needs before the first answer: its language and the kind of its window.
 */
const PAGE_PARAMETERS = ['ui_locales', 'display'];
const MAX_PAGE_PARAMETER = 256;

/** The address of a page for a stored request, with the parameters that the page needs. */
function pageOf(realm, path, [name, id], parameters) {
  const kept = PAGE_PARAMETERS.map((one) => [one, parameters[one]]).filter(([, value]) => value && value.length <= MAX_PAGE_PARAMETER);
  return `${realm.prefix}${path}?${new URLSearchParams([[name, id], ...kept])}`;
}

/** The parameters that occur exactly once in a raw query. */
const once = (query) => Object.fromEntries([...parseQuery(query)].filter(([, values]) => values.length === 1).map(([name, [value]]) => [name, value]));

/**
 * Sends a request to the engine first: `prompt=none` is answered with a 303, and only the engine
 * can read a request object.
 */
async function askEngineFirst(site, realm, query, visitor, res) {
  const { ended, transaction } = await retryIfLoginEnded(() => open(site, realm, query, visitor));
  if (ended !== undefined) return sendOutcome(res, ended);
  return redirect(res, pageOf(realm, '/oauth/authorize', ['transaction', transaction.id], transaction.params));
}

/** Answers a request that came by POST without a page if possible. Resolves to `true` if it did. */
async function answerStored(site, realm, id, visitor, res) {
  const transaction = site.transactions.peek(id);
  if (transaction?.storedQuery === undefined || !engineFirst(transaction.storedQuery)) return false;
  const outcome = await site.exclusively(`transaction ${id}`, () => retryIfLoginEnded(async () => {
    try {
      return await startStored(site, realm, site.transactions.findOpen(id, realm, visitor.browser), visitor);
    } catch (error) {
      // Answered, expired or another browser's: the page reports it.
      if (error instanceof Fault) return undefined;
      throw error;
    }
  }));
  if (outcome !== undefined) sendOutcome(res, outcome);
  return outcome !== undefined;
}

/** GET of the authorization endpoint. */
export async function getAuthorize(site, realm, req, res, query, visitor) {
  const id = namedTransaction(query);
  if (id !== undefined) {
    if (await answerStored(site, realm, id, visitor, res)) return undefined;
  } else if (engineFirst(query)) {
    // A prefetch must not use up a request.
    if (/prefetch/.test(req.headers['sec-purpose'] ?? '')) return sendPage(res, 503, 'One moment', ['This page cannot be loaded ahead.']);
    return askEngineFirst(site, realm, query, visitor, res);
  }
  // The page's calls need the cookie.
  visitor.ensureCookie();
  return sendWidget(site, realm, req, res);
}

/** The form as a query: characters that a request line cannot contain are percent-encoded. */
const toQuery = (body) => body.replace(/[^\x21\x22\x24-\x7e]+/gu, encodeURIComponent);

async function readForm(site, req, res) {
  const [type] = (req.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded' || isEncoded(req)) {
    sendPage(res, 415, 'This request can’t be used', ['A request by POST must be a plain form (application/x-www-form-urlencoded).']);
    return undefined;
  }
  const { queryBytes } = site.limits;
  const bytes = await readBody(req, res, queryBytes);
  if (bytes === undefined) {
    sendPage(res, 413, 'This request can’t be used', [`The request is longer than ${queryBytes} bytes.`]);
    return undefined;
  }
  return toQuery(bytes.toString('utf8'));
}

/** The owner of a request by POST: whoever asks for it first, from wherever it was sent. */
const parkedBy = ({ address }) => ({ address });

/**
 * POST of the authorization endpoint (OIDC Core 3.1.2.1): stores the request and redirects to the
 * page with a 303. A POST from another site carries no cookie of ours, but the GET after it does.
 * The request therefore belongs to the first browser that asks for it.
 */
export async function postAuthorize(site, realm, req, res, query, visitor) {
  const storedQuery = await readForm(site, req, res);
  if (storedQuery === undefined) return;
  const { id } = site.transactions.open(realm, parkedBy(visitor), { storedQuery });
  redirect(res, pageOf(realm, '/oauth/authorize', ['transaction', id], once(storedQuery)));
}

/** POST of the logout endpoint (RP-Initiated Logout 1.0 section 2). */
export async function postLogout(site, realm, req, res, ignored, visitor) {
  const query = await readForm(site, req, res);
  if (query === undefined) return;
  const { id } = site.logouts.open(realm, parkedBy(visitor), { query });
  redirect(res, pageOf(realm, '/oauth/logout', ['logout', id], once(query)));
}

/** GET of the logout endpoint. */
export async function getLogout(site, realm, req, res, query, visitor) {
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
  const transaction = id === undefined ? undefined : site.transactions.peek(id);
  if (transaction !== undefined && transaction.browser === visitor.browser) transaction.visits += 1;
  await sendBuiltPage(site, req, res, 'login');
}
