/** RP-Initiated Logout 1.0 by the kit's page. The engine's own pages for it are never shown. */
import { isNativeAddress } from '../../addresses.ts';
import type { CallContext, Destination, LogoutEnding, LogoutOpened } from '../../engine.ts';
import type { Account, Json } from '../../model.ts';
import { metadataOf } from './client.ts';
import type { Client, Provider } from './types.ts';

const USED = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'];

interface LogoutRequest {
  readonly client?: Client | undefined;
  /** The subject of the ID token that the client has sent. */
  readonly hinted?: string | undefined;
  readonly to?: string | undefined;
}

async function findClient({ Client: all }: Provider, id: unknown): Promise<Client | undefined> {
  if (typeof id !== 'string') return undefined;
  try {
    return await all.find(id);
  } catch (error) {
    // A client whose metadata the engine no longer takes is no client.
    if (/^invalid_client/.test((error as { error?: string }).error ?? '')) return undefined;
    throw error;
  }
}

/** The claims of a token, unverified. */
export function claimsIn(token: string): Readonly<Record<string, Json>> {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0)))) ?? {};
  } catch {
    return {};
  }
}

/** An ID token of this issuer may have expired (section 4). */
async function readHint(provider: Provider, token: string): Promise<{ client: Client; sub: string } | undefined> {
  const client = await findClient(provider, claimsIn(token).aud);
  if (client === undefined) return undefined;
  try {
    const { payload } = await provider.IdToken.validate(token, client);
    return { client, sub: String(payload.sub) };
  } catch {
    return undefined;
  }
}

function addressOf(client: Client | undefined, wanted: string | undefined, state: string | undefined): string | undefined {
  if (!wanted || !client?.postLogoutRedirectUriAllowed(wanted)) return undefined;
  return state ? `${wanted}${wanted.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}` : wanted;
}

/** What cannot be checked is not used (section 4): the user is asked, and there is no address. */
async function read(provider: Provider, query: string): Promise<LogoutRequest> {
  const parameters = new URLSearchParams(query);
  if (USED.some((name) => parameters.getAll(name).length > 1)) return {};
  const [token, id, wanted, state] = USED.map((name) => parameters.get(name) || undefined);
  const hint = token === undefined ? undefined : await readHint(provider, token);
  if (token !== undefined && hint === undefined) return {};
  const client = hint?.client ?? await findClient(provider, id);
  if (id !== undefined && client?.clientId !== id) return {};
  return { client, hinted: hint?.sub, to: addressOf(client, wanted, state) };
}

const leadTo = (to: string | undefined): LogoutEnding => (to === undefined ? { kind: 'signed_out' } : { kind: 'done', ...destination(to) });
const destination = (to: string): Destination => ({ to, native: isNativeAddress(to) });

export interface LogoutOptions {
  readonly providerOf: (context: CallContext) => Provider;
  /** Ends the sign-in of an account, at the engine and at the host. */
  readonly end: (account: Account, context: CallContext) => Promise<void>;
}

export function createLogout({ providerOf, end }: LogoutOptions) {
  async function signOut(resume: Json, context: CallContext): Promise<LogoutEnding> {
    if (context.account !== null) await end(context.account, context);
    return leadTo((resume as { to?: string }).to);
  }

  return {
    signOut,
    async open(query: string, context: CallContext): Promise<LogoutOpened> {
      const { client, hinted, to } = await read(providerOf(context), query);
      const { account } = context;
      // Nobody is there to be asked: only a token of this issuer proves who sends the browser on.
      if (account === null) return leadTo(hinted === undefined ? undefined : to);
      const resume = to === undefined ? {} : { to };
      if (hinted === account.sub) return signOut(resume, context);
      return { kind: 'ask', resume, ...(client === undefined ? {} : { client: metadataOf(client) }) };
    },
  };
}
