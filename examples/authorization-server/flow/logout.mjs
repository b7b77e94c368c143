/**
 * RP-Initiated Logout 1.0: which requests end a session at once, and where they lead. The kit has the
 * calls of the page; the engine's logout route is never called.
 */
import { endSession } from '../../../server/node/src/engines/oidc-provider.ts';
import { accountOf } from '../engine/call.mjs';
import { endGrants } from '../engine/session.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { parseQuery } from '../http/limits.mjs';
import { isAppAddress } from '../registration/addresses.mjs';
import { retryIfLoginEnded, withLoginLock } from './login-lock.mjs';
import { readLogout } from './logout-request.mjs';

/**
 * Whether a request leads to its address without a button: it has a hint of an account that is or
 * was signed in in this browser, or a fresh one of a client that an administrator entered.
 */
function leadsStraight(site, { client, hint }, visitor) {
  if (hint === undefined) return false;
  if (visitor.recognized && site.logins.knows(visitor.browser, hint.subject)) return true;
  return !hint.expired && trustOf(client.clientId).registration === 'managed';
}

async function endingAt(site, { client, address }, straight, query, context) {
  if (address === undefined) return { kind: 'signed_out' };
  if (straight) return { kind: 'done', to: address, native: isAppAddress(address) };
  const locales = parseQuery(query).get('ui_locales')?.join(' ');
  const way = { why: 'signed_out', ending: { to: address }, client: client.metadata(), realm: context.realm, locales };
  return { kind: 'done', ...await site.waysOut.lead(way, context) };
}

/** Ends a login, here and in the engine. */
export async function endLogin(site, login, visitor) {
  for (const { provider } of Object.values(site.realms)) await endSession(provider, accountOf(login));
  await endGrants(login);
  site.logins.close(login);
  visitor.setLogin(undefined);
}

/** Signs out of this browser, if somebody is signed in, and answers where a request leads. */
export function signOut(site, { query }, context) {
  const visitor = site.visitorOf(context.request);
  return retryIfLoginEnded(() => withLoginLock(site, visitor.login, async () => {
    const { login } = visitor;
    const request = await readLogout(site, site.realms[context.realm], query);
    const straight = leadsStraight(site, request, visitor);
    if (login !== undefined) await endLogin(site, login, visitor);
    return endingAt(site, request, straight, query, context);
  }));
}

/** A hint with an ID token of the current account signs out at once; otherwise the user is asked. */
export async function openLogout(site, query, context) {
  const { login } = site.visitorOf(context.request);
  const { client, hint } = await readLogout(site, site.realms[context.realm], query);
  if (login === undefined || hint?.subject === login.account.sub) return signOut(site, { query }, context);
  return { kind: 'ask', resume: { query }, ...(client === undefined ? {} : { client: client.metadata() }) };
}
