/** The countersign API and the login API: JSON over POST, from the same origin only. */
import { randomUUID } from 'node:crypto';
import { begin, resume } from '../flow/authorize.mjs';
import { submit } from '../flow/decisions.mjs';
import { startLogout, submitLogout } from '../flow/logout.mjs';
import { account } from './account.mjs';
import { readCall } from './guards.mjs';
import { Fault, problem } from './problems.mjs';
import { checkBody, checkKey } from './validation.mjs';
import { inVersion, versionOf } from './version.mjs';

function start(site, call, visitor) {
  const realm = site.realms[call.realm];
  return call.transaction === undefined
    ? begin(site, realm, call.query, visitor)
    : resume(site, realm, call.transaction, visitor, call.organization_id);
}

/** The handler of each path. */
const CALLS = new Map(Object.entries({
  '/countersign/authorize/start': start,
  '/countersign/authorize/submit': (site, call, visitor, req) => submit(site, call, checkKey(req.headers['idempotency-key'] ?? null), visitor),
  '/countersign/logout/start': (site, call, visitor) => startLogout(site, site.realms[call.realm], call.query, visitor),
  '/countersign/logout/submit': submitLogout,
  '/account/login': account.login,
  '/account/continue': account.continue,
  '/account/logout': account.logout,
  '/account/session': account.session,
}));

export const isApi = (path) => CALLS.has(path);

function send(res, status, type, body) {
  res.statusCode = status;
  res.setHeader('Content-Type', type);
  res.end(JSON.stringify(body));
}

/** A fault about a request of another browser, if this one sent no cookie at all: says so. */
function withoutCookies(error, visitor) {
  if (!(error instanceof Fault) || error.status !== 410 || !visitor?.sentNone) return error;
  return new Fault(error.status, error.code, error.message, { ...error.extras, noCookies: true });
}

function sendFault(res, error, requestId) {
  let fault = error;
  if (!(error instanceof Fault)) {
    console.error(`Request ${requestId} failed:`, error);
    fault = new Fault(500, 'server_error', 'Something went wrong. Nothing was decided.');
  }
  if (fault.extras.retryAfter !== undefined) res.setHeader('Retry-After', String(fault.extras.retryAfter));
  if (fault.status === 405) res.setHeader('Allow', 'POST');
  send(res, fault.status, 'application/problem+json', problem(fault, requestId));
}

export async function handleApi(site, req, res, path) {
  const requestId = randomUUID();
  res.setHeader('X-Request-Id', requestId);
  let visitor;
  try {
    const call = checkBody(path, await readCall(req, res, site.origin));
    visitor = site.readVisitor(req, res);
    const body = inVersion(versionOf(req.headers.accept), await CALLS.get(path)(site, call, visitor, req));
    send(res, 200, 'application/json', body.outcome === 'error' ? { ...body, request_id: requestId } : body);
  } catch (error) {
    sendFault(res, withoutCookies(error, visitor), requestId);
  }
}
