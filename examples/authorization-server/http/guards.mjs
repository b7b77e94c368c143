/**
 * Only our own pages may call the API. Neither a form nor a page of another origin can send such a
 * call.
 */
import { readBody } from './body.mjs';
import { Fault, malformed } from './problems.mjs';

const MAX_BODY = 48 * 1024;

/**
 * Checks for the exact `Origin`, our header (which forces a preflight from another origin) and
 * JSON.
 */
export function checkCaller(req, origin) {
  const { headers } = req;
  if (headers.origin !== origin) throw new Fault(403, 'cross_origin_call', 'The Origin header is missing or not that of this site.');
  if (headers['x-countersign'] !== '1') throw new Fault(403, 'cross_origin_call', 'The X-Countersign header is missing.');
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw new Fault(403, 'cross_origin_call', 'The call comes from another site.');
  const [type] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw new Fault(403, 'cross_origin_call', 'The body is not declared as application/json.');
}

export async function readJson(req) {
  const bytes = await readBody(req, MAX_BODY);
  if (bytes === undefined) throw malformed('The body is longer than 48 KiB.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('The body is not JSON.');
  }
}
