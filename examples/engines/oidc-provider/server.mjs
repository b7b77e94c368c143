/** `oidc-provider` as the authorization server of the demo's client, with the kit and the widget's page in front. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { interactionPolicy, Provider } from 'oidc-provider';
import { endSession, loadExistingGrant, oidcProvider } from '../../../server/node/src/engines/oidc-provider.ts';
import { countersign } from '../../../server/node/src/index.ts';
import { toNodeHandler } from '../../../server/node/src/node.ts';
import { page } from '../../../server/node/src/page.ts';
import { createStore } from '../../authorization-server/engine/store.mjs';
import { checkPassword, findAccount, publicAccount } from '../../authorization-server/fixtures/accounts.mjs';
import { createAccount } from '../site/account.mjs';
import { describe, SCOPES } from '../site/describe.mjs';
import { listenNode } from '../site/listen.mjs';
import { sendFile, widgetPage } from '../site/pages.mjs';

const [AUTHORIZE, LOGOUT] = ['/oauth/authorize', '/oauth/logout'];
/** What the engine answers itself. Its routes for authorization, resuming and sign-out are not among them. */
const ENGINE = /^\/(?:oauth\/(?:token|userinfo|jwks|par|register|revoke)|\.well-known\/openid-configuration)$/;
const COOKIE = 'harbor_session';
const SESSION = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`);

/** A key for one start. A real host keeps its keys. */
function createKeys() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig' }] };
}

/** The engine's own policy, and the prompt for `prompt=select_account`, which it does not know. */
function createPolicy() {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return policy;
}

/** A site of one client of the demo, beside its address on this machine: there, a decision can be remembered. */
const SITES = { 'third-party-public': 'https://photo-printer.example/callback' };

const clientOf = ({ id, name, secret, redirectUri, signedOutUri, metadata }) => ({
  client_id: id,
  client_name: name,
  ...(secret ? { client_secret: secret } : { token_endpoint_auth_method: 'none' }),
  redirect_uris: [redirectUri, SITES[id]].filter(Boolean),
  ...(signedOutUri ? { post_logout_redirect_uris: [signedOutUri] } : {}),
  grant_types: ['authorization_code', 'refresh_token'],
  // An app on the user's device is asked each time.
  application_type: /^http:\/\/127\./.test(redirectUri) ? 'native' : 'web',
  ...metadata,
});

/** The engine alone. */
export const createProvider = (origin, { clients, registers, configuration: { features, ...configuration } = {} }) => new Provider(origin, {
  // In memory, and never without a registered client. A real host has a database.
  adapter: createStore(Date.now).adapter,
  clients: clients.map(clientOf),
  claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
  // Many clients read nothing but the ID token.
  conformIdTokenClaims: false,
  clientBasedCORS: () => true,
  features: {
    devInteractions: { enabled: false },
    pushedAuthorizationRequests: { enabled: true },
    registration: { enabled: registers },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    ...features,
  },
  findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub, name: findAccount(sub)?.name, email: findAccount(sub)?.email }) }),
  interactions: { policy: createPolicy() },
  jwks: createKeys(),
  loadExistingGrant,
  // Never sent to a browser: the kit has pages for errors.
  renderError: (ctx, out) => { ctx.body = out; },
  routes: {
    authorization: AUTHORIZE, end_session: LOGOUT, jwks: '/oauth/jwks', pushed_authorization_request: '/oauth/par', registration: '/oauth/register',
    revocation: '/oauth/revoke', token: '/oauth/token', userinfo: '/oauth/userinfo',
  },
  scopes: SCOPES,
  ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 1_209_600, IdToken: 3600, Interaction: 3600, RefreshToken: 1_209_600, Session: 1_209_600 },
  ...configuration,
});

/** The site's own sign-in: the engine has none. */
function createSignIn() {
  const sessions = new Map();
  const idOf = (request) => SESSION.exec(request.headers.get('cookie') ?? '')?.[1];
  return {
    account(request) {
      const id = idOf(request);
      const session = sessions.get(id);
      return session ? { ...publicAccount(findAccount(session.sub)), signed_in_at: session.at, session: id } : null;
    },
    async signIn(email, password, request) {
      const found = checkPassword(email, password);
      if (found === undefined) return null;
      sessions.delete(idOf(request));
      const id = randomBytes(18).toString('base64url');
      sessions.set(id, { sub: found.sub, at: Date.now() });
      return new Headers({ 'Set-Cookie': `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax` });
    },
    async signOut(request) {
      sessions.delete(idOf(request));
      return new Headers({ 'Set-Cookie': `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` });
    },
  };
}

async function createHandler(origin, { dist, secret, ...options }) {
  const html = await widgetPage(dist);
  const provider = createProvider(origin, options);
  const { account, signIn, signOut } = createSignIn();
  const kit = countersign({
    engine: oidcProvider({
      provider,
      async signOut({ request, setCookie }) { (await signOut(request)).getSetCookie().forEach(setCookie); },
    }),
    origin,
    secret,
    account,
    describe,
    page: page({ authorize: AUTHORIZE, logout: LOGOUT, files: '/assets/', html: () => html }),
  });
  /** Signs out at the site itself: the engine's session ends, too. */
  async function leave(request) {
    const found = account(request);
    if (found !== null) await endSession(provider, found);
    return signOut(request);
  }
  const signInCalls = createAccount({ origin, authorize: AUTHORIZE, account, signIn, signOut: leave });
  const site = toNodeHandler(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/countersign/') || pathname === AUTHORIZE || pathname === LOGOUT) return kit(request);
    if (pathname.startsWith('/account/')) return signInCalls(request);
    const { status, headers, body } = await sendFile(pathname, dist);
    return new Response(body, { status, headers });
  }, { origin });
  const engine = provider.callback();
  return (req, res) => (ENGINE.test(new URL(req.url, origin).pathname) ? engine(req, res) : site(req, res));
}

/**
 * Starts the site.
 *
 * @param {{port?: number, clients?: object[], dist?: string, secret?: string, registers?: boolean, configuration?: object}} options its port
 *   (0 for any free one), the clients (`{ id, name, secret?, redirectUri, signedOutUri?, metadata? }`), the folder of the built pages, whether clients
 *   may register themselves, and more of the engine's configuration
 * @returns {Promise<{origin: string, issuer: string, close: () => Promise<void>}>}
 */
export async function createSite({ port = 0, clients = [], dist, secret = randomBytes(32).toString('base64url'), registers = false, configuration } = {}) {
  const { origin, close } = await listenNode(port, (own) => createHandler(own, { clients, dist, secret, registers, configuration }));
  return { origin, issuer: origin, close };
}
