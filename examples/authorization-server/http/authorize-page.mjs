/** The authorization and logout endpoints as a browser sees them: the page, and what comes before it. */
import { interactionOf, open, unpark } from '../flow/authorize.mjs';
import { withLiveLogin } from '../flow/dialogue.mjs';
import { readBody } from './body.mjs';
import { engineFirst, MOST_BYTES, namedTransaction, parseQuery } from './limits.mjs';
import { sendBuiltPage, sendError, sendPage } from './pages.mjs';
import { Fault } from './problems.mjs';

/** RFC 9700 section 4.12: 303, so that a POST never travels on. */
export function redirect(res, location) {
  res.statusCode = 303;
  res.setHeader('Location', location);
  res.end();
}

function sendOutcome(res, outcome) {
  if (outcome.outcome === 'error') sendError(res, outcome);
  else redirect(res, outcome.redirect_uri);
}

/** What a page has to know before anybody answers: in which language, and in what kind of window. */
const KEPT = ['ui_locales', 'display'];
const MOST_KEPT = 256;

/** A page's address for what is kept here by a name, with that much of its parameters. */
function pageOf(realm, path, [name, id], parameters) {
  const kept = KEPT.map((one) => [one, parameters[one]]).filter(([, value]) => value && value.length <= MOST_KEPT);
  return `${realm.prefix}${path}?${new URLSearchParams([[name, id], ...kept])}`;
}

/** The parameters of a raw query that it has once. */
const once = (query) => Object.fromEntries([...parseQuery(query)].filter(([, values]) => values.length === 1).map(([name, [value]]) => [name, value]));

/** `prompt=none` is answered with a 303, and what it asks may stand in an object only the engine can read. */
async function askFirst(site, realm, query, visitor, res) {
  const { ended, transaction } = await withLiveLogin(() => open(site, realm, query, visitor));
  if (ended !== undefined) return sendOutcome(res, ended);
  const { params } = await interactionOf(site, realm, transaction);
  return redirect(res, pageOf(realm, '/oauth/authorize', ['transaction', transaction.id], params));
}

/** A request that came by POST and may have to be answered silently. `true` where it was. */
async function answerParked(site, realm, id, visitor, res) {
  const transaction = site.transactions.peek(id);
  if (transaction?.parked === undefined || !engineFirst(transaction.parked)) return false;
  const outcome = await site.exclusively(`transaction ${id}`, () => withLiveLogin(async () => {
    try {
      return await unpark(site, realm, site.transactions.findOpen(id, realm, visitor.browser), visitor);
    } catch (error) {
      // Answered, expired or another browser's: the page says so.
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
    if (await answerParked(site, realm, id, visitor, res)) return undefined;
  } else if (engineFirst(query)) {
    // A browser that only looks ahead must not use up a request.
    if (/prefetch/.test(req.headers['sec-purpose'] ?? '')) return sendPage(res, 503, 'One moment', ['This page cannot be loaded ahead.']);
    return askFirst(site, realm, query, visitor, res);
  }
  // The page will ask from this browser: it needs its cookie by then.
  visitor.welcome();
  return sendBuiltPage(site, req, res, 'authorization');
}

/** Characters that cannot stand in a request line are written as form encoding writes them. */
const toQuery = (body) => body.replace(/[^\x21\x22\x24-\x7e]+/gu, encodeURIComponent);

async function readForm(req, res) {
  const [type] = (req.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    sendPage(res, 415, 'This request can’t be used', ['A request by POST must be a form (application/x-www-form-urlencoded).']);
    return undefined;
  }
  const bytes = await readBody(req, MOST_BYTES);
  if (bytes === undefined) {
    sendPage(res, 413, 'This request can’t be used', ['The request is longer than 16 KiB.']);
    return undefined;
  }
  return toQuery(bytes.toString('utf8'));
}

/**
 * POST of the authorization endpoint (OIDC Core 3.1.2.1): stored, and 303 to the page. A POST from
 * another site carries no cookie of ours, the GET after it does; so the request belongs to the
 * first browser that comes for it.
 */
export async function postAuthorize(site, realm, req, res) {
  const parked = await readForm(req, res);
  if (parked === undefined) return;
  const { id } = site.transactions.open(realm, undefined, { parked });
  redirect(res, pageOf(realm, '/oauth/authorize', ['transaction', id], once(parked)));
}

/** POST of the logout endpoint (RP-Initiated Logout 1.0 section 2). */
export async function postLogout(site, realm, req, res) {
  const query = await readForm(req, res);
  if (query === undefined) return;
  const { id } = site.logouts.open(realm, undefined, { query });
  redirect(res, pageOf(realm, '/oauth/logout', ['logout', id], once(query)));
}

/** GET of the logout endpoint. */
export async function getLogout(site, realm, req, res, query, visitor) {
  visitor.welcome();
  await sendBuiltPage(site, req, res, 'authorization');
}

/** The login page. A hand-off that arrives is counted, so that a login that never takes can be told. */
export async function getLogin(site, realm, req, res, query, visitor) {
  const returnTo = new URLSearchParams(query).get('return_to') ?? '';
  const at = returnTo.indexOf('?');
  const id = at === -1 ? undefined : namedTransaction(returnTo.slice(at + 1));
  const transaction = id === undefined ? undefined : site.transactions.peek(id);
  if (transaction !== undefined && transaction.browser === visitor.browser) transaction.visits += 1;
  await sendBuiltPage(site, req, res, 'login');
}
