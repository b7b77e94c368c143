/** RP-Initiated Logout 1.0 with our own page. The engine's logout route is never called. */
import { endSession } from '../../../server/node/src/engines/oidc-provider.ts';
import { accountOf } from '../engine/call.mjs';
import { endGrants } from '../engine/session.mjs';
import { publicAccount } from '../fixtures/accounts.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { SITE_NAME } from '../fixtures/site.mjs';
import { namedTransaction, parseQuery } from '../http/limits.mjs';
import { Fault } from '../http/problems.mjs';
import { isAppAddress } from '../registration/addresses.mjs';
import { describeClient } from './describe-client.mjs';
import { retryIfLoginEnded, withLoginLock } from './engine-session.mjs';
import { leaveOutcome, signedOutPage } from './leave.mjs';
import { readLogout } from './logout-request.mjs';

/** How long the answer to a decision is repeated, in milliseconds. */
const ANSWER_TTL = 60_000;

/**
 * Whether a request leads to its address without a button: it has a hint of an account that is or
 * was signed in in this browser, or a fresh one of a client that an administrator entered.
 */
function leadsStraight(site, { client, hint }, visitor) {
  if (hint === undefined) return false;
  if (visitor.recognized && site.logins.knows(visitor.browser, hint.subject)) return true;
  return !hint.expired && trustOf(client.clientId).registration === 'managed';
}

/** Signs out of this browser, if somebody is signed in, and answers where it leads. */
function signOut(site, realm, query, visitor) {
  return retryIfLoginEnded(() => {
    const { login } = visitor;
    return withLoginLock(site, login, async () => {
      const request = await readLogout(site, realm, query);
      const straight = leadsStraight(site, request, visitor);
      if (login !== undefined) await endLogin(site, login, visitor);
      return answerTo(site, realm, request, straight, query, visitor);
    });
  });
}

function answerTo(site, realm, { client, address }, straight, query, visitor) {
  if (address === undefined) return { outcome: 'signed_out' };
  if (straight) return { outcome: 'redirect', redirect_uri: address, ...(isAppAddress(address) ? { native: true } : {}) };
  const locales = parseQuery(query).get('ui_locales')?.join(' ');
  return leaveOutcome(site, realm, visitor, signedOutPage(client, address, locales));
}

/** Ends a login, here and in the engine. */
export async function endLogin(site, login, visitor) {
  for (const { provider } of Object.values(site.realms)) await endSession(provider, accountOf(login));
  await endGrants(login);
  site.logins.close(login);
  visitor.setLogin(undefined);
}

/**
 * The query of a logout request, also of one that came by POST and is named by `logout`. If that
 * one is gone, or another browser's, nothing is known of it.
 */
function requestOf(site, realm, query, visitor) {
  const id = namedTransaction(query, 'logout');
  if (id === undefined) return query;
  try {
    return site.logouts.findOpen(id, realm, visitor.browser).query;
  } catch (error) {
    if (error instanceof Fault) return '';
    throw error;
  }
}

/**
 * `logout/start`. A hint with an ID token of the current account signs out at once; otherwise the
 * user is asked.
 */
export function startLogout(site, realm, rawQuery, visitor) {
  return retryIfLoginEnded(() => answerRequest(site, realm, requestOf(site, realm, rawQuery, visitor), visitor));
}

async function answerRequest(site, realm, query, visitor) {
  const { login } = visitor;
  if (login === undefined) return signOut(site, realm, query, visitor);
  const { client, hint } = await readLogout(site, realm, query);
  if (hint?.subject === login.account.sub) return signOut(site, realm, query, visitor);

  const transaction = site.logouts.open(realm, visitor.owner, { query, account: login.account.sub });
  return {
    outcome: 'confirm',
    logout: transaction.id,
    site_name: SITE_NAME,
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
  if (transaction.answered) throw site.logouts.answered({ ...transaction, decided: done?.decision });

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
