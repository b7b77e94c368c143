/** A failure in words: what was called, what came back, what is wrong with it, and what the cause may be. */

import FIELDS from 'countersign:fields';
import causes from '../../../web/src/causes.json';
import type { Reply } from '../element/http.js';
import type { CountersignErrorDetail } from '../events.js';
import { aboutCode } from './docs.js';
import { addressOf, redacted, type Secrets } from './redact.js';

const CAUSES: Record<string, string> = causes;

/** A call, and what came back. */
interface Call {
  method: string;
  url: string;
  reply: Reply | undefined;
}

const essence = (type = '') => /^\s*[\w.+-]+\/[\w.+-]+/.exec(type)?.[0].trim() ?? '';
/** Types that a server may have sent. Any other is not told: it is a text of somebody else. */
const TYPE = /^(application\/(json|problem\+json|xml|xhtml\+xml|javascript|octet-stream|x-www-form-urlencoded)|text\/(html|plain|xml|css|javascript))$/;
const isElsewhere = (url: string) => new URL(url, location.href).origin !== location.origin;

/** What is special about a failure, for a cause of its own. */
function variant({ code, status, path, cause }: CountersignErrorDetail, call: Call | undefined): string {
  const [, body = '', type] = call?.reply ?? [];
  if ((cause as Error | undefined)?.name === 'StytchClientError') return (cause as Error).message;
  if (code === 'unreachable' && call && isElsewhere(call.url)) return 'elsewhere';
  if (code === 'server_error' && cause !== undefined && (cause as Error)?.name !== 'BackendError') return 'thrown';
  if (code !== 'answer_malformed' || path !== 'body') return String(status);
  if (!body.trim()) return 'empty';
  if (/^\s*</.test(body) || essence(type) === 'text/html') return 'page';
  return essence(type) === 'application/json' ? 'text' : isJson(body) ? 'type' : 'text';
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** The value at a path such as `scopes[1].granted`. */
const valueAt = (from: unknown, path: string) => path.split(/[.[\]]+/).filter(Boolean)
  .reduce<unknown>((at, name) => (typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? (at as Record<string, unknown>)[name] : undefined), from);

const kind = (value: unknown) => (
  value === undefined || value === null ? 'nothing' : value === '' ? 'an empty one' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
);

/** What the API has at the path of an answer that cannot be read, and what the answer has there: its type, never the value itself. */
function mismatch({ path }: CountersignErrorDetail, url: string, [, body, type]: Reply): string[] {
  if (!path) return [];
  if (path === 'body') return [`expected JSON, got ${isJson(body) || essence(type) !== 'application/json' ? 'another content type' : 'other text'}`];
  const expected = FIELDS[url.includes('/logout/') ? 'logout' : 'authorize'][path.replace(/\[\d+\]/g, '[]')] ?? 'something else';
  const value = valueAt(JSON.parse(body), path);
  const isKnown = expected.includes('|') || !expected.includes(' ');
  const wanted = isKnown && typeof value !== 'string' ? 'a string' : expected;
  if (!isKnown || typeof value !== 'string' || !value) return [`expected ${wanted}, got ${kind(value)}`];
  const meant = expected.split('|').find((it) => it === value.toLowerCase().replace(/\W/g, '_'));
  return [`expected ${expected}, got another string`, ...(meant ? [`Did you mean "${meant}"?`] : [])];
}

/** The host of an address that was refused. */
function host(body: string): string[] {
  const answer: unknown = JSON.parse(body);
  const { protocol, host: name } = new URL(String(valueAt(answer, 'redirect_uri') ?? valueAt(answer, 'action')));
  return [`The address is on ${protocol}//${name}`];
}

/** More about an answer. */
function more(detail: CountersignErrorDetail, { url, reply }: Partial<Call> = {}): string[] {
  try {
    if (!reply || !url) return [];
    return detail.code.startsWith('address_') ? host(reply[1]) : mismatch(detail, url, reply);
  } catch {
    return [];
  }
}

/** The reply to a call, such as `POST /countersign/authorize/start: 404, text/html`. */
function called({ method, url, reply = [0, ''] }: Call, { requestId }: CountersignErrorDetail, secrets: Secrets): string {
  const [status, , type] = reply;
  const id = requestId && /^[\w.:-]{1,64}$/.test(requestId) ? `request ${requestId}` : '';
  const came = [status ? String(status) : 'no response', status ? (TYPE.test(essence(type)) ? essence(type) : type ? 'another content type' : 'no content type') : '', id].filter(Boolean);
  return `${method} ${addressOf(url, secrets)}: ${came.join(', ')}`;
}

const isOfCall = ({ code, status }: CountersignErrorDetail) => (
  status !== undefined || /^(unreachable|timed_out|answer_|request_refused|address_|trusted_|session_)/.test(code)
);

/** The lines about a failure. */
export function failure(detail: CountersignErrorDetail, last: Call | undefined, secrets: Secrets): string {
  const { code, error, path, detail: told, cause } = detail;
  const call = isOfCall(detail) ? last : undefined;
  const thrown = cause instanceof Error || cause instanceof DOMException ? `${cause.name}: ${redacted(cause.message, secrets)}` : cause && typeof cause;
  return [
    `[countersign] ${code}${error ? `: ${path ? error : redacted(error, secrets)}` : ''}`,
    ...(call ? [called(call, detail, secrets)] : []),
    ...more(detail, call),
    ...(told ? [`The server says: ${redacted(String(told), secrets)}`] : []),
    ...(thrown ? [`Cause: ${thrown}`] : []),
    `Likely: ${CAUSES[`${code} ${variant(detail, call)}`] ?? CAUSES[code] ?? ''}`,
    aboutCode(code),
  ].join('\n  ');
}
