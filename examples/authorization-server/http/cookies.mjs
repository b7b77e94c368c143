/**
 * Our two cookies: one identifies the browser, one its login. HttpOnly, SameSite=Lax, Path=/. On
 * https they are `Secure` and carry the prefix `__Host-`, so that no sibling host can set them
 * (RFC 6265bis section 4.1.3.2). Over http, as in the demo, browsers know no such rule.
 *
 * The id of a browser is ours, with a code of authentication, and a new code at every sign-in: a
 * planted value is none, and one that was planted before is worth nothing after.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createExpiring } from '../state/expiring.mjs';
import { addressOf } from './address.mjs';

const VALUE = /^[\w-]{32}$/;
/** Longer than any request is known, answered or not. */
const KEPT = 48 * 60 * 60 * 1000;
const MOST = 100_000;
/** Bytes of an id, and of its code. */
const PART = 12;

function readCookies(req) {
  const cookies = new Map();
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    cookies.set(name, [...(cookies.get(name) ?? []), value]);
  }
  return cookies;
}

/** The one value of a list, or `undefined` if there are several: one of them is not ours. */
function single(values) {
  const distinct = [...new Set(values)];
  return distinct.length === 1 ? distinct[0] : undefined;
}

/** Ids of browsers with their codes. */
function createBrowsers(clock, secret) {
  const generations = createExpiring(clock, KEPT, MOST);

  function sign(id) {
    const code = createHmac('sha256', secret).update(`${id} ${generations.get(id) ?? 0}`).digest();
    return id + code.subarray(0, PART).toString('base64url');
  }

  const idIn = (value) => value.slice(0, (PART * 4) / 3);

  return {
    create: () => randomBytes(PART).toString('base64url'),
    sign,
    /** The id in a value that is ours, or `undefined`. */
    read(value) {
      if (!VALUE.test(value)) return undefined;
      const id = idIn(value);
      return timingSafeEqual(Buffer.from(sign(id)), Buffer.from(value)) ? id : undefined;
    },
    /** Makes every value of an id so far worthless. */
    renew: (id) => generations.set(id, (generations.get(id) ?? 0) + 1),
  };
}

/**
 * @param options `origin`, `clock`, `secret` (of the codes; every process of a site needs the same),
 *   `proxies` (`http/address.mjs`)
 * @returns a function that reads the visitor of a request
 */
export function createVisitors({ origin, clock, logins, secret = randomBytes(32), proxies = 0 }) {
  const secure = new URL(origin).protocol === 'https:';
  const nameOf = (name) => (secure ? `__Host-${name}` : name);
  const [BROWSER, LOGIN] = [nameOf('countersign_browser'), nameOf('countersign_login')];
  const browsers = createBrowsers(clock, secret);

  const setCookie = (res, name, value, more = '') => res.appendHeader(
    'Set-Cookie',
    `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${more}`,
  );

  /**
   * The browser that sent a request. Reading `browser` sets the cookie if the request had none.
   *
   * @returns `browser`, `recognized` (the request had the cookie), `address`, `languages` (its
   *   `Accept-Language`), `login` (the current one at each read), `setLogin`, `ensureCookie`
   */
  return function readVisitor(req, res) {
    const cookies = readCookies(req);
    const known = single((cookies.get(BROWSER) ?? []).map(browsers.read).filter(Boolean));
    let browser = known;
    let loginId = single((cookies.get(LOGIN) ?? []).filter((id) => VALUE.test(id) && logins.find(id) !== undefined));
    return {
      recognized: known !== undefined,
      /** Whether the browser sent no cookie of ours at all, not even a worthless one. */
      sentNone: !cookies.has(BROWSER) && !cookies.has(LOGIN),
      address: addressOf(req, proxies),
      languages: req.headers['accept-language'],
      get browser() {
        if (browser === undefined) {
          browser = browsers.create();
          setCookie(res, BROWSER, browsers.sign(browser));
        }
        return browser;
      },
      /** Sets the browser's cookie if it has none. */
      ensureCookie() { return this.browser; },
      get login() { return logins.find(loginId); },
      setLogin(login) {
        loginId = login?.id;
        if (login !== undefined) {
          browsers.renew(this.browser);
          res.removeHeader('Set-Cookie');
          setCookie(res, BROWSER, browsers.sign(browser));
        }
        setCookie(res, LOGIN, login?.id ?? '', login ? '' : '; Max-Age=0');
      },
    };
  };
}
