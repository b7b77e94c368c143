/** The bodies of the calls, checked as `api/openapi.yaml` describes them. A fault names its place. */
import { bodyFault, escapePointer } from './json.ts';
import type { Detail, Realm, RequestedScope } from './model.ts';
import { malformed } from './problems.ts';

export interface StartCall {
  readonly realm: Realm;
  readonly query?: string;
  readonly transaction?: string;
  readonly organization_id?: string;
}

export interface SubmitCall {
  readonly transaction: string;
  readonly version?: string;
  readonly decision: 'allow' | 'deny' | 'request_approval';
  readonly scopes: readonly RequestedScope[];
  readonly authorization_details?: readonly Detail[];
  readonly organization_id?: string;
  readonly remember?: boolean;
}

export interface LogoutStartCall {
  readonly realm: Realm;
  readonly query: string;
}

export interface LogoutSubmitCall {
  readonly logout: string;
  readonly decision: 'sign_out' | 'stay';
}

type Rule = (value: unknown, place: string) => void;
type Members = Readonly<Record<string, Rule>>;

const PRINTABLE = /^[\x21-\x7e]+$/;
export const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/;

/** Lengths are in characters. */
const isLonger = (text: string, most: number): boolean => text.length > most && [...text].length > most;

export const text = (most: number, pattern = /[^]/): Rule => (value, place) => {
  if (typeof value !== 'string') throw bodyFault(place, 'must be a string');
  if (isLonger(value, most)) throw bodyFault(place, `must not have more than ${most} characters`);
  if (!pattern.test(value)) throw bodyFault(place, 'has a value that is not allowed');
};

const oneOf = (...values: readonly string[]): Rule => (value, place) => {
  if (!values.includes(value as string)) throw bodyFault(place, `must be one of ${values.join(', ')}`);
};

const boolean: Rule = (value, place) => {
  if (typeof value !== 'boolean') throw bodyFault(place, 'must be a boolean');
};

const list = (most: number, item: Rule): Rule => (value, place) => {
  if (!Array.isArray(value)) throw bodyFault(place, 'must be a list');
  if (value.length > most) throw bodyFault(place, `must not have more than ${most} items`);
  value.forEach((entry, index) => item(entry, `${place}/${index}`));
};

export const object = (required: Members, optional: Members = {}, isOpen = false): Rule => (value, place) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bodyFault(place, 'must be an object');
  for (const [name, member] of Object.entries(value)) {
    const rule = Object.hasOwn(required, name) ? required[name] : Object.hasOwn(optional, name) ? optional[name] : undefined;
    if (rule === undefined && !isOpen) throw bodyFault(`${place}/${escapePointer(name)}`, 'is not described');
    rule?.(member, `${place}/${name}`);
  }
  for (const name of Object.keys(required)) if (!Object.hasOwn(value, name)) throw bodyFault(`${place}/${name}`, 'is missing');
};

const realm = oneOf('consumer', 'b2b');
const id = text(64, /^[\w-]+$/);
const query = text(32_768, /^[\x21\x22\x24-\x7e]*$/);
const printable = text(128, PRINTABLE);
const scope = object({ scope: text(256, SCOPE_TOKEN) }, { resource: text(2048) });
const detail = object({ type: text(256) }, {}, true);
const byQuery = object({ realm, query });
const byTransaction = object({ realm, transaction: id }, { organization_id: printable });

const decided: Members = { transaction: id, decision: oneOf('allow', 'deny', 'request_approval'), scopes: list(256, scope) };
const more: Members = { authorization_details: list(64, detail), organization_id: printable, remember: boolean };
const allowed = object({ ...decided, version: printable }, more);
const denied = object(decided, { ...more, version: printable });

/** The rule of each call. */
export const BODIES = {
  'authorize/start': ((value, place) => ((value as StartCall | null)?.transaction === undefined ? byQuery : byTransaction)(value, place)) as Rule,
  'authorize/submit': ((value, place) => ((value as SubmitCall | null)?.decision === 'deny' ? denied : allowed)(value, place)) as Rule,
  'logout/start': byQuery,
  'logout/submit': object({ logout: id, decision: oneOf('sign_out', 'stay') }),
};

/** The value of the header `Idempotency-Key`. */
export function checkKey(key: string | null): string {
  if (key === null || key.length > 128 || !PRINTABLE.test(key)) throw malformed('The header Idempotency-Key is missing or not as described.');
  return key;
}
