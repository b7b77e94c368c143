// The sign-in of the cluster: a session is a time and an email, sealed in a cookie, so that every process knows it. The host in Rust
// (`server/rust/host/harbor.rs`) has the same accounts, cookie and seal.
import { createSeal } from '../../server/node/src/seal.ts';

const COOKIE = 'session';
const OF_COOKIE = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`);
const SECONDS = 60 * 60;
const ACCOUNTS = { 'ada@example.com': { sub: 'ada', name: 'Ada' }, 'grace@example.com': { sub: 'grace', name: 'Grace' } };
const seal = createSeal(['what seals a session of the tests']);

/** A new session: the name and the value of its cookie. */
export const sessionOf = async (email = 'ada@example.com') => [COOKIE, await seal.seal(`${Date.now()} ${email}`, COOKIE)];

/** Who is signed in, by a session of any process. */
export async function accountOf(request) {
  const [, sealed] = OF_COOKIE.exec(request.headers.get('cookie') ?? '') ?? [];
  const [at, email] = (sealed && await seal.open(sealed, COOKIE))?.split(' ') ?? [];
  return email ? { ...ACCOUNTS[email], email, signed_in_at: Number(at) } : null;
}

const setting = (value, seconds) => `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;

/** Signs in by the password of the demo. Resolves to headers, or to `null`. */
export async function signIn(email, password) {
  if (!Object.hasOwn(ACCOUNTS, email) || password !== 'demo') return null;
  const [, value] = await sessionOf(email);
  return new Headers({ 'Set-Cookie': setting(value, SECONDS) });
}

export const signOut = ({ setCookie }) => setCookie(setting('', 0));
