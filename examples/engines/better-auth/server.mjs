/** Better Auth as the authorization server of the demo, with the kit and the widget's page in front. */
import { createHash } from 'node:crypto';
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { jwt } from 'better-auth/plugins';
import { betterAuth as engine } from '../../../server/node/src/engines/better-auth.ts';
import { countersign, memoryStore } from '../../../server/node/src/index.ts';
import { page } from '../../../server/node/src/page.ts';
import { redeemedCodes } from '../../../server/node/src/redeemed.ts';
import { createAccount } from '../site/account.mjs';
import { describe, SCOPES } from '../site/describe.mjs';
import { exchange } from '../site/exchange.mjs';
import { listen } from '../site/listen.mjs';
import { sendFile, widgetPage } from '../site/pages.mjs';

const BASE_PATH = '/api/auth';
const AUTHORIZE = `${BASE_PATH}/oauth2/authorize`;
const TOKEN = `${BASE_PATH}/oauth2/token`;
const CONSENT = '/consent';
const TABLES = [
  'user', 'session', 'account', 'verification', 'jwks', 'oauthClient', 'oauthRefreshToken', 'oauthAccessToken', 'oauthConsent', 'oauthResource',
  'oauthClientResource', 'oauthClientAssertion',
];
export const PEOPLE = [{ name: 'Ada Lovelace', email: 'ada@example.com' }, { name: 'Grace Hopper', email: 'grace@example.com' }];

/** An empty database in memory. A real host has its own. */
export const emptyDatabase = () => Object.fromEntries(TABLES.map((name) => [name, []]));

/** A row of the table of clients. Better Auth keeps the hash of a secret. */
export const clientRow = ({ id, name, secret, redirectUri, signedOutUri }) => ({
  id,
  clientId: id,
  name,
  clientSecret: secret && createHash('sha256').update(secret).digest('base64url'),
  tokenEndpointAuthMethod: secret ? 'client_secret_basic' : 'none',
  redirectUris: [redirectUri],
  enableEndSession: signedOutUri !== undefined,
  postLogoutRedirectUris: signedOutUri && [signedOutUri],
  scopes: SCOPES,
  grantTypes: ['authorization_code', 'refresh_token'],
  responseTypes: ['code'],
  applicationType: 'web',
  createdAt: new Date(),
});

/** The engine alone. */
export const createAuth = (origin, { database, secret, registers, logger }) => betterAuth({
  baseURL: origin,
  basePath: BASE_PATH,
  secret,
  database: memoryAdapter(database),
  emailAndPassword: { enabled: true, minPasswordLength: 4 },
  telemetry: { enabled: false },
  logger,
  plugins: [
    jwt(),
    oauthProvider({
      loginPage: '/login', consentPage: CONSENT, scopes: SCOPES, allowDynamicClientRegistration: registers, allowUnauthenticatedClientRegistration: registers,
    }),
  ],
});

/** The site's own sign-in, which here is Better Auth's as well. */
function createSignIn(auth) {
  async function account(request) {
    const found = await auth.api.getSession({ headers: request.headers });
    return found && { sub: found.user.id, name: found.user.name, email: found.user.email, signed_in_at: new Date(found.session.createdAt).getTime() };
  }
  async function signIn(email, password, request) {
    const response = await auth.api.signInEmail({ body: { email, password }, headers: request.headers, asResponse: true });
    return response.ok ? response.headers : null;
  }
  const signOut = async (request) => (await auth.api.signOut({ headers: request.headers, asResponse: true })).headers;
  return { account, signIn, signOut };
}

async function createHandler(origin, { clients, database, dist, ...options }) {
  const html = await widgetPage(dist);
  const auth = createAuth(origin, { database, ...options });
  for (const person of PEOPLE) await auth.api.signUpEmail({ body: { ...person, password: 'demo' } });
  database.session.length = 0;
  database.oauthClient.push(...clients.map(clientRow));
  const { account, signIn, signOut } = createSignIn(auth);
  const store = memoryStore();
  const codes = redeemedCodes(store);
  const kit = countersign({
    engine: { ...engine({ auth, base: origin + BASE_PATH, consentPage: CONSENT }), isRedeemed: codes.isRedeemed },
    store,
    origin,
    secret: options.secret,
    account,
    describe,
    // The page is at the engine's own authorization endpoint. Clients find it there by discovery.
    page: page({ authorize: AUTHORIZE, files: '/assets/', html: () => html }),
  });
  const signInCalls = createAccount({ origin, authorize: AUTHORIZE, account, signIn, signOut });
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/countersign/') || pathname === AUTHORIZE) return kit(request);
    if (pathname.startsWith('/account/')) return signInCalls(request);
    if (pathname === TOKEN) return exchange(request, auth.handler, codes);
    if (pathname.startsWith(`${BASE_PATH}/`)) return auth.handler(request);
    const { status, headers, body } = await sendFile(pathname, dist);
    return new Response(body, { status, headers });
  };
}

/**
 * Starts the site.
 *
 * @param {{port?: number, clients?: object[], database?: object, dist?: string, secret?: string, registers?: boolean, logger?: object}}
 *   options its port (0 for any free one), the clients (`{ id, name, secret?, redirectUri, signedOutUri? }`), the folder of the built pages, whether
 *   clients may register themselves, and Better Auth's `logger`
 * @returns {Promise<{origin: string, issuer: string, close: () => Promise<void>}>}
 */
export async function createSite({ port = 0, clients = [], database = emptyDatabase(), dist, secret = crypto.randomUUID() + crypto.randomUUID(), registers = false, logger } = {}) {
  const { origin, close } = await listen(port, (own) => createHandler(own, { clients, database, dist, secret, registers, logger }));
  return { origin, issuer: origin + BASE_PATH, close };
}
