// Sessions of browsers, in memory, behind one HttpOnly cookie. Cookies ignore ports, so that its
// name must differ from every cookie of the authorization server on the same host.
import { randomBytes } from 'node:crypto';

const COOKIE = 'countersign_client';
const LIFETIME = 60 * 60 * 1000;
const MAX_SESSIONS = 1000;
const MAX_ENTRIES = 50;

export const randomId = () => randomBytes(24).toString('base64url');

/** A map that removes its oldest entries, so that nobody can fill the memory. */
class Recent extends Map {
  constructor(limit) {
    super();
    this.limit = limit;
  }

  set(key, value) {
    super.set(key, value);
    if (this.size > this.limit) this.delete(this.keys().next().value);
    return this;
  }
}

function cookieValue(request) {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === COOKIE) return value;
  }
  return undefined;
}

/**
 * The store of sessions. A session has `logins` (open authorization requests by their state, so
 * that tabs do not interfere), `results` (for the page that shows them), `current` (the last
 * successful login) and `signOutState`.
 */
export function createSessions() {
  const sessions = new Recent(MAX_SESSIONS);

  function find(request) {
    const session = sessions.get(cookieValue(request));
    return session && session.expires > Date.now() ? session : undefined;
  }

  return {
    find,
    /** The browser's session, or a new one with the Set-Cookie header that goes with it. */
    open(request) {
      const known = find(request);
      if (known) return { session: known, headers: {} };
      const id = randomId();
      const session = {
        expires: Date.now() + LIFETIME,
        logins: new Recent(MAX_ENTRIES),
        results: new Recent(MAX_ENTRIES),
        current: undefined,
        signOutState: undefined,
      };
      sessions.set(id, session);
      return { session, headers: { 'set-cookie': `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax` } };
    },
  };
}
