/**
 * `countersign/server/development`: `countersign(checked({ … }))` checks the options when the server starts, and each answer of the
 * adapter. An entry of its own, since a server that runs needs none of it.
 */
import type { CountersignOptions } from './countersign.ts';
import { checkedEngine, type Report } from './development/engine.ts';
import type { Describe } from './describe.ts';
import type { LimitOptions } from './limits.ts';
import { OptionError, checkNames, named } from './options.ts';

export { OptionError } from './options.ts';
export { AnswerError } from './development/engine.ts';
export type { Report };

type Kind = 'function' | 'object' | 'string' | 'boolean' | 'number' | 'list';

/** Each option: its kinds, and whether it must be there. */
const OPTIONS: Readonly<Record<keyof CountersignOptions, readonly Kind[]>> = {
  engine: ['object'], origin: ['string'], secret: ['string', 'list'], account: ['function'],
  describe: ['object'], store: ['object'], base: ['string'], page: ['object', 'list'], realms: ['list'], timeout: ['number'], limits: ['object'],
  addressOf: ['function'], log: ['function'], logDetails: ['boolean'], clock: ['function'], life: ['number'], transactions: ['object'],
};
const REQUIRED = ['engine', 'origin', 'secret', 'account'] as const;
const DESCRIBE: Readonly<Record<keyof Describe, readonly Kind[]>> = {
  site_name: ['string'], client: ['function'], scope: ['function'], resource: ['function'], organizations: ['function'], request_approval: ['function'], registrable_domain: ['function'],
};
const LIMITS: Readonly<Record<keyof LimitOptions, readonly Kind[]>> = { perBrowser: ['number'], perAddress: ['number'] };
const STORE = ['claim', 'get', 'set', 'delete', 'count'];
const REALMS: readonly unknown[] = ['consumer', 'b2b'];

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);
const article = (kind: Kind): string => (kind === 'object' ? 'an object' : `a ${kind}`);

function checkKind(name: string, value: unknown, kinds: readonly Kind[]): void {
  const isRight = kinds.includes(kindOf(value) as Kind) && value !== null && !(value instanceof Promise);
  if (!isRight) throw new OptionError(name, `\`${name}\` must be ${kinds.map(article).join(' or ')}, and is ${named(value)}.`);
}

/** An object of options: known names, each of its kind. */
function checkTable(of: string, prefix: string, given: object, table: Readonly<Record<string, readonly Kind[]>>): void {
  checkNames(of, given, Object.keys(table));
  for (const [name, value] of Object.entries(given)) if (value !== undefined) checkKind(prefix + name, value, table[name] ?? []);
}

function checkEngine(engine: Record<string, unknown>): void {
  for (const name of ['open', 'allow', 'deny']) checkKind(`engine.${name}`, engine[name], ['function']);
  checkKind('engine.name', engine['name'], ['string']);
  for (const [name, kind] of [['origins', 'list'], ['issuer', 'string'], ['isRedeemed', 'function'], ['posts', 'boolean']] as const) {
    if (engine[name] !== undefined) checkKind(`engine.${name}`, engine[name], [kind]);
  }
  for (const [name, values] of [['narrows', [true, false, 'new-only']], ['remembers', ['choice', 'always', 'never']]] as const) {
    const isRight = (values as readonly unknown[]).includes(engine[name]);
    if (!isRight) throw new OptionError(`engine.${name}`, `\`engine.${name}\` must be ${values.map((one) => JSON.stringify(one)).join(' or ')}, and is ${named(engine[name])}.`);
  }
}

/** Names of options that stand elsewhere. */
const OF_KEPT = ['visitor', 'browser', 'forget'];

/** Options that would change nothing where they are. */
function checkUse({ limits = {}, transactions, addressOf, ...more }: CountersignOptions): void {
  const fail = (name: string, why: string): never => { throw new OptionError(name, `\`${name}\` does nothing here: ${why}.`); };
  for (const name of OF_KEPT) if (Object.hasOwn(more, name)) fail(name, 'keptTransactions({ visitor, forget }) of countersign/server/kept tells browsers apart by it, for the option `transactions`');
  if (limits.perBrowser !== undefined && transactions !== undefined) fail('limits.perBrowser', 'with `transactions`, the kit sets no cookie that names a browser. Calls are counted by address');
  if (limits.perAddress !== undefined && addressOf === undefined) fail('limits.perAddress', 'without `addressOf`, the kit knows no addresses');
}

function checkOptions(options: CountersignOptions): void {
  checkUse(options);
  checkTable('countersign()', '', options, OPTIONS);
  const given = options as unknown as Readonly<Record<string, unknown>>;
  for (const name of REQUIRED) checkKind(name, given[name], OPTIONS[name]);
  const { describe, limits, store, realms, base, page } = options;
  checkEngine(options.engine as unknown as Record<string, unknown>);
  if (describe !== undefined) checkTable('describe', 'describe.', describe, DESCRIBE);
  if (limits !== undefined) checkTable('limits', 'limits.', limits, LIMITS);
  if (store !== undefined) for (const name of STORE) checkKind(`store.${name}`, (store as unknown as Record<string, unknown>)[name], ['function']);
  const unknown = realms?.find((one) => !REALMS.includes(one));
  if (unknown !== undefined) throw new OptionError('realms', `\`realms\` has "consumer", "b2b" or both, and not ${named(unknown)}.`);
  if (base !== undefined && !/^\/(?!\/).*[^/]$/.test(base)) throw new OptionError('base', `\`base\` must be a path without a slash at its end, such as "/countersign", and is ${named(base)}.`);
  for (const one of [page ?? []].flat()) if (typeof one?.respond !== 'function') throw new OptionError('page', `\`page\` must be made by page() of countersign/server/page, and is ${named(one)}.`);
}

const toConsole: Report = (message) => { console.error(`countersign: ${message}`); };

/**
 * The options, checked. The engine among them checks each of its answers, and says in the log what is wrong with one.
 *
 * @param report gets a sentence for each answer that is wrong. It has names of members, and nothing of a request
 * @throws {OptionError} for an option that is missing, unknown or of another kind
 */
export function checked<T extends CountersignOptions>(options: T, report: Report = toConsole): T {
  checkOptions(options);
  return { ...options, engine: checkedEngine(options.engine, report) };
}
