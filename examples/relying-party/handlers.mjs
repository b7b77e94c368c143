// One function for each page: from a request to {status, headers?, body?}.
import { clientById, publicMetadata, realms, responseModes, scopeParameter } from './clients.mjs';
import { Unreachable, createOidc, unverifiedState } from './oidc.mjs';
import { shortened } from './messages.mjs';
import { fragmentPage, homePage, messagePage } from './pages.mjs';
import { resultPage } from './result-page.mjs';
import { createSessions, randomId } from './sessions.mjs';

const page = (body, status = 200, headers = {}) => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body,
});
const redirect = (address, headers = {}) => ({ status: 303, headers: { location: String(address), ...headers } });

// The request of each button of the form.
const ACTIONS = {
  connect: { realm: 'consumer', display: 'page' },
  organization: { realm: 'b2b', display: 'page' },
  popup: { realm: 'consumer', display: 'popup' },
  silent: { realm: 'consumer', display: 'page', prompt: 'none' },
  frame: { realm: 'consumer', display: 'frame', prompt: 'none' },
};

function loginRequest(query) {
  const action = ACTIONS[query.get('action') ?? 'connect'];
  const client = clientById(query.get('client') ?? 'third-party-public');
  const responseMode = query.get('response_mode') ?? 'query';
  if (!action || !client || !responseModes.includes(responseMode)) return undefined;
  return {
    display: action.display,
    realm: action.realm,
    clientId: client.id,
    scope: scopeParameter(query.getAll('scope'), action.realm),
    prompt: action.prompt ?? (query.get('prompt') === 'consent' ? 'consent' : undefined),
    responseMode: responseMode === 'query' ? undefined : responseMode,
    pushed: query.get('pushed') === 'yes',
    pays: query.get('pays') === 'yes',
  };
}

function unreachable(error) {
  if (!(error instanceof Unreachable)) throw error;
  return page(messagePage({ title: 'The authorization server does not answer', text: `${error.message} Start it, then try again.` }), 502);
}

/** The handlers by method and path. */
export function createHandlers({ issuer, pages, url, openid, organizations }) {
  const oidc = createOidc({ issuer, url, openid });
  const sessions = createSessions();

  async function home({ request }) {
    return page(homePage({ site: pages, current: sessions.find(request)?.current, abilities: { ...await oidc.abilities(), openid, organizations } }));
  }

  async function connect({ request, query }) {
    const wanted = loginRequest(query);
    if (!wanted) return page(messagePage({ title: 'Not a request', text: 'This address is used by the form of the start page.' }), 400);
    const { session, headers } = sessions.open(request);
    const { login, address, refused } = await oidc.begin(wanted);
    if (refused) return page(resultPage({ result: refused, display: wanted.display }), 200, headers);
    session.logins.set(login.state, { ...login, display: wanted.display });
    return redirect(address, headers);
  }

  async function callback({ request, query, body, path, search }) {
    const parameters = body === undefined ? query : new URLSearchParams(body);
    if (body === undefined && query.size === 0) return page(fragmentPage());
    const session = sessions.find(request);
    const state = unverifiedState(parameters);
    const login = session?.logins.get(state);
    if (!login || realms[login.realm].callback !== path) {
      return page(messagePage({ title: 'Not connected', text: 'No login of this browser waits for this answer: its state is unknown.' }), 400);
    }
    session.logins.delete(state); // each answer is used once
    const address = new URL(url + path + search);
    const answer = body === undefined
      ? address
      : new Request(address, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    const { idToken, ...result } = await oidc.finish(login, answer);
    if (result.outcome === 'connected') {
      session.current = { realm: result.realm, clientId: result.clientId, name: result.name, idToken };
    }
    const id = randomId();
    const response = { parameters: shortened(Object.fromEntries(parameters)), posted: body !== undefined };
    session.results.set(id, { result: { ...result, response }, display: login.display });
    return redirect(`/result?id=${id}`); // keeps the code out of the history
  }

  async function result({ request, query }) {
    const found = sessions.find(request)?.results.get(query.get('id'));
    if (!found) return page(messagePage({ title: 'Nothing here', text: 'This result is gone, or belongs to another browser.' }), 404);
    return page(resultPage(found));
  }

  async function signOut({ request, body }) {
    const { session, headers } = sessions.open(request);
    const { realm, clientId, idToken } = session.current ?? { realm: 'consumer', clientId: 'third-party-public' };
    const hint = new URLSearchParams(body).get('hint') !== 'no' && idToken;
    const state = randomId();
    const address = await oidc.signOutAddress({ realm, clientId, idToken: hint || undefined, state });
    session.current = undefined;
    session.signOutState = state;
    return redirect(address, headers);
  }

  async function signedOut({ request, query }) {
    const session = sessions.find(request);
    const matched = session?.signOutState !== undefined && query.get('state') === session.signOutState;
    const text = matched ? 'The authorization server ended the session too. The state matched.' : 'This page was opened without a sign-out of this browser.';
    return page(messagePage({ title: 'Signed out', text }));
  }

  /** The metadata document of the client whose id is this address. */
  function metadataDocument({ path }) {
    const id = url + path;
    const document = { client_id: id, client_name: clientById('document').name, client_uri: `${url}/`, ...publicMetadata(url) };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(document) };
  }

  const guarded = (handler) => (context) => handler(context).catch(unreachable);
  return {
    'GET /': home,
    'GET /client.json': metadataDocument,
    'GET /connect': guarded(connect),
    'GET /callback': callback,
    'POST /callback': callback,
    'GET /b2b/callback': callback,
    'POST /b2b/callback': callback,
    'GET /result': result,
    'POST /sign-out': guarded(signOut),
    'GET /signed-out': signedOut,
  };
}
