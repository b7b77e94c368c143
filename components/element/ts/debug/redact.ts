/** Removes what must never reach a console: queries, tokens, codes, addresses of people. It removes too much rather than too little. */

const REDACTED = '[redacted]';

/** Parameters of a request that are no secrets. All others are, whatever they are called. */
const PUBLIC = ['client_id', 'scope', 'response_type', 'response_mode', 'prompt', 'display', 'ui_locales', 'code_challenge_method'];

/** An origin, such as a server names it in a problem document. */
const ORIGIN = /^\W*https?:\/\/[\w.-]+(:\d+)?\/?\W*$/;
/** A path of a response, such as `scopes[1].granted`. */
const PATH = /^[a-z_]+(\[\d+\])?(\.[a-z_]+(\[\d+\])?)*:?$/;
/** A word that may be a secret: an address, an assignment, anything with a digit in it, anything long. */
const SUSPECT = /[@=?&#%]|\d.*\S{3}|\S{3}.*\d|^\S{25,}$/;

/** Values that nothing may show, such as those of the page's query. */
export type Secrets = Set<string>;

/** The values of a query that may be secrets. */
export function secretsOf(query: string): string[] {
  return [...new URLSearchParams(query)].filter(([name]) => !PUBLIC.includes(name)).map(([, value]) => value);
}

/** A text of somebody else, without what may be a secret. */
export function redacted(text: string, secrets: Secrets): string {
  const known = [...secrets].filter((it) => it.length > 2).sort((one, other) => other.length - one.length);
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text.slice(0, 400));
  return without.split(/(\s+)/).map((word) => (SUSPECT.test(word) && !ORIGIN.test(word) && !PATH.test(word) ? REDACTED : word)).join('');
}

/** An address without its query: its path, and its origin if that is not the page's. */
export function addressOf(url: string, secrets: Secrets): string {
  try {
    const { origin, pathname } = new URL(url, location.href);
    const path = pathname.split('/').map((part) => redacted(part, secrets)).join('/');
    return origin === location.origin ? path : `${origin}${path}`;
  } catch {
    return REDACTED;
  }
}
