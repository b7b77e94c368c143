/**
 * RP-Initiated Logout 1.0 with our own page: the engine only validates the request and ends its
 * session.
 */
import { send } from '../engine/call.mjs';
import { endEngineSession, endGrants, engineSession, keepSession } from '../engine/session.mjs';
import { publicAccount } from '../fixtures/accounts.mjs';
import { namedTransaction, parseQuery, tooLarge } from '../http/limits.mjs';
import { describeClient } from './describe-client.mjs';
import { errorOutcome, retryIfLoginEnded, withLoginLock } from './engine-session.mjs';

/** How long the answer to a decision is repeated, in milliseconds. */
const ANSWER_TTL = 60_000;

/**
 * Sends a logout request to the engine, which validates it and stores it in its session.
 *
 * @returns `{ error }` (an outcome), or `{ session, state }` with the stored request
 */
async function validate(realm, query, login) {
  const before = login && await engineSession(realm, login);
  const cookies = { _session: before?.id };
  const { note, session } = await send(realm, { path: '/oauth/logout', query, cookies });
  keepSession(realm, login, session);
  if (note.error !== undefined) return { error: errorOutcome({ error: note.error.error, description: note.error.error_description }) };
  const stored = await realm.provider.Session.find(session ?? before.id);
  return { session: stored.id, state: stored.state };
}

/**
 * Signs out of the engine, of every realm and of this browser. If nobody is signed in, only finds
 * the redirect address.
 */
function signOut(site, realm, query, visitor) {
  return retryIfLoginEnded(() => {
    const { login } = visitor;
    return withLoginLock(site, login, () => endAll(site, realm, query, login, visitor));
  });
}

async function endAll(site, realm, query, login, visitor) {
  const { error, session, state } = await validate(realm, query, login);
  if (error !== undefined) return error;
  const form = new URLSearchParams({ xsrf: state.secret, logout: 'yes' }).toString();
  const { note, response } = await send(realm, {
    method: 'POST', path: '/oauth/logout/confirm', cookies: { _session: session }, form,
  });
  if (note.error !== undefined) throw new Error(`the engine refused a logout it had accepted: ${note.error.error}`);
  if (login !== undefined) await endLogin(site, login, visitor);
  if (state.postLogoutRedirectUri === undefined) return { outcome: 'signed_out' };
  const client = await realm.provider.Client.find(state.clientId);
  const native = client.applicationType === 'native' ? { native: true } : {};
  return { outcome: 'redirect', redirect_uri: response.headers.location, ...native };
}

/** Ends a login, here and in the engine. */
export async function endLogin(site, login, visitor) {
  for (const realm of Object.values(site.realms)) await endEngineSession(realm, login);
  await endGrants(login);
  site.logins.close(login);
  visitor.setLogin(undefined);
}

/** The subject of an ID token hint that the engine has accepted. */
function hintedSubject(query) {
  const [hint] = parseQuery(query).get('id_token_hint') ?? [];
  return hint ? JSON.parse(Buffer.from(hint.split('.')[1], 'base64url')).sub : undefined;
}

/** The query of a logout request, also of one that came by POST and is named by `logout`. */
function requestOf(site, realm, query, visitor) {
  const id = namedTransaction(query, 'logout');
  return id === undefined ? query : site.logouts.findOpen(id, realm, visitor.browser).query;
}

/**
 * `logout/start`. A hint with an ID token of the current account signs out at once; otherwise the
 * user is asked.
 */
export function startLogout(site, realm, rawQuery, visitor) {
  return retryIfLoginEnded(() => answerRequest(site, realm, requestOf(site, realm, rawQuery, visitor), visitor));
}

async function answerRequest(site, realm, query, visitor) {
  const large = tooLarge(query);
  if (large !== undefined) return errorOutcome({ error: 'invalid_request', description: large });
  const { login } = visitor;
  if (login === undefined) return signOut(site, realm, query, visitor);

  const { error, state } = await withLoginLock(site, login, () => validate(realm, query, login));
  if (error !== undefined) return error;
  if (hintedSubject(query) === login.account.sub) return signOut(site, realm, query, visitor);

  const client = state.clientId === undefined ? undefined : await realm.provider.Client.find(state.clientId);
  const transaction = site.logouts.open(realm, visitor.browser, { query, account: login.account.sub });
  return {
    outcome: 'confirm',
    logout: transaction.id,
    account: publicAccount(login.account),
    ...(client ? { client: describeClient(client) } : {}),
    expires_at: Math.floor(transaction.expires / 1000),
  };
}

/**
 * `logout/submit`. "Stay" never reaches the engine: its own "no" redirects to the client with the
 * session still alive.
 */
export async function submitLogout(site, { logout: id, decision }, visitor) {
  const transaction = site.logouts.find(id, undefined, visitor.browser);
  const { done } = transaction;
  if (done?.decision === decision && done.until > site.clock()) return done.answer;
  if (transaction.answered) throw site.logouts.answered(transaction);

  // Claimed before anything is awaited, so that a second call gets the same answer.
  site.logouts.close(transaction);
  const { login } = visitor;
  const other = login !== undefined && login.account.sub !== transaction.account;
  if (other && decision === 'sign_out') throw site.logouts.gone();
  const answer = decision === 'stay'
    ? Promise.resolve({ outcome: 'stayed' })
    : signOut(site, site.realms[transaction.realm], transaction.query, visitor);
  transaction.done = { decision, answer, until: site.clock() + ANSWER_TTL };
  answer.catch(() => site.logouts.reopen(transaction));
  return answer;
}
