/**
 * Login sessions: an account in a browser, for both realms.
 *
 * A sequence number orders logins and hand-offs to the login page. A forced login counts only after
 * its hand-off, and both can happen within the same second.
 */
import { randomBytes } from 'node:crypto';

const LIFETIME = 12 * 60 * 60 * 1000;
export const newId = () => randomBytes(24).toString('base64url');

export function createLogins(clock) {
  const logins = new Map();
  let sequence = 0;

  function find(id) {
    const login = logins.get(id);
    if (login === undefined) return undefined;
    if (login.expires > clock()) return login;
    logins.delete(id);
    return undefined;
  }

  /** A login with a password. It gets a new id; the same account keeps its engine sessions. */
  function open(account, before) {
    for (const [id, login] of logins) if (login.expires <= clock()) logins.delete(id);
    sequence += 1;
    const now = clock();
    const same = before?.account.sub === account.sub;
    const login = {
      id: newId(),
      account,
      at: Math.floor(now / 1000),
      expires: now + LIFETIME,
      loginSequence: sequence,
      choiceSequence: sequence,
      // Grants that end with this login, as `{ realm, id }`.
      grants: same ? before.grants : [],
      // Engine sessions by realm, and the name of the lock for their calls.
      engine: same ? before.engine : {},
      lock: same ? before.lock : newId(),
    };
    if (before !== undefined) logins.delete(before.id);
    logins.set(login.id, login);
    return login;
  }

  /** "Continue as": the account was chosen without a password. */
  function choose(login) {
    sequence += 1;
    login.choiceSequence = sequence;
  }

  return {
    find,
    open,
    choose,
    close: (login) => logins.delete(login.id),
    /** The current sequence number. */
    now: () => sequence,
  };
}
