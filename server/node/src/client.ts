/** The client as `api/openapi.yaml` describes it: the engine's metadata and the host's word, each checked. */
import { hostNameOf, isNativeAddress, ownPath, safeLink } from './addresses.ts';
import type { ClientWord, Describe } from './describe.ts';
import type { ClientMetadata, Realm } from './model.ts';
import type { BriefClient } from './problems.ts';

const MOST_MEMBERS = 400;
const TAGGED = /^(client_name|client_uri|policy_uri|tos_uri)#([A-Za-z0-9-]{1,35})$/;

/** A text of at most so many characters, or `undefined`. */
export function cut(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const text = value.toWellFormed();
  return text.length <= most ? text : [...text].slice(0, most).join('');
}

const nameOf = (client: ClientMetadata, word: ClientWord): string => cut(word.name, 1000) ?? cut(client.client_name, 1000) ?? cut(client.client_id, 1000) ?? '?';

/** Names and links in other languages. A name of the host's own replaces those too. */
function translated(client: ClientMetadata, word: ClientWord): Record<string, string | undefined> {
  const members: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(client).slice(0, MOST_MEMBERS)) {
    const [, member, language] = TAGGED.exec(name) ?? [];
    if (member === undefined) continue;
    if (member !== 'client_name') members[`${member}#${language}`] = safeLink(value);
    else if (word.name === undefined) members[`name#${language}`] = cut(value, 1000);
  }
  for (const [name, value] of Object.entries(word)) if (/^description#/.test(name)) members[name] = cut(value, 2000);
  return members;
}

/**
 * The client, for an answer that goes to `redirectUri`. That address decides whether it is native, and not the client's word
 * (RFC 8252).
 */
export async function describeClient(describe: Describe, client: ClientMetadata, realm: Realm, redirectUri?: string): Promise<Record<string, unknown>> {
  const word = await describe.client?.(client, realm) ?? {};
  const host = redirectUri === undefined ? undefined : hostNameOf(redirectUri);
  return {
    client_id: cut(client.client_id, 2048),
    name: nameOf(client, word),
    description: cut(word.description, 2000),
    logo_uri: ownPath(word.logo_uri),
    client_uri: safeLink(client.client_uri),
    policy_uri: safeLink(client.policy_uri),
    tos_uri: safeLink(client.tos_uri),
    ...translated(client, word),
    registrable_domain: host === undefined ? undefined : cut(describe.registrable_domain?.(host), 253),
    party: word.party ?? 'third',
    registration: word.registration ?? client.registration ?? 'dynamic',
    verified: word.verified ?? false,
    native: (word.native ?? client.native ?? false) || (redirectUri !== undefined && isNativeAddress(redirectUri)),
  };
}

/** What a problem says about a client. */
export function briefly(client: Record<string, unknown>): BriefClient {
  const { name, client_uri } = client as unknown as BriefClient;
  return { name, client_uri };
}
