/**
 * Ways out of this site that anybody could have made up: an error of a client that registered
 * itself, in a browser where nobody is signed in, or a logout without proof. The user sees our page
 * first, and a button with the host name (RFC 9700 section 4.11.2).
 */
import { trustOf } from '../fixtures/clients.mjs';
import { isLoopbackHost, isNativeAddress } from '../registration/addresses.mjs';

/** Schemes that a browser handles itself. */
const BROWSER_SCHEME = /^(?:about|blob|chrome|data|devtools|edge|file|filesystem|ftp|javascript|vbscript|view-source|wss?):$/;

/** Whether a page of ours opens an address: https, http on this device, an app of the client. */
export function opens(address, native) {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (protocol === 'https:') return true;
  if (protocol === 'http:') return isLoopbackHost(hostname);
  return native && !BROWSER_SCHEME.test(protocol);
}

/** What a user reads of an address: the host name, or an app's address without its parameters. */
export function hostOf(address) {
  const { host, protocol } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? host : address.split(/[?#]/, 1)[0];
}

/**
 * Whether an answer of the engine to a request stops at our page: an error of a client that nobody here
 * entered, without a session. `prompt=none` without a session is `login_required`,
 * which clients ask for from hidden frames (OIDC Core 3.1.2.6).
 */
export function stopsHere(answer, visitor) {
  if (answer.failed === undefined || visitor.login !== undefined) return false;
  if (answer.silent && answer.failed === 'login_required') return false;
  return trustOf(answer.client.clientId).registration !== 'managed';
}

/** What the page says of the client at an address. */
const about = (client, address) => ({
  client: { name: client.clientName || client.clientId }, verified: trustOf(client.clientId).verified, native: isNativeAddress(address),
});

/** The page for an error of the engine, in whatever way the client would get it. */
export function errorPage({ failed, client, locales }, { to: location, form: { action, fields } = {} }) {
  return { why: 'error', error: failed, ...about(client, location ?? action), locales, location, action, fields };
}

/** The page after a logout. */
export function signedOutPage(client, location, locales) {
  return { why: 'signed_out', ...about(client, location), locales, location };
}

/** Stores the page of a way out for its browser, and returns the destination that leads there. */
export function leaveTo(site, realm, visitor, page) {
  const id = site.leave.put(page, visitor.browser);
  return { to: `${site.origin}${realm.prefix}/oauth/leave/${id}`, intermediate: true };
}
