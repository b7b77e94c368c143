/** Which part of a redirect address's host somebody registered, by the public-suffix list (npm `tldts`). */
import { getDomain } from 'tldts';

/**
 * The registrable domain, as the address writes it (punycode), or `undefined` where the host is none: an
 * IP address, this machine, a private scheme. Whoever hands out names below their own (`github.io`) counts
 * as a public suffix, since each of those names is somebody else's.
 */
export function registrableDomain(address) {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return getDomain(hostname, { allowPrivateDomains: true }) ?? undefined;
}
