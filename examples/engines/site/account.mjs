/** The calls of the demo's login page. A host has its own sign-in: all that the kit wants of it is `account(request)`. */

const json = (status, body) => Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
const fault = (status, code, detail) => json(status, { type: `urn:countersign:problem:${code}`, title: 'Sign-in', status, detail, code, request_id: 'site' });

/** Where a sign-in may lead back to: the page that asked for it. */
function checkReturnTo(value, origin, authorize) {
  if (typeof value !== 'string' || !URL.canParse(value, origin)) return '/';
  const url = new URL(value, origin);
  return url.origin === origin && url.pathname === authorize ? url.pathname + url.search : '/';
}

function withCookies(response, headers) {
  for (const value of headers.getSetCookie()) response.headers.append('Set-Cookie', value);
  return response;
}

/**
 * @param options the site's `origin`; `authorize`, the path of its authorization endpoint; `account(request)`, who is signed in;
 *   `signIn(email, password, request)`, which resolves to the headers that set the session, or to `null`; `signOut(request)`,
 *   which resolves to those that end it
 * @returns a handler for `/account/…`
 */
export function createAccount({ origin, authorize, account, signIn, signOut }) {
  async function login(body, request) {
    const headers = await signIn(String(body.email), String(body.password), request);
    if (headers === null) return fault(401, 'invalid_credentials', 'The email or the password is wrong.');
    return withCookies(json(200, { return_to: checkReturnTo(body.return_to, origin, authorize) }), headers);
  }

  const publicAccount = (found) => found && { sub: found.sub, name: found.name, email: found.email };
  const calls = {
    '/account/login': login,
    '/account/logout': async (body, request) => withCookies(json(200, {}), await signOut(request)),
    '/account/session': async (body, request) => json(200, { account: publicAccount(await account(request)) }),
    '/account/continue': async (body, request) => (await account(request)
      ? json(200, { return_to: checkReturnTo(body.return_to, origin, authorize) })
      : fault(401, 'no_session', 'Nobody is signed in in this browser.')),
  };

  return async (request) => {
    const call = calls[new URL(request.url).pathname];
    if (call === undefined || request.method !== 'POST') return fault(404, 'malformed_call', 'There is no such call.');
    const { headers } = request;
    if (headers.get('origin') !== origin || headers.get('x-countersign') !== '1') return fault(403, 'cross_origin_call', 'The call comes from another site.');
    const body = await request.json().catch(() => ({}));
    return call(body, request);
  };
}
