/**
 * Only our own pages may call the API. Neither a form nor a page of another origin can send such a
 * call.
 */
import { isEncoded, readBody } from './body.mjs';
import { parseJson } from './json.mjs';
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

/** A byte order mark is no JSON (RFC 8259 section 8.1). */
function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('The body is not as described: / is not UTF-8.');
  }
}

export async function readJson(req, res) {
  if (isEncoded(req)) throw malformed('The body is not as described: / has a Content-Encoding.');
  const bytes = await readBody(req, res, MAX_BODY);
  if (bytes === undefined) throw malformed('The body is not as described: / is longer than 48 KiB.');
  return parseJson(decode(bytes));
}
