/**
 * Better Auth with `@better-auth/oauth-provider`, in the same process. It asks the engine by its own handler, with the browser's
 * cookies, so that the engine checks every request itself.
 *
 * What the engine cannot do: forget a decision (it always stores the consent), sign out without its own page, narrow `resource`.
 */
import { errorResponse, leadsTo } from '../addresses.ts';
import { EngineUnavailable, RequestGone, type Engine, type EngineContext, type Opened } from '../engine.ts';
import type { ClientMetadata } from '../model.ts';
import { forcedBy, isFresh, unforced } from './prompt.ts';

export interface BetterAuthOptions {
  /** What `betterAuth()` returned. */
  readonly auth: { handler(request: Request): Promise<Response> };
  /** Where it is mounted: `baseURL` and `basePath`, such as `https://id.example/api/auth`. */
  readonly base: string;
  /** `consentPage` of the plugin. No page needs to be there. */
  readonly consentPage: string;
  /**
   * The headers that say where a request came from: `advanced.ipAddress.ipAddressHeaders` of the configuration (`x-forwarded-for`).
   * Without an address, the engine counts all users as one against its limits, which are on in production.
   */
  readonly addressHeaders?: readonly string[];
  /** The issuer of the plugin `jwt`, if it differs from `base`. */
  readonly issuer?: string;
}

interface Reply {
  readonly ok: boolean;
  readonly body: { url?: string; error?: string; error_description?: string };
}

/** What the engine adds to a request when it sends the browser to a page. Signed again, it would be refused. */
const OWN = /^(sig|exp|ba_iat|ba_pl|ba_param)$/;

/** The request as the client made it. A login that came after the hand-off satisfies it: the engine would ask for one for ever. */
function clean(query: string, context: EngineContext): URLSearchParams {
  const parameters = new URLSearchParams([...new URLSearchParams(query)].filter(([name]) => !OWN.test(name)));
  if (!isFresh(context)) return parameters;
  parameters.delete('max_age');
  const prompt = unforced(parameters.get('prompt') ?? '');
  parameters.delete('prompt');
  if (prompt) parameters.set('prompt', prompt);
  return parameters;
}

const refused = ({ error = 'invalid_request', error_description: description }: Reply['body']): Opened => ({ kind: 'refused', error, description });

export function betterAuth({ auth, base, consentPage, addressHeaders = ['x-forwarded-for'], issuer = base }: BetterAuthOptions): Engine {
  const { origin, pathname } = new URL(base);
  const page = new URL(consentPage, origin);

  async function call(path: string, { request, signal, setCookie }: EngineContext, body?: object): Promise<Reply> {
    // With JSON asked for, a redirect comes as its address. The origin passes the engine's own check of callers.
    const type = 'application/json';
    const headers = new Headers({ accept: type, 'content-type': type, origin, cookie: request.headers.get('cookie') ?? '' });
    for (const name of addressHeaders) if (request.headers.has(name)) headers.set(name, request.headers.get(name)!);
    const init = body && { method: 'POST', body: JSON.stringify(body) };
    const response = await auth.handler(new Request(base + path, { headers, signal, ...init })).catch((cause: unknown) => {
      throw new EngineUnavailable('Better Auth failed.', { cause });
    });
    const { status, ok, headers: received } = response;
    if (status >= 500 || status === 429) throw new EngineUnavailable(`Better Auth answered ${status}.`, { retryAfter: Number(received.get('x-retry-after')) || 5 });
    received.getSetCookie().forEach(setCookie);
    return { ok, body: await response.json().catch(() => null) ?? {} };
  }

  return {
    name: 'better-auth',
    narrows: true,
    // Whatever the user answers: the kit says so on the card.
    remembers: 'always',
    issuer,

    async open(query, context) {
      const parameters = clean(query, context);
      const { body } = await call(`/oauth2/authorize?${parameters}`, context);
      if (!body.url) return refused(body);
      const url = new URL(body.url, origin);
      const asked = url.searchParams;
      // The engine's own error page: the client or its address is not known to be right.
      if (url.origin === origin && url.pathname === `${pathname}/error`) return refused(Object.fromEntries(asked));
      // Only the engine's own pages get a signed request; everything else is the client's answer.
      if (url.origin !== page.origin || !asked.has('sig')) return { kind: 'done', ...leadsTo(body.url) };
      const resume = asked.toString();
      if (url.pathname !== page.pathname) {
        const reason = forcedBy(asked.get('prompt')) ?? (asked.has('max_age') ? 'max_age' : 'no_session');
        return { kind: 'login', reason: context.account ? reason : 'no_session', resume };
      }
      const client_id = asked.get('client_id') ?? '';
      const client = await call(`/oauth2/public-client?${new URLSearchParams({ client_id })}`, context);
      if (!client.ok) return refused({ error: 'invalid_client' });
      const challenge = asked.get('code_challenge');
      return {
        kind: 'ask',
        client: client.body as ClientMetadata,
        scopes: asked.get('scope')!.split(' ').map((scope) => ({ scope })),
        resources: asked.getAll('resource'),
        redirect_uri: asked.get('redirect_uri')!,
        // No `expires_at`: each opening signs anew, so that the time of the first signature ends nothing.
        // One signed request gets a code as often as it is answered, and each opening signs anew: the challenge is what they share.
        request_id: challenge ? JSON.stringify([client_id, context.account?.sub, challenge]) : undefined,
        ui_locales: parameters.get('ui_locales') ?? undefined,
        resume,
      };
    },

    async allow(resume, { scopes }, context) {
      // No claims one by one (OpenID Connect Core 5.5): they are not on the card.
      const { ok, body: { url } } = await call('/oauth2/consent', context, {
        accept: true, oauth_query: resume, scope: scopes.map(({ scope }) => scope).join(' '), claims: {},
      });
      // The signature is too old, or the session has ended.
      if (!ok || !url || new URL(url, origin).searchParams.has('sig')) throw new RequestGone();
      return leadsTo(url);
    },

    // The engine would do nothing else, but asks for a session.
    async deny(resume) {
      const asked = new URLSearchParams(resume as string);
      return leadsTo(errorResponse(asked.get('redirect_uri')!, { error: 'access_denied', state: asked.get('state'), iss: issuer }));
    },
  };
}
