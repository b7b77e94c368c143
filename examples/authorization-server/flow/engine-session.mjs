/** Calls to the engine under a login, and what its answers mean for the page. */
import { contextFor } from '../engine/call.mjs';
import { errorPage, leaveOutcome, stopsHere } from './leave.mjs';

class LoginEnded extends Error {}

/** Runs calls under a login one after the other: they use one session of the engine. */
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
 * Asks the engine, under the login of a visitor.
 *
 * @param ask gets the engine and the context of the call
 * @param more of the context: `refusal` (why the engine must refuse the request), `organization`
 * @returns the engine's answer, the note of it (`engine/call.mjs`), and the login, which may have
 *   ended meanwhile
 */
export function askEngine(site, realm, login, transaction, ask, more = {}) {
  return withLoginLock(site, login, async () => {
    const context = { ...contextFor(realm, login, transaction), ...more };
    try {
      return { answer: await ask(site.engine, context), note: context.note, login };
    } catch (error) {
      if (error.name === 'RequestGone') throw site.transactions.gone(transaction.client);
      throw error.name === 'EngineUnavailable' ? error.cause ?? error : error;
    }
  });
}

/** An error that the page shows and never redirects. */
export function errorOutcome({ error, description }) {
  return { outcome: 'error', error, ...(description ? { error_description: description.slice(0, 2048) } : {}) };
}

/**
 * The outcome for the page of an engine answer that ends the flow.
 *
 * @param decided the decision behind it, if any
 */
export function finalOutcome(site, realm, { answer, note }, visitor, decided) {
  if (answer.kind === 'refused') return errorOutcome(answer);
  if (stopsHere({ ...note, decided }, visitor)) return leaveOutcome(site, realm, visitor, errorPage(note, answer));
  const { form } = answer;
  if (form === undefined) return { outcome: 'redirect', redirect_uri: answer.to, ...(answer.native ? { native: true } : {}) };
  // A silent answer may be for a frame. From another site it comes without our cookie, now and
  // later, so it is bound to no browser. Without a session it can only be an error.
  const browser = note.silent && !visitor.recognized ? undefined : visitor.browser;
  const id = site.finish.put({ ...form, framed: note.silent }, browser);
  return { outcome: 'redirect', redirect_uri: `${site.origin}${realm.prefix}/oauth/finish/${id}`, intermediate: true };
}
