/** The login API: JSON over POST, from the same origin only. A host has its existing sign-in instead. */
import { randomUUID } from 'node:crypto';
import { account } from './account.mjs';
import { readCall } from './guards.mjs';
import { Fault, problem } from './problems.mjs';
import { checkBody } from './validation.mjs';

const CALLS = new Map(Object.entries({
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
  try {
    const call = checkBody(path, await readCall(req, res, site.origin));
    send(res, 200, 'application/json', await CALLS.get(path)(site, call, site.readVisitor(req, res)));
  } catch (error) {
    sendFault(res, error, requestId);
  }
}
