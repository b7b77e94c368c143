/** An engine whose answers are compared with what the kit expects, before the kit reads them. */
import { isUsable } from '../addresses.ts';
import type { Engine } from '../engine.ts';
import { meant } from '../options.ts';

/** Gets a sentence about an answer of an adapter. */
export type Report = (message: string) => void;

/** An answer of an adapter that the kit cannot read. */
export class AnswerError extends TypeError {
  override readonly name = 'AnswerError';
  readonly code = 'answer_invalid';
}

type Rule = (value: unknown) => string | undefined;
type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Rule = (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a text');
const flag: Rule = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const list = (rule: Rule): Rule => (value) => {
  if (!Array.isArray(value)) return 'must be a list';
  const at = value.findIndex((one) => rule(one) !== undefined);
  return at < 0 ? undefined : `: entry ${at} ${rule(value[at])}`;
};
const scope: Rule = (value) => (isObject(value) && text(value['scope']) === undefined ? undefined : 'must be an object with `scope`: { scope: "photos.read" }');
const address: Rule = (value) => (isUsable(value) ? undefined : 'is no address that a page may open: https, http on the user\'s own device (localhost, 127.0.0.1, [::1]), or a private-use scheme');
const client: Rule = (value) => (isObject(value) && text(value['client_id']) === undefined ? undefined : 'must be an object with `client_id`');
const reason: Rule = (value) => (REASONS.includes(value) ? undefined : `must be one of ${REASONS.join(', ')}`);
const given: Rule = () => undefined;
const seconds: Rule = (value) => (typeof value === 'number' && value < 1e11 ? undefined : 'must be a time in seconds since 1970');

const REASONS: readonly unknown[] = ['no_session', 'prompt_login', 'max_age', 'select_account', 'create', 'account_changed'];

/** The members of each kind of answer. Those in `needs` must be there. */
const KINDS: Readonly<Record<string, { readonly needs: readonly string[]; readonly members: Readonly<Record<string, Rule>> }>> = {
  refused: { needs: ['error'], members: { error: text, description: text } },
  done: { needs: [], members: { to: address, native: flag, intermediate: flag, form: given, silent: given } },
  login: { needs: ['reason'], members: { reason, login_hint: text, acr_values: text, resume: given, redirect_uri: address } },
  ask: {
    needs: ['client', 'scopes', 'redirect_uri', 'resume'],
    members: {
      client, scopes: list(scope), resources: list(text), details: list((one) => (isObject(one) ? undefined : 'must be an object')), redirect_uri: address, sub: text, switch_account: given,
      granted: list(scope), expires_at: seconds, resume: given, request_id: text, ui_locales: text, narrows: given, remembers: given,
    },
  },
};

function faultOfMembers(answer: Values, { needs, members }: { readonly needs: readonly string[]; readonly members: Readonly<Record<string, Rule>> }): string | undefined {
  const known = Object.keys(members);
  // `resume` is any JSON, and `null` for an engine that needs the query alone.
  const present = known.filter((name) => answer[name] !== undefined && (answer[name] !== null || name === 'resume'));
  const absent = needs.find((name) => !present.includes(name));
  const close = (name: string) => Object.keys(answer).find((one) => !known.includes(one) && one !== 'kind' && meant(one, [name]) === name);
  if (absent !== undefined) return `\`${absent}\` is missing${close(absent) === undefined ? '' : `; is it \`${close(absent)}\`?`}`;
  const wrong = present.map((name) => [name, members[name]?.(answer[name])] as const).find(([, fault]) => fault !== undefined);
  return wrong === undefined ? undefined : `\`${wrong[0]}\` ${wrong[1]}`.replace('` :', '`:');
}

/** An answer of OAuth with a description and no code: what was handed over as `error` was not there. */
const UNNAMED = 'has an `error_description` and no `error`. Give errorEnding() a code of RFC 6749 section 4.1.2.1, and throw what is no error of OAuth: clients would read it';
const isUnnamed = (names: Iterable<string>): boolean => {
  const has = new Set(names);
  return has.has('error_description') && !has.has('error');
};

function faultOfForm(form: unknown): string | undefined {
  if (!isObject(form) || typeof form['action'] !== 'string' || !isObject(form['fields'])) return '`form` must have `action` and `fields`';
  return isUnnamed(Object.keys(form['fields'])) ? `\`form\` ${UNNAMED}` : undefined;
}

/** What is wrong with how a request ends. */
function faultOfEnding(answer: unknown): string | undefined {
  if (!isObject(answer)) return `it gave ${answer === undefined ? 'nothing' : typeof answer}, and must give { to } or { form }`;
  if (answer['form'] !== undefined) return faultOfForm(answer['form']);
  const { to, native } = answer;
  if (to === undefined) return '`to` is missing: { to } or { form }';
  if (!isUsable(to)) return `\`to\` ${address(to)}`;
  const { hash, searchParams } = new URL(to);
  if (isUnnamed(searchParams.keys()) || isUnnamed(new URLSearchParams(hash.slice(1)).keys())) return `\`to\` ${UNNAMED}`;
  const isApp = !/^https?:/i.test(to);
  return isApp && native !== true && answer['kind'] !== undefined ? '`to` has a private-use scheme, and needs `native: true`: leadsTo(to) and errorEnding() set it' : undefined;
}

function faultOfOpened(answer: unknown): string | undefined {
  if (!isObject(answer)) return `it gave ${answer === undefined ? 'nothing' : typeof answer}, and must give an object with \`kind\``;
  const { kind } = answer;
  const rules = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (rules === undefined) return `\`kind\` must be one of ${Object.keys(KINDS).join(', ')}, and is ${kind === undefined ? 'missing' : JSON.stringify(kind)}`;
  return (kind === 'done' ? faultOfEnding(answer) : undefined) ?? faultOfMembers(answer, rules);
}

const FAULTS = { open: faultOfOpened, allow: faultOfEnding, deny: faultOfEnding } as const;

/** The same engine; an answer that the kit cannot read is an error that says why. */
export function checkedEngine<E extends Engine<any>>(engine: E, report: Report): E {
  let isTold = false;
  const tell = (message: string): void => report(`${message} (engine ${engine.name}).`);
  const wrapped = (name: keyof typeof FAULTS) => async (...call: unknown[]): Promise<unknown> => {
    const answer: unknown = await (engine[name] as (...call: unknown[]) => unknown)(...call);
    const fault = FAULTS[name](answer);
    if (fault !== undefined) {
      tell(`\`${name}()\`: ${fault}`);
      throw new AnswerError(`\`${name}()\` of engine ${engine.name}: ${fault}.`);
    }
    if (!isTold && isObject(answer) && answer['kind'] === 'ask' && answer['request_id'] === undefined) {
      isTold = true;
      tell('`open()` gives no `request_id`: a request that is opened twice can then be decided twice, unless the engine sees to it');
    }
    return answer;
  };
  const calls: Readonly<Record<string, unknown>> = { open: wrapped('open'), allow: wrapped('allow'), deny: wrapped('deny') };
  return new Proxy(engine, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(calls, name)) return calls[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
