/** Names that nobody reads: misspelt settings, texts, tokens and members of a manifest. */

import english from '../../../../messages/en.json';
import tokens from '../../../../style/tokens.css';
import { SETTINGS } from '../element/settings.js';
import type { CurrentSettings } from '../element/settings.js';
import type { IdentityProviderProps } from '../react/props.js';

const MESSAGES: Record<string, string> = english;
const TOKENS = [...new Set(tokens.match(/--countersign-[\w-]+(?=:)/g))];
const NESTED: Partial<Record<keyof CurrentSettings, string[]>> = {
  stytch: ['publicToken', 'customBaseUrl', 'cookieOptions', 'projectName', 'bootstrap', 'pictureOrigins', 'grantedWithoutConsent', 'verifiedClients', 'through'],
  trustedToken: ['token', 'profileId'],
};
const COOKIES = ['opaqueTokenCookieName', 'jwtCookieName', 'istCookieName', 'path', 'domain', 'availableToSubdomains'];
/** Props of the React components that are no settings. */
const OF_REACT: Record<Exclude<keyof IdentityProviderProps, keyof CurrentSettings>, true> = {
  onEvent: true, onError: true, header: true, footer: true, lightDom: true, id: true, className: true, style: true,
};
/** What any element may have, and what frameworks leave: ours are letters and hyphens alone. */
const ANY_ATTRIBUTE = /^(id|class|style|slot|title|hidden|dir|part|nonce|is|role|tabindex|translate|inert|exportparts|(aria|data|on|v|x|hx|ng|_ng|c|s|svelte|astro|q|jsaction|jslog)\b.*|on.*|_.*|[^a-z].*|.*[^a-z-].*)$/;

/** The number of letters to change, to add or to leave out. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 0; at < other.length; at += 1) {
      next.push(Math.min(row[at + 1]! + 1, next[at]! + 1, row[at]! + (letter === other[at] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}

/** The known name that is meant, if one is near. */
function near(name: string, known: string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/^--countersign-|[-_]/g, '');
  const [nearest] = known.map((it) => [distance(plain(name), plain(it)), it] as const).sort(([one], [other]) => one - other);
  return nearest && nearest[0] <= Math.max(1, Math.min(3, name.length / 4)) ? nearest[1] : undefined;
}

const hint = (name: string, known: string[]) => {
  const meant = near(name, known);
  return meant ? ` Did you mean "${meant}"?` : '';
};

export const keys = (value: unknown) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []);
export const unknown = (where: string, value: unknown, known: string[]) => keys(value).filter((name) => !known.includes(name))
  .map((name) => `${where}: there is no "${name}".${hint(name, known)}`);

const placeholders = (text: string): string[] => text.match(/\{\w+\}/g) ?? [];

function inMessages(messages: Record<string, string>): string[] {
  const known = Object.keys(MESSAGES);
  const foreign = keys(messages).filter((key) => known.includes(key)).flatMap((key) => placeholders(String(messages[key]))
    .filter((it) => !placeholders(MESSAGES[key]!).includes(it)).map((it) => `messages.${key}: the text has no ${it} to fill in.`));
  return [...unknown('messages', messages, known), ...foreign];
}

/** What is unknown among the settings. Texts and values are not told. */
export function inSettings(settings: CurrentSettings): string[] {
  const { messages, tokens: given, stytch } = settings;
  return [
    ...(messages ? inMessages(messages) : []),
    ...(given ? unknown('tokens', given, TOKENS) : []),
    ...Object.entries(NESTED).flatMap(([name, known]) => unknown(name, settings[name as keyof CurrentSettings], known)),
    ...unknown('stytch.cookieOptions', stytch?.cookieOptions, COOKIES),
  ];
}

/** What is unknown among the attributes and the properties that the element itself has. */
export function onElement(element: HTMLElement): string[] {
  const { observedAttributes: attributes } = element.constructor as unknown as { observedAttributes: string[] };
  const settings = [...Object.keys(SETTINGS), 'debug'];
  const strange = element.getAttributeNames().filter((name) => !attributes.includes(name) && !ANY_ATTRIBUTE.test(name));
  // Frameworks keep their own members here, so only what looks like a setting is named.
  const misspelt = Object.keys(element).filter((name) => near(name, settings));
  return [
    ...strange.map((name) => `There is no attribute "${name}".${hint(name, attributes)}`),
    ...misspelt.map((name) => `There is no property "${name}".${hint(name, settings)}`),
  ];
}

/** Which names of props nobody reads. The components pass on nothing else, not even `data-` and `aria-`. */
export function inProps(names: string[]): string[] {
  const known = [...Object.keys(SETTINGS), 'debug', ...Object.keys(OF_REACT)];
  return names.filter((name) => !known.includes(name)).map((name) => `There is no prop "${name}".${hint(name, known)}`);
}

const WHERE = 'getConsentManifest';

function inItem(item: unknown, scopes: string[]): string[] {
  const named = (item as { scopes?: unknown } | null)?.scopes;
  const strange = Array.isArray(named) ? named.filter((it) => typeof it === 'string' && !scopes.includes(it)) : [];
  return [
    ...unknown(`${WHERE}: an item`, item, ['text', 'details', 'scopes']),
    ...strange.map((it: string) => `${WHERE}: the scope "${it}" is not requested, or is spelt in another way.`),
  ];
}

/** What is unknown in a manifest. */
export function inManifest(manifest: unknown, scopes: string[]): string[] {
  if (!Array.isArray(manifest)) return [];
  return manifest.flatMap((it: unknown) => {
    const items = (it as { items?: unknown } | null)?.items;
    if (!Array.isArray(items)) return inItem(it, scopes);
    return [...unknown(`${WHERE}: a section`, it, ['header', 'items']), ...items.flatMap((item) => inItem(item, scopes))];
  });
}
