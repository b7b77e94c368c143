/** Cookies of a request, and those that an answer sets. */

/** The values of a request's cookies by name: a name can have several. */
export function readCookies(request: Request): Map<string, string[]> {
  const cookies = new Map<string, string[]>();
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    cookies.set(name, [...(cookies.get(name) ?? []), pair.slice(at + 1).trim()]);
  }
  return cookies;
}

/**
 * A `Set-Cookie`. On https a name has the prefix `__Host-`, so that no sibling host can set it (RFC 6265bis section 4.1.3.2). Over
 * http browsers know no such rule.
 */
export const cookie = (name: string, value: string, secure: boolean, seconds: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Max-Age=${Math.max(0, Math.floor(seconds))}`;

/** The name of the cookie that says which browser this is: only for limits, and to know that it keeps cookies at all. */
export const browserCookie = (secure: boolean): string => `${secure ? '__Host-' : ''}countersign`;
export const cookiePrefix = (secure: boolean): string => `${browserCookie(secure)}-`;
