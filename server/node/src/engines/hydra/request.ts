/** A request of a client as Hydra tells it: the parts that the admin API names, and the query that it was made with. */
import { EngineUnavailable } from '../../engine.ts';
import type { ClientMetadata, Detail } from '../../model.ts';
import { objectOf, textOf, textsOf, type Members } from './admin.ts';

export interface HydraRequest {
  readonly client: ClientMetadata;
  /** Whether an administrator of Hydra has said that the user is not asked. A client cannot say so itself. */
  readonly skipsConsent: boolean;
  /** Whether Hydra remembers the login, or the decision. */
  readonly skip: boolean;
  readonly subject: string | undefined;
  readonly scopes: readonly string[];
  readonly audience: readonly string[];
  /** The client's own query. Hydra itself starts from it at every step. */
  readonly parameters: URLSearchParams;
  readonly prompt: readonly string[];
  readonly redirectUri: string | undefined;
  readonly details: readonly Detail[];
  readonly loginHint: string | undefined;
  readonly acrValues: string | undefined;
  readonly uiLocales: string | undefined;
  /** The subject of `id_token_hint`, where clients see subjects as they are. */
  readonly hinted: string | undefined;
  /** Where the request starts again, with a login. */
  readonly anew: string;
}

/** What is wrong with a request. Hydra would say some of it too late, and some of it never. */
export interface RequestError {
  readonly error: string;
  readonly error_description: string;
}

const MEMBERS = ['client_name', 'client_uri', 'logo_uri', 'policy_uri', 'tos_uri'] as const;
/** Parameters that may be there several times (RFC 8707, and Hydra's own). */
const LISTS = new Set(['resource', 'audience']);

function clientOf(client: Members): ClientMetadata {
  const client_id = textOf(client.client_id);
  if (client_id === undefined) throw new EngineUnavailable('Hydra’s answer has no client.');
  return { client_id, ...Object.fromEntries(MEMBERS.map((name) => [name, textOf(client[name])])) };
}

/** RFC 9396 section 2, or `undefined` if they are none. */
function detailsOf(parameters: URLSearchParams): readonly Detail[] | undefined {
  const text = parameters.get('authorization_details');
  if (text === null) return [];
  try {
    const details: unknown = JSON.parse(text);
    const isDetail = (one: unknown): one is Detail => typeof one === 'object' && one !== null && textOf((one as Members).type) !== undefined;
    return Array.isArray(details) && details.every(isDetail) ? details : undefined;
  } catch {
    return undefined;
  }
}

/** The request again, for an account that is to be chosen anew. */
function withLogin(url: URL, prompt: readonly string[]): string {
  const again = new URL(url);
  again.searchParams.set('prompt', [...new Set(['login', ...prompt.filter((value) => value === 'consent')])].join(' '));
  return again.href;
}

/** The address of the answer. Hydra has checked it, or takes the only one that is registered. */
function redirectUriOf(parameters: URLSearchParams, client: Members): string | undefined {
  const registered = textsOf(client.redirect_uris);
  return textOf(parameters.get('redirect_uri')) ?? (registered.length === 1 ? registered[0] : undefined);
}

export function readRequest(body: Members): HydraRequest {
  const client = objectOf(body.client);
  const hints = objectOf(body.oidc_context);
  const url = typeof body.request_url === 'string' && URL.canParse(body.request_url) ? new URL(body.request_url) : undefined;
  if (url === undefined) throw new EngineUnavailable('Hydra’s answer has no request.');
  const parameters = url.searchParams;
  const prompt = (parameters.get('prompt') ?? '').split(' ').filter(Boolean);
  const joined = (value: unknown): string | undefined => textOf(textsOf(value).join(' '));
  return {
    client: clientOf(client),
    skipsConsent: client.skip_consent === true,
    skip: body.skip === true,
    subject: textOf(body.subject),
    scopes: textsOf(body.requested_scope),
    audience: textsOf(body.requested_access_token_audience),
    parameters,
    prompt,
    redirectUri: redirectUriOf(parameters, client),
    details: detailsOf(parameters) ?? [],
    loginHint: textOf(hints.login_hint),
    acrValues: joined(hints.acr_values),
    uiLocales: joined(hints.ui_locales),
    hinted: client.subject_type === 'pairwise' ? undefined : textOf(objectOf(hints.id_token_hint_claims).sub),
    anew: withLogin(url, prompt),
  };
}

/** A parameter that is there twice: Hydra reads the first, and another program may read the last (RFC 6749 section 3.1). */
export const repeated = ({ parameters }: HydraRequest): string | undefined =>
  [...parameters.keys()].find((name) => !LISTS.has(name) && parameters.getAll(name).length > 1);

/** What is wrong with a request whose client and address are right. */
export function errorOf({ parameters, redirectUri }: HydraRequest, pkce: boolean): RequestError | undefined {
  const invalid = (error_description: string, error = 'invalid_request'): RequestError => ({ error, error_description });
  // What is in them decides over the query, and nobody but Hydra reads it.
  for (const name of ['request', 'request_uri']) if (parameters.has(name)) return invalid(`The parameter ${name} is not supported.`, `${name}_not_supported`);
  if (redirectUri === undefined) return invalid('The parameter redirect_uri is missing.');
  if (parameters.has('code_challenge') ? parameters.get('code_challenge_method') !== 'S256' : pkce) return invalid('A code_challenge with the method S256 is needed.');
  return detailsOf(parameters) === undefined ? invalid('They cannot be read.', 'invalid_authorization_details') : undefined;
}
