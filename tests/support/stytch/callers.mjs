// The caller of a request: headers, public token, host and session.
import { Misuse, Refusal } from './shapes.mjs';

const HEADERS = ['authorization', 'content-type', 'x-sdk-client', 'x-sdk-parent-host'];

const decoded = (text) => Buffer.from(text, 'base64').toString('utf8');

function telemetry(text) {
  let client;
  try {
    client = JSON.parse(decoded(text));
  } catch {
    throw new Misuse(400, 'bad_request', 'X-SDK-Client is not JSON in base64');
  }
  const members = [client.event_id, client.app_session_id, client.persistent_id, client.timezone, client.app?.identifier, client.sdk?.identifier, client.sdk?.version];
  const hasTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(client.client_sent_at ?? '');
  if (!hasTime || members.some((member) => typeof member !== 'string' || !member)) throw new Misuse(400, 'bad_request', 'X-SDK-Client lacks something');
}

/** The user name and password of Basic authentication. */
export function basic(headers) {
  const [, pair] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(headers.authorization ?? '') ?? [];
  const [, user, password] = /^([^:]*):(.*)$/.exec(pair ? decoded(pair) : '') ?? [];
  return { user, password };
}

/** The kind of a host: Stytch's for test or live tokens, or the team's own domain. */
function hostKind(host) {
  if (host === 'test.stytch.com') return 'test';
  return host === 'api.stytch.com' ? 'live' : 'own';
}

/** The project and session of a call. Throws if the API refuses the call. */
export function caller({ projects, sessions, origins }, { method, url, headers }, realm) {
  if (method === 'POST' && headers['content-type'] !== 'application/json') throw new Misuse(400, 'bad_request', 'Content-Type');
  if (!origins.includes(headers.origin)) throw new Refusal(403, 'origin_not_authorized', 'The origin is not one of the SDK configuration');
  if (headers['x-sdk-parent-host'] !== headers.origin) throw new Misuse(400, 'bad_request', 'X-SDK-Parent-Host');
  telemetry(headers['x-sdk-client'] ?? '');
  const { user, password } = basic(headers);
  const known = Object.values(projects).find(({ publicTokens }) => publicTokens.includes(user));
  if (!known) throw new Refusal(401, 'unauthorized_credentials', 'Unauthorized credentials.');
  if (realm && known.realm !== realm) throw new Misuse(400, 'bad_request', 'A call of the other realm');
  const kind = hostKind(new URL(url).hostname);
  if (kind !== 'own' && !user.startsWith(`public-token-${kind}`)) throw new Refusal(401, 'unauthorized_credentials', 'The token is of the other kind');
  const cookies = kind === 'own' ? cookiesOf(headers) : {};
  const token = password === user ? cookies[known.httpOnlyCookie] : password;
  return { project: known, kind, session: token ? sessions.live(token, known) : undefined };
}

function cookiesOf(headers) {
  const pairs = (headers.cookie ?? '').split(/; */).map((pair) => pair.split(/=(.*)/s));
  return Object.fromEntries(pairs.map(([name, value]) => [name, decodeURIComponent(value ?? '')]));
}

/** The headers that let a page of an authorized origin read an answer. */
export function cors(origins, { headers }) {
  if (!origins.includes(headers.origin)) return {};
  return { 'access-control-allow-origin': headers.origin, 'access-control-allow-credentials': 'true', vary: 'Origin' };
}

/** The answer to a preflight. */
export function preflight(origins, request) {
  const asked = (request.headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim()).filter(Boolean);
  if (asked.some((name) => !HEADERS.includes(name))) return { status: 403, headers: {}, body: '' };
  const allowed = { 'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': HEADERS.join(', '), 'access-control-max-age': '600' };
  return { status: 204, headers: { ...cors(origins, request), ...allowed }, body: '' };
}
