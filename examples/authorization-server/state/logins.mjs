/**
 * Login sessions: an account in a browser, for both realms.
 *
 * Logins and hand-offs to the login page have a time each, and never the same one: a forced login
 * counts only after its hand-off, and both can happen within the same millisecond.
 */
import { randomBytes } from 'node:crypto';
import { createExpiring } from './expiring.mjs';

const LIFETIME = 12 * 60 * 60 * 1000;
/** How long a browser's former accounts are known, and of how many browsers. */
const KNOWN = 24 * 60 * 60 * 1000;
const MOST_KNOWN = 100_000;
export const newId = () => randomBytes(24).toString('base64url');

export function createLogins(clock) {
  const logins = createExpiring(clock, LIFETIME);
  const accounts = createExpiring(clock, KNOWN, MOST_KNOWN);
  let last = 0;

  /** The time in milliseconds, later than at any call before. */
  function now() {
    last = Math.max(clock(), last + 0.001);
    return last;
  }

  /** A login with a password. It gets a new id; the same account keeps its engine sessions. */
  function open(account, before, browser) {
    accounts.set(browser, new Set([...(accounts.get(browser) ?? []), account.sub]));
    const at = now();
    const same = before?.account.sub === account.sub;
    const login = {
      id: newId(),
      account,
      signedInAt: at,
      chosenAt: at,
      // Grants that end with this login, as `{ realm, id }`.
      grants: same ? before.grants : [],
      // What was allowed in this session, by realm (`login-consents.mjs`).
      consents: same ? before.consents : {},
      // Names the engine's sessions, and the lock for their calls.
      lock: same ? before.lock : newId(),
    };
    if (before !== undefined) logins.delete(before.id);
    logins.set(login.id, login);
    return login;
  }

  /** "Continue as": the account was chosen without a password. */
  function choose(login) {
    login.chosenAt = now();
  }

  return {
    find: (id) => logins.get(id),
    open,
    /** Whether an account is signed in in a browser, or was in the last day. */
    knows: (browser, sub) => accounts.get(browser)?.has(sub) ?? false,
    choose,
    close: (login) => logins.delete(login.id),
    now,
  };
}
