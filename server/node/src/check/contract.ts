/** The shapes of the API: `api/openapi.yaml`, compiled. A package carries it as JSON (`scripts/check-contract.mjs`). */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readAnswer } from './answer.ts';

/** JSON that a schema or an answer is. */
export type Any = any;

export interface PageHeaders {
  readonly policy: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly https: Readonly<Record<string, string>>;
}

/** What the checks compare with. */
export interface Source {
  readonly openapi: Any;
  readonly pageHeaders: PageHeaders;
}

const PACKED = new URL('./contract.json', import.meta.url);
const repository = (name: string) => readFileSync(new URL(`../../../../api/${name}`, import.meta.url), 'utf8');

/** The description that a package carries, or that of the repository. */
export async function loadSource(packed: URL | null = PACKED): Promise<Source> {
  if (packed !== null && existsSync(packed)) return JSON.parse(readFileSync(packed, 'utf8'));
  const { parse } = await import('yaml');
  return { openapi: parse(repository('openapi.yaml')), pageHeaders: JSON.parse(repository('page-headers.json')) };
}

/** What is wrong with an answer. `kind` says which check counts it. */
export interface Fault {
  readonly kind: 'members' | 'status' | 'media-type' | 'request-id' | 'no-store' | 'headers' | 'cors';
  readonly message: string;
}

/** Characters of an answer beyond which the first error is enough. */
const LONG = 100_000;

const escape = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');
const KINDS: Readonly<Record<string, Fault['kind']>> = { 'x-request-id': 'request-id', 'cache-control': 'no-store' };

export class Contract {
  readonly pageHeaders: PageHeaders;
  /** The `Accept` of a page that reads this version of the API. The first version has no number. */
  readonly accept: string;
  readonly #document: Any;
  /** Finds all errors of a value, so that the one that lies deepest can be told. */
  readonly #thorough = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  /** Stops at the first: a long answer could have a million. */
  readonly #quick = new Ajv2020({ strict: false, validateFormats: false });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor({ openapi, pageHeaders }: Source) {
    this.pageHeaders = pageHeaders;
    const [, version] = /\bThis is version (\d+)\b/.exec(openapi.info.description) ?? [];
    this.accept = version === undefined ? 'application/json' : `application/json;v=${version}`;
    this.#document = openapi;
    for (const ajv of [this.#thorough, this.#quick]) ajv.addSchema(openapi, 'api');
  }

  /** The path of a call in the document: `authorize/start`. */
  #responseOf(call: string, status: number): { at: readonly string[]; node: Any } | undefined {
    const response = this.#document.paths[`/${call}`].post.responses[status];
    if (response === undefined) return undefined;
    const at = response.$ref === undefined ? ['paths', `/${call}`, 'post', 'responses', String(status)] : response.$ref.slice(2).split('/');
    return { at, node: at.reduce((node: Any, part: string) => node[part], this.#document) };
  }

  /** The alternative of a schema that the value's `outcome` chooses, so that errors are about that one. */
  #narrow(at: readonly string[], value: Any): readonly string[] {
    const schema = at.reduce((node: Any, part) => node[part], this.#document);
    if (schema.$ref !== undefined) return this.#narrow(schema.$ref.slice(2).split('/'), value);
    const alternatives = (schema.oneOf ?? []) as Any[];
    const places = alternatives.map((one, index) => (one.$ref === undefined ? [...at, 'oneOf', String(index)] : one.$ref.slice(2).split('/')));
    const fitting = places.find((place) => {
      const node = place.reduce((inner: Any, part: string) => inner[part], this.#document);
      return node.properties?.outcome?.const !== undefined && node.properties.outcome.const === value?.outcome;
    });
    return fitting ?? at;
  }

  #faultAt(value: unknown, at: readonly string[], length = 0): string | undefined {
    const pointer = at.map((part) => `/${escape(part)}`).join('');
    const isLong = length > LONG;
    const key = `${isLong} ${pointer}`;
    const validate = this.#compiled.get(key) ?? (isLong ? this.#quick : this.#thorough).compile({ $ref: `api#${pointer}` });
    this.#compiled.set(key, validate);
    if (validate(value)) return undefined;
    const depth = (place: string) => place.split('/').length;
    const error = validate.errors!.reduce((one, other) => (depth(other.instancePath) > depth(one.instancePath) ? other : one));
    const { additionalProperty, unevaluatedProperty, missingProperty } = error.params as Any;
    const member = additionalProperty ?? unevaluatedProperty ?? missingProperty;
    const place = member === undefined ? error.instancePath || '/' : `${error.instancePath}/${member}`;
    return `${place} ${error.message}`;
  }

  /** Everything that is wrong with an answer of a call. */
  faultsOf(call: string, { status, headers }: Response, text: string): Fault[] {
    const found = this.#responseOf(call, status);
    if (found === undefined) return [{ kind: 'status', message: `The status ${status} is not described.` }];
    const faults: Fault[] = [];
    const allowed = headers.get('access-control-allow-origin');
    if (allowed !== null) faults.push({ kind: 'cors', message: `Access-Control-Allow-Origin is ${allowed}.` });
    for (const [name, header] of Object.entries(found.node.headers as Any)) {
      const fault = this.#headerFault(name, headers.get(name), header);
      if (fault !== undefined) faults.push({ kind: KINDS[name.toLowerCase()] ?? 'headers', message: fault });
    }
    const [type = ''] = Object.keys(found.node.content);
    const [given = ''] = (headers.get('content-type') ?? '').split(';');
    if (given.trim().toLowerCase() !== type) faults.push({ kind: 'media-type', message: `The media type is "${given}", not "${type}".` });
    const at = [...found.at, 'content', type, 'schema'];
    const read = readAnswer(text);
    const fault = 'fault' in read ? read.fault : this.#faultAt(read.value, this.#narrow(at, read.value), text.length);
    if (fault !== undefined) faults.push({ kind: 'members', message: fault });
    return faults;
  }

  #headerFault(name: string, value: string | null, header: Any): string | undefined {
    if (value === null) return `The header ${name} is missing.`;
    const at = (header.$ref as string).slice(2).split('/');
    const node = at.reduce((inner: Any, part: string) => inner[part], this.#document);
    const typed = node.schema.type === 'integer' ? Number(value) : value;
    const fault = this.#faultAt(typed, [...at, 'schema']);
    return fault === undefined ? undefined : `The header ${name} is "${value}": ${fault}.`;
  }
}
