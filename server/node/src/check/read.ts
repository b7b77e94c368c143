/** Readers of values: each returns a typed value, or throws with the place of the fault. */
import { ConfigError } from './errors.ts';

export type Reader<T> = (at: string, value: unknown) => T;

type Readers = Record<string, Reader<unknown>>;
type Optional<R extends Readers> = { [K in keyof R]: undefined extends ReturnType<R[K]> ? K : never }[keyof R];

/** The members that readers read: one that may be `undefined` may be missing. */
type Values<R extends Readers> = { readonly [K in Exclude<keyof R, Optional<R>>]: ReturnType<R[K]> }
  & { readonly [K in Optional<R>]?: Exclude<ReturnType<R[K]>, undefined> };

const named = (value: unknown) => (value === undefined ? 'missing' : JSON.stringify(value)?.slice(0, 80) ?? typeof value);

function wrong(at: string, wanted: string, value: unknown): never {
  throw new ConfigError(at || '/', `must be ${wanted}, and is ${named(value)}.`);
}

export const text: Reader<string> = (at, value) => (typeof value === 'string' && value !== '' ? value : wrong(at, 'a text', value));

export const boolean: Reader<boolean> = (at, value) => (typeof value === 'boolean' ? value : wrong(at, 'true or false', value));

export const choice = <T extends string>(...values: readonly T[]): Reader<T> => (at, value) => (
  values.includes(value as T) ? value as T : wrong(at, values.map((one) => `"${one}"`).join(' or '), value)
);

export const optional = <T>(read: Reader<T>): Reader<T | undefined> => (at, value) => (value === undefined ? undefined : read(at, value));

export const list = <T>(read: Reader<T>): Reader<readonly T[]> => (at, value) => (
  Array.isArray(value) && value.length > 0 ? value.map((one, index) => read(`${at}/${index}`, one)) : wrong(at, 'a list that is not empty', value)
);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const record = <T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> => (at, value) => {
  if (!isRecord(value)) return wrong(at, 'an object', value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, read(`${at}/${name}`, one)]));
};

/** An object with these members and no others: a name that is misspelled is an error. */
export const object = <R extends Readers>(readers: R): Reader<Values<R>> => (at, value) => {
  if (!isRecord(value)) return wrong(at, 'an object', value);
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(readers, name));
  if (unknown !== undefined) throw new ConfigError(`${at}/${unknown}`, `is not known. Here are: ${Object.keys(readers).join(', ')}.`);
  const entries = Object.entries(readers).map(([name, read]) => [name, read(`${at}/${name}`, value[name])] as const);
  return Object.fromEntries(entries.filter(([, found]) => found !== undefined)) as Values<R>;
};
