/** The fields of a form of the card, checked as `api/openapi.yaml` describes them (`AuthorizeForm`). */
import { isEncoded, mediaType, readBody } from '../guards.ts';
import { Fault, malformed } from '../problems.ts';

/** What a button does. Buttons that end the request without an Allow are all a denial. */
export type Press = 'allow' | 'deny' | 'request-approval' | 'switch-account' | 'sign-in' | 'retry' | 'read-only' | 'organization';

export interface Fields {
  readonly transaction: string;
  readonly version: string;
  readonly token: string;
  readonly press: Press;
  /** The ticked scopes, as places in the `scopes` of the card. */
  readonly scopes: readonly number[];
  readonly organization: string | undefined;
  readonly remember: boolean;
  /** Whether the guards of the page had passed when the button was pressed. */
  readonly isGuarded: boolean;
}

const MAX_BODY = 48 * 1024;
const ONCE: Readonly<Record<string, RegExp>> = {
  transaction: /^[\w-]{1,64}$/,
  version: /^[\x21-\x7e]{1,128}$/,
  token: /^[\w-]{1,4096}$/,
  guarded: /^1$/,
  press: /^(?:allow|deny|cancel|return|request-approval|switch-account|sign-in|retry|read-only)$/,
  organization: /^[\x21-\x7e]{1,128}$/,
  remember: /^1$/,
};
const PLACE = /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;

/** A form comes from a page of this site: browsers say so, and no other page can. */
export function checkSender({ headers }: Request, origin: string): void {
  const refuse = (detail: string): Fault => new Fault(403, 'cross_origin_call', detail);
  if (headers.get('origin') !== origin) throw refuse('The Origin header is missing or not that of this site.');
  if ((headers.get('sec-fetch-site') ?? 'same-origin') !== 'same-origin') throw refuse('The form comes from another site.');
}

export const wrong = (name: string): Error => malformed(`The field ${name.toWellFormed().slice(0, 64)} is not as described.`);

/** The values of fields, each checked by its pattern. Every name occurs once, but for `scope`. */
export function readPairs(pairs: Iterable<[string, string]>, rules: Readonly<Record<string, RegExp>>): { values: Map<string, string>; scopes: number[] } {
  const values = new Map<string, string>();
  const scopes: number[] = [];
  for (const [name, value] of pairs) {
    if (name === 'scope' && rules === ONCE) {
      if (!PLACE.test(value) || scopes.includes(Number(value))) throw wrong(name);
      scopes.push(Number(value));
      continue;
    }
    if (!Object.hasOwn(rules, name) || values.has(name) || !rules[name]!.test(value)) throw wrong(name);
    values.set(name, value);
  }
  return { values, scopes };
}

/** A choice of an organization is a button of its own. */
function pressOf(values: ReadonlyMap<string, string>): Press {
  const press = values.get('press') ?? (values.has('organization') ? 'organization' : undefined);
  if (press === undefined) throw wrong('press');
  return press === 'cancel' || press === 'return' ? 'deny' : press as Press;
}

/** The names and values of a form. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  if (mediaType(request.headers) !== 'application/x-www-form-urlencoded' || isEncoded(request.headers)) throw malformed('The body is not a form.');
  const bytes = await readBody(request, MAX_BODY);
  if (bytes === undefined) throw malformed('The body is longer than 48 KiB.');
  return new URLSearchParams(new TextDecoder().decode(bytes));
}

export function fieldsOf(form: URLSearchParams): Fields {
  const { values, scopes } = readPairs(form, ONCE);
  const needed = (name: string): string => values.get(name) ?? (() => { throw wrong(name); })();
  return {
    transaction: needed('transaction'),
    version: needed('version'),
    token: needed('token'),
    press: pressOf(values),
    scopes,
    organization: values.get('organization'),
    remember: values.has('remember'),
    isGuarded: values.has('guarded'),
  };
}
