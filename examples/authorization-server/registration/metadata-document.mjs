/**
 * Clients whose `client_id` is the address of their metadata (OAuth Client ID Metadata Document,
 * which the Model Context Protocol asks for). This module knows no engine.
 */
import { isLoopbackHost } from './addresses.mjs';
import { fetchOutside, OutboundFault } from './outbound.mjs';

/** The draft recommends to read no more. */
const MAX_BYTES = 5 * 1024;
const MAX_MILLISECONDS = 5000;
const MAX_ID = 2048;
/** How long a document is used, in seconds. Its headers decide in between. */
const SHORTEST = 60;
const LONGEST = 24 * 60 * 60;
const MAX_DOCUMENTS = 500;
const MAX_FETCHES = 20;

const ID = /^https?:\/\/[^/?#@\\]+\/[^?#\\]*(?:\?[^#\\]*)?$/i;
const UNCLEAR = /[^\x21-\x7e]/;
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?=[/?]|$)/i;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** Grants and responses that a client without registration can have. Others are left out. */
const GRANTS = ['authorization_code', 'implicit', 'refresh_token'];
const RESPONSES = ['code', 'id_token', 'code id_token', 'none'];
const SHARED_SECRET = /^client_secret_/;

/** Why a document cannot be used, as a sentence. */
export class DocumentFault extends Error {}

/** Whether a `client_id` is the address of a document (by http only on this machine). */
export function isDocumentId(id) {
  if (typeof id !== 'string' || id.length > MAX_ID || !ID.test(id) || UNCLEAR.test(id) || DOT_SEGMENT.test(id.split('?', 1)[0]) || !URL.canParse(id)) return false;
  const { protocol, hostname } = new URL(id);
  return protocol === 'https:' || isLoopbackHost(hostname);
}

/** The members of a list that are known. A list of which nothing is left cannot be used. */
function known(list, values, name) {
  if (list === undefined) return {};
  const left = Array.isArray(list) ? list.filter((value) => values.includes(value)) : [];
  if (left.length === 0) throw new DocumentFault(`it has no ${name} that is supported`);
  return { [name]: left };
}

/** The metadata of a document, without what such a client cannot have. */
function checkDocument(id, document) {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw new DocumentFault('it is not a JSON object');
  if (document.client_id !== id) throw new DocumentFault('its client_id is not its address');
  if ('client_secret' in document || 'client_secret_expires_at' in document) throw new DocumentFault('it has a secret');
  const { token_endpoint_auth_method: method = 'none' } = document;
  if (SHARED_SECRET.test(method)) throw new DocumentFault('its client authenticates with a secret');
  return {
    ...document,
    token_endpoint_auth_method: method,
    ...known(document.grant_types, GRANTS, 'grant_types'),
    ...known(document.response_types, RESPONSES, 'response_types'),
  };
}

/** How many seconds an answer may be used, by its headers (RFC 9111 section 4.2.1). */
function lifetimeOf({ 'cache-control': control = '', expires, date }) {
  const age = /(?:^|[,\s])max-age\s*=\s*"?(\d+)/i.exec(control)?.[1];
  const until = (Date.parse(expires) - Date.parse(date)) / 1000;
  const wanted = /(?:^|[,\s])no-(?:store|cache)/i.test(control) ? 0 : Number(age ?? until);
  return Math.min(Math.max(wanted || 0, SHORTEST), LONGEST);
}

async function fetchDocument(id, options) {
  const { status, headers, body } = await fetchOutside(id, { maximum: MAX_BYTES, milliseconds: MAX_MILLISECONDS, ...options });
  if (status !== 200) throw new DocumentFault('its address does not answer with it');
  if (!JSON_TYPE.test(headers['content-type'] ?? '') || headers['content-encoding'] !== undefined) throw new DocumentFault('it is not JSON by its header');
  try {
    return { document: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)), lifetime: lifetimeOf(headers) };
  } catch {
    throw new DocumentFault('it is not JSON');
  }
}

/**
 * The documents of a server. Good ones are kept for a while; a fault is not kept.
 *
 * @param options `loopback` (whether documents may be on this machine), `resolve`, `ca`,
 *   `milliseconds` (see `outbound.mjs`); `check`, which rejects metadata that the server cannot use
 * @returns `read(id)`: the metadata, `undefined` if the id is no address of a document, or a
 *   `DocumentFault`
 */
export function createDocuments(clock, { check, ...options } = {}) {
  const kept = new Map();
  const pending = new Map();

  function keep(id, metadata, lifetime) {
    kept.delete(id);
    kept.set(id, { metadata, expires: clock() + lifetime * 1000 });
    if (kept.size > MAX_DOCUMENTS) kept.delete(kept.keys().next().value);
  }

  async function load(id) {
    try {
      const { document, lifetime } = await fetchDocument(id, options);
      const metadata = checkDocument(id, document);
      await check?.(structuredClone(metadata));
      keep(id, metadata, lifetime);
      return metadata;
    } catch (error) {
      if (error instanceof OutboundFault) throw new DocumentFault(error.message, { cause: error });
      throw error;
    }
  }

  async function read(id) {
    if (!isDocumentId(id)) return undefined;
    const found = kept.get(id);
    if (found !== undefined && found.expires > clock()) return structuredClone(found.metadata);
    if (!pending.has(id)) {
      if (pending.size >= MAX_FETCHES) throw new DocumentFault('too many documents are being read');
      pending.set(id, load(id).finally(() => pending.delete(id)));
    }
    return structuredClone(await pending.get(id));
  }

  return { read };
}
