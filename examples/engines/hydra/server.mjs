/**
 * Ory Hydra as the authorization server of the demo. The kit is its login and consent app, with the widget's page: the one in TypeScript
 * in this process, or the program `countersign-hydra` beside it.
 */
import { hydra as engine } from '../../../server/node/src/engines/hydra.ts';
import { countersign } from '../../../server/node/src/index.ts';
import { page } from '../../../server/node/src/page.ts';
import { checkPassword, findAccount, organizationsOf, publicAccount } from '../../authorization-server/fixtures/accounts.mjs';
import { createAccount } from '../site/account.mjs';
import { describe, SCOPES } from '../site/describe.mjs';
import { listen } from '../site/listen.mjs';
import { sendFile, widgetPage } from '../site/pages.mjs';
import { addClient, startHydra } from './hydra.mjs';
import { ACCOUNT, SIGN_OUT, startProgram } from './program.mjs';

const PAGE = '/oauth/authorize';
const LOGOUT = '/oauth/logout';
const COOKIE = 'harbor_session';
/** Clients that are also a site: an address on this machine is asked for each time. */
const SITES = { 'third-party-public': 'https://photo-printer.example/callback' };
const withSite = (client) => ({ ...client, redirectUri: [client.redirectUri, SITES[client.id] ?? []].flat() });
const OF_COOKIE = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`);
const cookie = (value, seconds) => `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;

/** The site's own sign-in: Hydra has none. */
function createSignIn() {
  const sessions = new Map();
  const idOf = (request) => OF_COOKIE.exec(request.headers.get('cookie') ?? '')?.[1];
  function account(request) {
    const session = sessions.get(idOf(request));
    return session ? { ...publicAccount(findAccount(session.sub)), signed_in_at: session.at } : null;
  }
  function signIn(email, password) {
    const found = checkPassword(email, password);
    if (found === undefined) return null;
    const id = crypto.randomUUID();
    sessions.set(id, { sub: found.sub, at: Date.now() });
    return new Headers({ 'Set-Cookie': cookie(id, 60 * 60) });
  }
  function signOut({ request, setCookie }) {
    sessions.delete(idOf(request));
    setCookie(cookie('', 0));
  }
  return { account, signIn, signOut };
}

/** What clients learn of an account, by the scopes that it granted. */
function claims({ name, email }, { scopes }) {
  const has = (wanted) => scopes.some(({ scope }) => scope === wanted);
  return { id_token: { ...(has('profile') && { name }), ...(has('email') && { email }) } };
}

/** The kit in TypeScript, with the page of the demo. */
async function createKit(origin, { issuer, admin }, { account, signOut }, { dist, secret }) {
  const html = await widgetPage(dist);
  const handle = countersign({
    engine: engine({ admin, issuer, pkce: true, claims, signOut }),
    origin,
    secret,
    account,
    describe,
    page: page({ authorize: PAGE, logout: LOGOUT, files: '/assets/', html: () => html }),
  });
  return { handle, close: async () => {} };
}

/** What the program beside this site asks it: who is signed in, by the cookies of a browser. A proxy keeps such addresses from others. */
function answerProgram(request, { account, signOut }) {
  const headers = new Headers();
  if (new URL(request.url).pathname === SIGN_OUT && request.method === 'POST') signOut({ request, setCookie: (line) => headers.append('Set-Cookie', line) });
  const found = account(request);
  const organizations = found && organizationsOf(findAccount(found.sub));
  return found ? Response.json({ ...found, organizations }, { headers }) : new Response(null, { status: 204, headers });
}

async function createHandler(origin, engineAt, options) {
  const { dist } = options;
  const signsIn = createSignIn();
  const { account, signIn, signOut } = signsIn;
  const kit = options.kit === 'rust'
    ? await startProgram({ origin, ...engineAt, paths: { authorize: PAGE, logout: LOGOUT }, ...options })
    : await createKit(origin, engineAt, signsIn, options);
  const signInCalls = createAccount({
    origin,
    authorize: PAGE,
    account,
    signIn,
    signOut(request) {
      const headers = new Headers();
      signOut({ request, setCookie: (line) => headers.append('Set-Cookie', line) });
      return headers;
    },
  });
  const handle = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/countersign/') || pathname === PAGE || pathname === LOGOUT) return kit.handle(request);
    if (options.kit === 'rust' && (pathname === ACCOUNT || pathname === SIGN_OUT)) return answerProgram(request, signsIn);
    if (pathname.startsWith('/account/')) return signInCalls(request);
    const { status, headers, body } = await sendFile(pathname, dist);
    return new Response(body, { status, headers });
  };
  return { handle, kit };
}

/**
 * Starts the site, and Hydra behind it.
 *
 * @param {{port?: number, hydraPort?: number, clients?: object[], dist?: string, secret?: string, registers?: boolean, kit?: 'node' | 'rust',
 *   through?: (admin: string) => string | Promise<string>, settings?: object, program?: object}} options its port and Hydra's (0 for any free
 *   one), the clients (`{ id, name, secret?, redirectUri, signedOutUri? }`), the folder of the built pages, whether clients may
 *   register themselves, which kit is in front, another address for the admin API, more settings of Hydra, and more settings of the
 *   program
 * @returns {Promise<{origin: string, issuer: string, admin: string, kit: object, close: () => Promise<void>}>}
 */
export async function createSite({ port = 0, hydraPort = 0, clients = [], registers = false, settings, through = (admin) => admin, secret = crypto.randomUUID() + crypto.randomUUID(), ...options } = {}) {
  let [server, kit] = [];
  const { origin, close } = await listen(port, async (own) => {
    server = await startHydra({ port: hydraPort, page: own + PAGE, logout: own + LOGOUT, scopes: SCOPES, registers, more: settings });
    for (const client of clients) await addClient(server.admin, withSite(client), SCOPES);
    const engineAt = { issuer: server.issuer, admin: await through(server.admin) };
    const made = await createHandler(own, engineAt, { secret, ...options });
    kit = made.kit;
    return made.handle;
  }).catch(async (error) => {
    await server?.close();
    throw error;
  });
  const { issuer, admin } = server;
  return { origin, issuer, admin, kit, close: async () => { await close(); await kit.close(); await server.close(); } };
}
