/**
 * Requests to the engine in this process. None of its pages and cookies reaches a browser: it has one session for each sign-in of the
 * host, and one interaction for each request, which is copied before it is completed. So a request can be opened again and again.
 */
import { isNativeAddress } from '../../addresses.ts';
import { EngineUnavailable, RequestGone, type Ending, type EngineContext, type Opened, type Told } from '../../engine.ts';
import { hash, randomText } from '../../seal.ts';
import type { Account } from '../../model.ts';
import { createExchange, run, type NodeHandler } from '../in-process.ts';
import { createLocks } from '../locks.ts';
import { metadataOf } from './client.ts';
import type { Interaction, KoaContext, OidcContext, Provider } from './types.ts';

/** How the engine goes on with a request: it asks for something, or has answered. */
export type Answer = { readonly interaction: Interaction; readonly oidc: OidcContext } | { readonly opened: Opened };

/** What is given to an interaction, by the names of the engine's prompts. */
export type Results = Readonly<Record<string, unknown>>;

/** How an account has signed in. */
export interface Login {
  readonly acr?: string;
  readonly amr?: readonly string[];
}

interface Note {
  asks?: KoaContext;
  refused?: { error: string; description?: string | undefined } | undefined;
  told?: Told;
  failed?: unknown;
}

const contexts = new WeakMap<object, EngineContext>();
/** For callbacks of the engine: the kit's context of a request that the adapter makes. `ctx.req` is its key. */
export const contextOf = (req: object): EngineContext | undefined => contexts.get(req);

const ACTION = /<form method="post" action="([^"]*)">/;
const FIELD = /<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const unescape = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!);

/** The form that the engine posts to the client (OAuth 2.0 Form Post Response Mode section 2). */
function formIn(html: string): Ending | undefined {
  const action = ACTION.exec(html)?.[1];
  if (action === undefined) return undefined;
  const fields = [...html.matchAll(FIELD)].map(([, name = '', value = '']) => [name, unescape(value)]);
  return { form: { action: unescape(action), fields: Object.fromEntries(fields) } };
}

/** What is told of an answer, also of a request that was pushed or signed. */
const toldOf = ({ client, params = {} }: OidcContext): Told => ({
  silent: String(params.prompt ?? '').split(' ').includes('none'),
  ...(client === undefined ? {} : { client: metadataOf(client) }),
  ...(isText(params.ui_locales) ? { ui_locales: String(params.ui_locales) } : {}),
});

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** The name of the engine's session for a sign-in: stable, and nothing that a browser could send. */
export const sessionName = ({ issuer }: Provider, { sub, session, signed_in_at: at }: Account): Promise<string> =>
  hash(JSON.stringify([issuer, sub, session ?? at ?? null]));

/** Ends the engine's session of a sign-in. */
export const endSession = async (provider: Provider, account: Account): Promise<void> =>
  (await provider.Session.findByUid(await sessionName(provider, account)))?.destroy();

export interface RequestOptions {
  readonly sessionTtl: number;
  readonly login: (account: Account) => Login;
}

/** Requests to one instance. */
export function createRequests(provider: Provider, { sessionTtl, login }: RequestOptions) {
  const notes = new WeakMap<object, Note>();
  const exclusively = createLocks();
  const { protocol, host } = new URL(provider.issuer);
  let handler: NodeHandler | undefined;

  // The engine's events tell what an answer is. Its address does not: a client may have one like the engine's own.
  const noteOf = ({ req }: KoaContext): Note => notes.get(req) ?? {};
  provider.on('interaction.started', (ctx) => { noteOf(ctx).asks = ctx; });
  provider.on('server_error', (ctx, error) => { noteOf(ctx).failed = error; });
  provider.on('authorization.success', (ctx) => { noteOf(ctx).told = toldOf(ctx.oidc); });
  provider.on('authorization.error', (ctx, { error = 'invalid_request', error_description: description, allow_redirect }) => {
    const { client, params = ctx.query } = ctx.oidc;
    const reachesClient = allow_redirect === true && client !== undefined && isText(params.client_id) && isText(params.redirect_uri);
    Object.assign(noteOf(ctx), { refused: reachesClient ? undefined : { error, description }, told: { ...toldOf(ctx.oidc), error } });
  });

  const exchange = (path: string, prefixed: string, cookies: readonly string[]) => createExchange({
    url: path,
    originalUrl: prefixed,
    // The engine makes its addresses of these, if it stands behind a proxy.
    headers: { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1), accept: 'text/html', cookie: cookies.join('; ') },
    secure: protocol === 'https:',
  });

  /** A cookie as the engine sets it, with its signature if it has keys. */
  function cookiesFor(name: string, value: string): string[] {
    const { req, res } = exchange('/', '/', []);
    provider.createContext(req, res).cookies.set(name, value, {});
    return [res.getHeader('set-cookie') ?? []].flat().map((line) => String(line).split(';', 1)[0]!);
  }

  /** The engine's session of a sign-in, made or renewed if need be. */
  async function session(name: string, account: Account): Promise<string> {
    const found = await provider.Session.findByUid(name);
    const loginTs = account.signed_in_at === undefined ? found?.loginTs : Math.floor(account.signed_in_at / 1000);
    if (found?.accountId === account.sub && found.loginTs === loginTs) return found.jti;
    const made = found ?? new provider.Session({ uid: name });
    made.loginAccount({ accountId: account.sub, loginTs, ...login(account) });
    await made.save(sessionTtl);
    return made.jti;
  }

  async function ask(path: string, prefixed: string, cookies: readonly string[], context: EngineContext): Promise<Answer> {
    const made = exchange(path, prefixed, cookies);
    const note: Note = {};
    notes.set(made.req, note);
    contexts.set(made.req, context);
    const body = await run(handler ??= provider.callback(), made);
    if (note.failed !== undefined) throw new EngineUnavailable('The engine failed.', { cause: note.failed });
    if (note.asks !== undefined) return { interaction: note.asks.oidc.entities.Interaction!, oidc: note.asks.oidc };
    if (note.refused !== undefined) return { opened: { kind: 'refused', ...note.refused } };
    const to = made.res.getHeader('location');
    if (typeof to === 'string') return { opened: { kind: 'done', ...note.told, to, native: isNativeAddress(to) } };
    const form = formIn(body);
    if (form === undefined) throw new Error('The engine answered in a way that the adapter does not know.');
    return { opened: { kind: 'done', ...note.told, ...form } };
  }

  /** Sends a request under the session of the account. The session's id changes with every call, so that they go one by one. */
  async function send(name: 'authorization' | 'resume', { uid = '', query = '', cookies = [] as string[] }, context: EngineContext, account = context.account): Promise<Answer> {
    const suffix = query && `?${query}`;
    const paths = [provider.pathFor(name, { mountPath: '', uid }) + suffix, provider.pathFor(name, { uid }) + suffix] as const;
    if (account === null) return ask(...paths, cookies, context);
    const key = await sessionName(provider, account);
    return exclusively(key, async () => ask(...paths, [...cookiesFor(provider.cookieName('session'), await session(key, account)), ...cookies], context));
  }

  /** The interaction of an open request. */
  async function find(uid: unknown): Promise<Interaction> {
    const found = typeof uid === 'string' ? await provider.Interaction.find(uid) : undefined;
    if (found === undefined) throw new RequestGone();
    return found;
  }

  return {
    find,
    /** Sends a raw query to the authorization endpoint. */
    begin: (query: string, context: EngineContext) => send('authorization', { query }, context),
    /** Completes a copy of an interaction. `account`: `null` leaves the session out. */
    async complete({ jti: _, exp, ...kept }: Interaction, result: Results, context: EngineContext, account = context.account): Promise<Answer> {
      const { prompt, params, returnTo, trusted, cid, parJti } = kept as Interaction;
      const uid = randomText(16);
      // Without the session under which it began: the engine would sign that one out if the account has changed.
      const copy = new provider.Interaction({ jti: uid, prompt, params, returnTo, trusted, cid, parJti, result });
      await copy.save(Math.max(1, exp - Math.floor(Date.now() / 1000)));
      return send('resume', { uid, cookies: cookiesFor(provider.cookieName('resume'), uid) }, context, account);
    },
    /** Ends the engine's session of a sign-in, after the calls that use it. */
    async endSession(account: Account): Promise<void> {
      await exclusively(await sessionName(provider, account), () => endSession(provider, account));
    },
  };
}

export type Requests = ReturnType<typeof createRequests>;
