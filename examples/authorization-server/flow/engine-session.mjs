/** Calls to the engine under a login's engine session, and what its answers mean for the page. */
import { callEngine } from '../engine/call.mjs';
import { engineSession, keepSession } from '../engine/session.mjs';
import { errorPage, leaveOutcome, stopsHere } from './leave.mjs';

class LoginEnded extends Error {}

/**
 * Runs calls that use a login's engine session one after the other, because its id changes with
 * every call.
 */
export function withLoginLock(site, login, work) {
  if (login === undefined) return work();
  return site.exclusively(`login ${login.lock}`, () => {
    if (site.logins.find(login.id) !== login) throw new LoginEnded('the login ended while the call was waiting');
    return work();
  });
}

/** Runs work that reads the visitor's login, and once more if the login ended meanwhile. */
export async function retryIfLoginEnded(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LoginEnded) return work();
    throw error;
  }
}

/**
 * Sends a raw query to the engine's authorization endpoint.
 *
 * @param refusal why the engine must refuse it, or `undefined`
 */
export function sendRequest(site, realm, query, login, refusal) {
  return withLoginLock(site, login, async () => {
    const session = login && await engineSession(realm, login);
    const answer = await callEngine(realm, {
      path: '/oauth/authorize', query, login, refusal, cookies: { _session: session?.id },
    });
    keepSession(realm, login, answer.session);
    return answer;
  });
}

/**
 * Completes an interaction with a result, under the current session of the login. If the
 * interaction began under another session or none, that link is removed first: resumed with two
 * accounts, the engine would sign the first one out and destroy its grant.
 */
export function resumeInteraction(site, realm, interaction, login, result) {
  return withLoginLock(site, login, async () => {
    const session = login && await engineSession(realm, login);
    if (interaction.session !== undefined && interaction.session.uid !== session?.uid) delete interaction.session;
    interaction.result = result;
    await interaction.persist();
    const { uid } = interaction;
    const cookies = { _session: session?.id, _interaction_resume: uid };
    const answer = await callEngine(realm, { path: `/oauth/authorize/${uid}`, login, cookies });
    keepSession(realm, login, answer.session);
    return answer;
  });
}

/**
 * A result for the engine: the previous results, with the login of the account that is signed in
 * now.
 */
export function resultFor(interaction, login, more = {}) {
  const result = { ...interaction.lastSubmission, ...more };
  if (login !== undefined && result.login !== undefined) result.login = { accountId: login.account.sub, ts: login.at, acr: login.acr };
  return result;
}

/** An error that the page shows and never redirects. */
export function errorOutcome({ error, description }) {
  return { outcome: 'error', error, ...(description ? { error_description: description.slice(0, 2048) } : {}) };
}

/** The outcome for the page of an engine answer that ends the flow. */
export function finalOutcome(site, realm, answer, visitor) {
  if (answer.kind === 'error') return errorOutcome(answer);
  if (stopsHere(answer, visitor)) return leaveOutcome(site, realm, visitor, errorPage(answer));
  if (answer.kind === 'redirect') {
    return { outcome: 'redirect', redirect_uri: answer.location, ...(answer.native ? { native: true } : {}) };
  }
  const { action, fields, silent } = answer;
  // A silent answer may be for a frame. From another site it comes without our cookie, now and
  // later, so it is bound to no browser. Without a session it can only be an error.
  const browser = silent && !visitor.recognized ? undefined : visitor.browser;
  const id = site.finish.put({ action, fields, framed: silent }, browser);
  return { outcome: 'redirect', redirect_uri: `${site.origin}${realm.prefix}/oauth/finish/${id}`, intermediate: true };
}
