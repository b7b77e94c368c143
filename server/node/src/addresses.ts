/**
 * Which addresses a page may be led to, and shown. The page checks them again; what is refused here never leaves the server.
 */
import type { Destination, Ending, EndingForm } from './engine.ts';

/** Schemes that the browser or the operating system handles itself. No engine's word allows them. */
const HANDLER = new RegExp(`^(?:${
  'about admin apt blob callto cid content data file filesystem ftps? geo help imap intent jar javascript ldaps? livescript mailto market '
  + 'mhtml mid mocha news nfs opera resource sftp shell shortcuts sips? sms(?:to)? smb ssh tel telnet urn vbscript view-source webcal wss? '
  + 'android.* chrome.* devtools edge ext\\+.* itms.* moz-.* ms-.* safari.* search-ms web\\+.* x-apple.*'
}):$`.replaceAll(' ', '|'));
/** Characters on which programs disagree, or that nobody sees. */
const UNCLEAR = /[\p{Cc}\p{Cf}\p{Z}\\]/u;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const WEB = /^https?:/i;
const LONGEST = 65_536;

/** The address, if it is clear where it leads: no user name, and a host where there should be one. */
function parse(address: unknown): URL | undefined {
  if (typeof address !== 'string' || address.length > LONGEST || UNCLEAR.test(address) || !URL.canParse(address)) return undefined;
  if (/^[^:]*:\/\/[^/?#]*@/.test(address)) return undefined;
  return WEB.test(address) && !/^https?:\/\/[^/?]/i.test(address) ? undefined : new URL(address);
}

const isLoopback = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && LOOPBACK.test(hostname);
/** Whether a site at this origin is on the user's own device. */
export const isLoopbackOrigin = isLoopback;

const isWeb = (url: URL): boolean => url.protocol === 'https:' || isLoopback(url);
const isApp = ({ protocol }: URL): boolean => !WEB.test(protocol) && !HANDLER.test(protocol);

/** Whether an address leads to a program on the user's device (RFC 8252): http on loopback, or a private-use scheme. */
export function isNativeAddress(address: string): boolean {
  const url = parse(address);
  return url !== undefined && (isApp(url) || isLoopback(url));
}

/** Whether an address can be on a card: a page would open it. */
export function isUsable(address: unknown): address is string {
  const url = parse(address);
  return url !== undefined && (isWeb(url) || isApp(url));
}

/** A link of a client, if a browser can open it safely. */
export function safeLink(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2048) return undefined;
  const url = parse(value);
  return url !== undefined && isWeb(url) ? value : undefined;
}

/** A path of the host's own. */
export const ownPath = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 2048 && /^\/(?![/\\])/.test(value) ? value : undefined;

/** The host name of an address of the web. */
export function hostNameOf(address: string): string | undefined {
  const url = parse(address);
  return url !== undefined && WEB.test(url.protocol) ? url.hostname : undefined;
}

/** An engine has answered with an address that no page may be led to. */
export class UncheckedAddress extends Error {
  constructor() {
    // Without the address: it may have a code.
    super('The answer leads to an address that is not allowed. Nothing was shared.');
    this.name = 'UncheckedAddress';
  }
}

export interface Redirect {
  readonly outcome: 'redirect';
  readonly redirect_uri: string;
  readonly native: true | undefined;
  readonly intermediate: true | undefined;
}

export interface Known {
  /** The site's own origin. */
  readonly origin: string;
  /** Other origins of the engine. */
  readonly engine: readonly string[];
  /** The address on the card, if there was one. */
  readonly card?: string | undefined;
  /** Whether the client is known to be native. */
  readonly native?: boolean;
  /** Whether only the site and the engine are right, and no client. */
  readonly isOurs?: boolean;
}

/** Whether an address is that of the card, with the answer in query or fragment. A private-use scheme is enough. */
function isCards(url: URL, card: string): boolean {
  const shown = new URL(card);
  return url.protocol === shown.protocol && (isApp(url) || (url.host === shown.host && url.pathname === shown.pathname));
}

/** The outcome for an address of an engine, or an error if it may not be used. */
export function checkDestination({ to, native, intermediate }: Destination, known: Known): Redirect {
  const url = parse(to);
  if (url === undefined) throw new UncheckedAddress();
  const isOurs = url.origin === known.origin || (intermediate === true && known.engine.includes(url.origin));
  const isClients = known.isOurs !== true && (known.card === undefined ? intermediate !== true : isCards(url, known.card));
  const app = isApp(url) && (native === true || known.native === true);
  if (!(isWeb(url) || app) || !(isOurs || isClients)) throw new UncheckedAddress();
  return {
    outcome: 'redirect',
    redirect_uri: to,
    native: isApp(url) || native === true || undefined,
    intermediate: intermediate === true || undefined,
  };
}

/** Whether the form of an engine goes to the site, the engine or the client, or an error if it would go elsewhere. */
export function checkForm({ action, fields }: EndingForm, { origin, engine, card }: Known): 'site' | 'engine' | 'client' {
  const url = parse(action);
  if (url === undefined || !isWeb(url) || Object.values(fields).some((value) => typeof value !== 'string')) throw new UncheckedAddress();
  if (url.origin === origin) return 'site';
  if (engine.includes(url.origin)) return 'engine';
  if (card !== undefined && !isCards(url, card)) throw new UncheckedAddress();
  return 'client';
}

/** An error that an adapter answers a client with by itself. `iss` says who answers (RFC 9207). */
export interface ClientError {
  readonly error: string;
  readonly description?: string | undefined;
  readonly state?: string | null | undefined;
  readonly iss?: string | undefined;
}

function membersOf({ error, description, state, iss }: ClientError): Record<string, string> {
  const members = Object.entries({ error, error_description: description, state, iss });
  return Object.fromEntries(members.filter((member): member is [string, string] => typeof member[1] === 'string'));
}

/** The client's address with an error. */
export function errorResponse(redirectUri: string, error: ClientError & { readonly response_mode?: string | undefined }): string {
  const separator = error.response_mode === 'fragment' ? '#' : redirectUri.includes('?') ? '&' : '?';
  return `${redirectUri}${separator}${new URLSearchParams(membersOf(error))}`;
}

/**
 * An address of an answer. With a private-use scheme the client is an app on the user's device (RFC 8252): without `native`, no page
 * may be led there.
 */
export const leadsTo = (to: string): Destination => (WEB.test(to) ? { to } : { to, native: true });

/** How a request ends with an error, in any response mode and at any address: `{ kind: 'done', ...errorEnding(…) }`. */
export function errorEnding(redirectUri: string, error: ClientError & { readonly response_mode?: string | undefined }): Ending {
  return error.response_mode === 'form_post' ? { form: { action: redirectUri, fields: membersOf(error) } } : leadsTo(errorResponse(redirectUri, error));
}
