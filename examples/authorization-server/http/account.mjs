/** The demo's own login API. A host has its existing sign-in instead. */
import { checkPassword, publicAccount } from '../fixtures/accounts.mjs';
import { retryIfLoginEnded, withLoginLock } from '../flow/login-lock.mjs';
import { endLogin } from '../flow/logout.mjs';
import { Fault } from './problems.mjs';
import { checkReturnTo } from './return-to.mjs';

function login(site, call, visitor) {
  const email = call.email.trim().toLowerCase();
  const wait = site.guesses.wait(visitor);
  if (wait > 0) throw new Fault(429, 'too_many', 'Too many wrong passwords. Try again later.', { retryAfter: wait });
  const account = checkPassword(email, call.password);
  if (account === undefined) {
    site.guesses.failed(visitor);
    throw new Fault(401, 'invalid_credentials', 'The email or the password is wrong.');
  }
  site.guesses.succeeded(visitor);
  visitor.setLogin(site.logins.open(account, visitor.login, visitor.browser));
  return { return_to: checkReturnTo(call.return_to, site.origin) };
}

function continueAs(site, call, visitor) {
  if (visitor.login === undefined) throw new Fault(401, 'no_session', 'Nobody is signed in in this browser.');
  site.logins.choose(visitor.login);
  return { return_to: checkReturnTo(call.return_to, site.origin) };
}

async function logout(site, call, visitor) {
  await retryIfLoginEnded(async () => {
    const { login: current } = visitor;
    if (current !== undefined) await withLoginLock(site, current, () => endLogin(site, current, visitor));
  });
  return {};
}

function session(site, call, visitor) {
  return { account: visitor.login ? publicAccount(visitor.login.account) : null };
}

export const account = { continue: continueAs, login, logout, session };
