/**
 * A Worker: workers-oauth-provider as the authorization server, with the kit in front. Its bindings: `ORIGIN`, `SECRET`
 * and `PAGE` (the page with the widget), `OAUTH_KV` (the engine's storage), `SESSIONS` (the site's own sign-in, in KV as
 * well) and `DECISIONS` (a D1 database, since a decision needs an atomic claim, which KV does not have).
 */
import { env as bindings } from 'cloudflare:workers';
import { OAuthProvider } from '@cloudflare/workers-oauth-provider';
import { workersOAuthProvider } from '../../../server/node/src/engines/workers-oauth-provider.ts';
import { countersign } from '../../../server/node/src/index.ts';
import { page } from '../../../server/node/src/page.ts';
import { redeemedCodes } from '../../../server/node/src/redeemed.ts';
import { d1Store } from '../../../server/node/src/stores/d1.ts';
import { checkPassword, findAccount, publicAccount } from '../../authorization-server/fixtures/accounts.mjs';
import { createAccount } from '../site/account.mjs';
import { describe, SCOPES } from '../site/describe.mjs';
import { exchange } from '../site/exchange.mjs';

const AUTHORIZE = '/oauth/authorize';
const TOKEN = '/oauth/token';
const ME = '/oauth/me';
const COOKIE = 'harbor_session';
const HOUR = 60 * 60;

/** The site's own sign-in: the engine has none. */
function createSignIn({ SESSIONS }) {
  const idOf = (request) => new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '')?.[1];
  async function account(request) {
    const id = idOf(request);
    const session = id && await SESSIONS.get(id, 'json');
    return session ? { ...publicAccount(findAccount(session.sub)), signed_in_at: session.at } : null;
  }
  async function signIn(email, password) {
    const found = checkPassword(email, password);
    if (found === undefined) return null;
    const id = crypto.randomUUID();
    await SESSIONS.put(id, JSON.stringify({ sub: found.sub, at: Date.now() }), { expirationTtl: HOUR });
    return new Headers({ 'Set-Cookie': `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${HOUR}` });
  }
  async function signOut(request) {
    const id = idOf(request);
    if (id !== undefined) await SESSIONS.delete(id);
    return new Headers({ 'Set-Cookie': `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` });
  }
  return { account, signIn, signOut };
}

/** What is not the engine's. The bindings come with each request, and so does the kit: making it costs next to nothing. */
async function site(request, env) {
  const origin = env.ORIGIN;
  const { account, signIn, signOut } = createSignIn(env);
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/account/')) return createAccount({ origin, authorize: AUTHORIZE, account, signIn, signOut })(request);
  const store = d1Store(env.DECISIONS);
  const engine = workersOAuthProvider({ provider: env.OAUTH_PROVIDER, endpoint: origin + AUTHORIZE, props: ({ sub, name }) => ({ sub, name }) });
  const pages = page({ authorize: AUTHORIZE, files: '/assets/', html: () => env.PAGE });
  const { isRedeemed } = redeemedCodes(store);
  return countersign({ engine: { ...engine, isRedeemed }, origin, secret: env.SECRET, account, describe, store, page: pages })(request);
}

const provider = new OAuthProvider({
  authorizeEndpoint: AUTHORIZE,
  tokenEndpoint: TOKEN,
  clientRegistrationEndpoint: '/oauth/register',
  scopesSupported: SCOPES.filter((scope) => scope !== 'openid'),
  // The API that the tokens are for: it says whose token it is.
  resourceMetadata: { resource: bindings.ORIGIN + ME },
  apiRoute: ME,
  apiHandler: { fetch: (request, env, context) => Response.json(context.props) },
  clientIdMetadataDocumentEnabled: false,
  defaultHandler: { fetch: site },
});

export default {
  async fetch(request, env, context) {
    const pass = (one) => provider.fetch(one, env, context);
    // The engine answers its token endpoint itself, so that the site's handler does not see those requests.
    return new URL(request.url).pathname === TOKEN ? exchange(request, pass, redeemedCodes(d1Store(env.DECISIONS))) : pass(request);
  },
};
