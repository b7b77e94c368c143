/**
 * The addresses that a client may register and use. An address decides whether a client is native
 * (RFC 8252): what the client says of itself does not. This module knows no engine.
 */

/** Private-use schemes without a dot that are accepted by default: editors and assistants. */
export const WELL_KNOWN_SCHEMES = [
  'chatgpt', 'claude', 'cursor', 'goose', 'jetbrains', 'kiro', 'raycast', 'trae', 'vscode', 'vscode-insiders', 'vscodium', 'warp',
  'windsurf', 'windsurf-next', 'zed',
];

/** Schemes that the operating system or the browser handles itself. No setting allows them. */
const HANDLERS = new Set([
  'about', 'admin', 'afp', 'app-prefs', 'applescript', 'apt', 'blob', 'brave', 'calculator', 'callto', 'cid', 'content', 'data', 'dav', 'davs',
  'devtools', 'dict', 'edge', 'feed', 'file', 'filesystem', 'firefox', 'ftp', 'ftps', 'geo', 'gopher', 'hcp', 'help', 'imap', 'intent',
  'irc', 'isolated-app', 'its', 'jar', 'javascript', 'ldap', 'ldaps', 'livescript', 'magnet', 'mailto', 'maps', 'market', 'message',
  'mhtml', 'mid', 'mk', 'mocha', 'news', 'nfs', 'nntp', 'onenote', 'onenote-cmd', 'opera', 'package', 'prefs', 'rdp', 'res', 'resource',
  'rlogin', 'search', 'sftp', 'shell', 'shortcuts', 'sip', 'sips', 'skype', 'smb', 'sms', 'smsto', 'snap', 'ssh', 'tel', 'telnet',
  'telprompt', 'tn3270', 'urn', 'vbscript', 'view-source', 'vivaldi', 'vnc', 'wais', 'webcal', 'windowsdefender', 'workflow', 'ws', 'wss',
  'wyciwyg',
]);

/** Whole families of such schemes. Some have a dot, as `x-apple.systempreferences`. */
const HANDLER_FAMILY = /^(?:android|chrome|ext\+|facetime|googlechrome|itms|itunes|macapp|microsoft|mms|moz-|ms-|rtsp|safari|search-ms|web\+|x-apple|x-man|x-msdownload|x-web|xbox)/;

/** A private-use scheme in the form of a domain name in reverse order (OAuth 2.1 section 2.3.1). */
const DOTTED = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+$/;

/** Characters on which programs disagree, or that nobody sees. */
const UNCLEAR = /[\p{Cc}\p{Cf}\p{Z}\\]/u;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const MAX_LENGTH = 2048;

/** Whether a host name, as the URL standard writes it, is this machine. */
export const isLoopbackHost = (hostname) => LOOPBACK.test(hostname);

const schemeOf = ({ protocol }) => protocol.slice(0, -1);
const parse = (address) => (typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined);

/** Whether text before the host could be a user name, also an empty one. */
const hasUser = (address) => /^[^:]*:\/\/[^/?#]*@/.test(address);

/** The fault of an address of a private-use scheme. */
function privateFault(scheme, address, schemes) {
  if (HANDLERS.has(scheme) || HANDLER_FAMILY.test(scheme)) return 'scheme';
  // Programs encode other characters in different ways.
  if (!/^[\x21-\x7e]+$/.test(address)) return 'malformed';
  return DOTTED.test(scheme) || schemes.includes(scheme) ? undefined : 'scheme_unlisted';
}

/**
 * Why a client may not use an address, or `undefined` if it may: `malformed`, `fragment`,
 * `credentials`, `insecure` (http to another machine), `scheme` (a handler of the system) or
 * `scheme_unlisted` (a private-use scheme without a dot that the host does not list).
 *
 * @param schemes private-use schemes without a dot that the host accepts
 */
export function addressFault(address, schemes = WELL_KNOWN_SCHEMES) {
  const url = parse(address);
  if (url === undefined || address.length > MAX_LENGTH || UNCLEAR.test(address)) return 'malformed';
  if (address.includes('#')) return 'fragment';
  if (hasUser(address)) return 'credentials';
  const scheme = schemeOf(url);
  if (scheme !== 'https' && scheme !== 'http') return privateFault(scheme, address, schemes);
  // A browser would add the missing slashes; other programs read a path.
  if (!/^https?:\/\/[^/?]/i.test(address)) return 'malformed';
  return scheme === 'https' || isLoopbackHost(url.hostname) ? undefined : 'insecure';
}

/** A sentence for each fault. `what` is the name of the metadata. */
export function faultText(fault, what) {
  return {
    malformed: `${what} must be absolute addresses of at most ${MAX_LENGTH} plain characters`,
    fragment: `${what} must not have a fragment`,
    credentials: `${what} must not have a user name or a password`,
    insecure: `${what} must use https, except on this device`,
    scheme: `${what} must not use a scheme of the browser or the operating system`,
    scheme_unlisted: `${what} with a private-use scheme must use one with a dot, such as com.example.app`,
  }[fault];
}

/** Whether an address has the private-use scheme of an app. */
export function isAppAddress(address) {
  const url = parse(address);
  return url !== undefined && url.protocol !== 'https:' && url.protocol !== 'http:';
}

/**
 * Whether an address leads to a program on the user's device: http on loopback, or a private-use
 * scheme. Any other program there can listen at it (RFC 8252 section 8.6).
 */
export function isNativeAddress(address) {
  const url = parse(address);
  return isAppAddress(address) || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** An http address on loopback without its port; any other address as it is. */
function withoutPort(address) {
  const url = parse(address);
  if (url?.protocol !== 'http:' || !isLoopbackHost(url.hostname)) return address;
  return address.replace(/^([^:]*:\/\/(?:\[[^\]]*\]|[^[:/?]*)):\d*/, '$1');
}

/**
 * Whether an address is one of the registered ones: exactly, or on loopback with another port (RFC
 * 8252 section 7.3).
 */
export function isRegistered(registered, address) {
  return registered.some((known) => known === address || withoutPort(known) === withoutPort(address));
}
