// The app's login: its backend signs people in at Stytch and stores the session in the cookies that
// Stytch's SDK would write.
import { readCall } from '../authorization-server/http/guards.mjs';
import { Fault, problem } from '../authorization-server/http/problems.mjs';
import { checkReturnTo } from '../authorization-server/http/return-to.mjs';
import { checkBody } from '../authorization-server/http/validation.mjs';

const COOKIE = 'stytch_session';
const MINUTES = 60;

const realmOf = (address) => (address.startsWith('/b2b/') ? 'b2b' : 'consumer');
const secretOf = (realm) => Buffer.from(`project-test-${realm}:secret-test-${realm}-not-for-production`).toString('base64');

function cookies(headers) {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => pair.split(/=(.*)/s));
  return Object.fromEntries(pairs);
}

/** The app's own API for its login page. */
export function createAccount({ origin, stytch }) {
  // People by session token. A real app asks Stytch.
  const people = new Map();

  async function authenticate(realm, email, password) {
    const answer = await fetch(`${stytch}${realm === 'b2b' ? '/b2b' : ''}/v1/passwords/authenticate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${secretOf(realm)}` },
      body: JSON.stringify({ email, password, session_duration_minutes: MINUTES }),
    }).catch(() => undefined);
    if (answer?.status === 401) throw new Fault(401, 'invalid_credentials', 'The email or the password is wrong.');
    if (!answer?.ok) throw new Fault(503, 'unavailable', 'Stytch does not answer.');
    return answer.json();
  }

  async function open(res, { email: address, password, return_to: requested }) {
    const email = address.trim().toLowerCase();
    const return_to = checkReturnTo(requested, origin);
    const { session_token, session_jwt, user, member } = await authenticate(realmOf(return_to), email, password);
    const name = member?.name ?? `${user.name.first_name} ${user.name.last_name}`;
    const now = Date.now();
    for (const [token, { until }] of people) if (until <= now) people.delete(token);
    people.set(session_token, { name, email, until: now + MINUTES * 60_000 });
    for (const [cookie, value] of [[COOKIE, session_token], [`${COOKIE}_jwt`, session_jwt]]) {
      res.appendHeader('Set-Cookie', `${cookie}=${value}; Path=/; SameSite=Lax; Max-Age=${MINUTES * 60}`);
    }
    return { return_to };
  }

  function signedIn(req) {
    const person = people.get(cookies(req.headers)[COOKIE]);
    return person && person.until > Date.now() ? person : undefined;
  }

  const calls = {
    '/account/login': (call, req, res) => open(res, call),
    // The session does not change: a choice of account proves nothing, and must not count as a new
    // login.
    '/account/continue': (call, req) => {
      if (!signedIn(req)) throw new Fault(401, 'no_session', 'Nobody is signed in in this browser.');
      return { return_to: checkReturnTo(call.return_to, origin) };
    },
    '/account/session': (call, req) => {
      const person = signedIn(req);
      return { account: person ? { sub: person.email, name: person.name, email: person.email } : null };
    },
  };

  return async function answer(req, res, path) {
    const send = (status, body) => {
      res.statusCode = status;
      res.setHeader('Content-Type', 'application/json');
      res.end(JSON.stringify(body));
    };
    try {
      const act = calls[path];
      if (!act || req.method !== 'POST') throw new Fault(404, 'malformed_call', 'There is no such call.');
      send(200, await act(checkBody(path, await readCall(req, res, origin)), req, res));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      send(error.status, problem(error, 'app'));
    }
  };
}
