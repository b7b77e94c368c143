/** The config: what a host says of its server, so that the checks assume nothing. Read into types, with the place of each error. */
import type { EngineSite } from './engine.ts';
import { ConfigError } from './errors.ts';
import { type Reader, boolean, choice, list, object, optional, record, text } from './read.ts';

/** A request of the host's own: for signing in or out. Headers and body are sent as they are. */
export interface Step {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

/** What a function of a config module can do: requests to the origin, with one browser's cookies. */
export interface Hand {
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** Steps in their order, or a function of a config module. */
export type Action = readonly Step[] | ((browser: Hand) => Promise<unknown>);

export interface AccountState {
  readonly sign_in?: Action;
  /** A `Cookie` header, in place of `sign_in`. */
  readonly cookie?: string;
  readonly sub?: string;
}

export interface ClientState {
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly client_secret?: string;
}

export interface DetailsState {
  readonly authorization_details: readonly Record<string, unknown>[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** One realm of a server, with its states. */
export interface Site {
  readonly realm: 'consumer' | 'b2b';
  /** The path of the four calls. */
  readonly api: string;
  readonly issuer: string;
  /** An engine whose endpoints are elsewhere, and which leads to the page for each of its steps. */
  readonly engine?: EngineSite;
  readonly openid: boolean;
  readonly tokens: boolean;
  readonly client: ClientState;
  readonly unverified_client?: ClientState;
  /** An app on the user's device, with an address that has a private-use scheme. */
  readonly native_client?: ClientState;
  /** A resource that says whose token it got, by a member of its JSON. */
  readonly token_subject?: { readonly path: string; readonly member: string };
  readonly registration?: Readonly<Record<string, unknown>>;
  readonly scope: string;
  readonly optional_scope?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly accounts: { readonly first: AccountState; readonly second?: AccountState };
  readonly sign_out?: Action;
  readonly expire?: Action;
  readonly remember?: 'choice' | 'always' | 'never';
  readonly pushed?: boolean;
  readonly signed?: string;
  readonly details?: DetailsState;
  readonly logout?: { readonly post_logout_redirect_uri?: string };
  readonly page?: { readonly path: string; readonly policy: Readonly<Record<string, string>> };
  /** Ids of organizations of the first account. */
  readonly organizations?: { readonly other?: string; readonly blocked?: string; readonly needs_approval?: string };
}

export interface Config extends Site {
  /** The same server for accounts in organizations. */
  readonly b2b?: Site;
}

const path: Reader<string> = (at, value) => {
  const found = text(at, value);
  if (!/^\/(?![/\\])/.test(found)) throw new ConfigError(at, `must be a path of the server, such as "/login", and is ${JSON.stringify(found)}.`);
  return found;
};

const address: Reader<string> = (at, value) => {
  const found = text(at, value);
  if (!URL.canParse(found)) throw new ConfigError(at, `must be an absolute address, and is ${JSON.stringify(found)}.`);
  return found;
};

const strings = record(text);
const any: Reader<{} | null | undefined> = (_at, value) => value as {};

const step: Reader<Step> = (at, value) => {
  const { method, headers, ...more } = object({
    method: optional(text), path, headers: optional(strings), json: optional(any), form: optional(strings),
  })(at, value);
  return { method: method ?? 'POST', headers: headers ?? {}, ...more };
};

const action: Reader<Action> = (at, value) => {
  if (typeof value === 'function') return value as Action;
  return Array.isArray(value) ? list(step)(at, value) : [step(at, value)];
};

const account: Reader<AccountState> = (at, value) => {
  const found = object({ sign_in: optional(action), cookie: optional(text), sub: optional(text) })(at, value);
  if ((found.sign_in === undefined) === (found.cookie === undefined)) throw new ConfigError(at, 'must have either "sign_in" or "cookie".');
  return found;
};

const client = object({ client_id: text, redirect_uri: address, client_secret: optional(text) });

const details: Reader<DetailsState> = (at, value) => {
  const found = object({ authorization_details: list(record(any)), parameters: optional(strings) })(at, value);
  return { ...found, parameters: found.parameters ?? {} };
};

const page: Reader<NonNullable<Site['page']>> = (at, value) => {
  const found = object({ path, policy: optional(strings) })(at, value);
  return { ...found, policy: found.policy ?? {} };
};

const subject: Reader<NonNullable<Site['token_subject']>> = (at, value) => {
  const found = object({ path, member: optional(text) })(at, value);
  return { ...found, member: found.member ?? 'sub' };
};

const app: Reader<ClientState> = (at, value) => {
  const found = client(at, value);
  if (!/^https?:/i.test(found.redirect_uri)) return found;
  throw new ConfigError(`${at}/redirect_uri`, 'must have a private-use scheme, such as "com.example.app:/callback".');
};

const members = object({
  realm: optional(choice('consumer', 'b2b')),
  api: optional(path),
  issuer: optional(text),
  engine: optional(object({ authorize: address, end_session: optional(address) })),
  openid: optional(boolean),
  tokens: optional(boolean),
  client,
  unverified_client: optional(client),
  native_client: optional(app),
  token_subject: optional(subject),
  registration: optional(record(any)),
  scope: text,
  optional_scope: optional(text),
  parameters: optional(strings),
  accounts: object({ first: account, second: optional(account) }),
  sign_out: optional(action),
  expire: optional(action),
  remember: optional(choice('choice', 'always', 'never')),
  pushed: optional(boolean),
  signed: optional(text),
  details: optional(details),
  logout: optional(object({ post_logout_redirect_uri: optional(address) })),
  page: optional(page),
  organizations: optional(object({ other: optional(text), blocked: optional(text), needs_approval: optional(text) })),
});

function readSite(at: string, value: unknown, origin: string): Site {
  const found = members(at, value);
  const asked = found.scope.split(' ');
  if (found.optional_scope !== undefined && !asked.includes(found.optional_scope)) {
    throw new ConfigError(`${at}/optional_scope`, 'must be one of the scopes in "scope".');
  }
  const issuer = found.issuer ?? '';
  return {
    ...found,
    realm: found.realm ?? 'consumer',
    api: found.api ?? '/countersign',
    issuer: issuer === '' || issuer.startsWith('/') ? origin + issuer : issuer,
    openid: found.openid ?? asked.includes('openid'),
    tokens: found.tokens ?? true,
    parameters: found.parameters ?? {},
  };
}

/** Reads a config. `b2b` has what differs there, and inherits the rest. */
export function readConfig(value: unknown, origin: string): Config {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ConfigError('', 'The config must be an object.');
  const { b2b, $schema, ...base } = value as Record<string, unknown>;
  const site = readSite('', base, origin);
  if (b2b === undefined) return site;
  const own = record(any)('/b2b', b2b);
  return { ...site, b2b: readSite('/b2b', { ...base, realm: 'b2b', ...own }, origin) };
}
