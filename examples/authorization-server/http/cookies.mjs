/**
 * Our two cookies: one identifies the browser, one its login. HttpOnly, SameSite=Lax, Path=/. Not
 * `Secure`, because the demo is served over http on loopback.
 */
import { newId } from '../state/logins.mjs';

const BROWSER = 'countersign_browser';
const LOGIN = 'countersign_login';
const VALUE = /^[\w-]{32}$/;

function readCookies(req) {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  return new Map(pairs.filter(([, value]) => VALUE.test(value)));
}

const setCookie = (res, name, value, more = '') => res.appendHeader(
  'Set-Cookie',
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${more}`,
);

/**
 * The browser that sent a request. Reading `browser` sets the cookie if the request had none.
 *
 * @returns `browser`, `recognized` (the request had the cookie), `login` (the current one at each
 *   read), `setLogin`, `ensureCookie`
 */
export function readVisitor(req, res, logins) {
  const cookies = readCookies(req);
  const known = cookies.get(BROWSER);
  let browser = known;
  let loginId = cookies.get(LOGIN);
  return {
    recognized: known !== undefined,
    get browser() {
      if (browser === undefined) {
        browser = newId();
        setCookie(res, BROWSER, browser);
      }
      return browser;
    },
    /** Sets the browser's cookie if it has none. */
    ensureCookie() { return this.browser; },
    get login() { return logins.find(loginId); },
    setLogin(login) {
      loginId = login?.id;
      setCookie(res, LOGIN, login?.id ?? '', login ? '' : '; Max-Age=0');
    },
  };
}
