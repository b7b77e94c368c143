/** The registrable domain of a redirect address, by the public-suffix list (npm `tldts`). */
import { getDomain } from 'tldts';

/**
 * The registrable domain in punycode, as in the address, or `undefined` for an IP address, this
 * machine and private schemes. A domain whose owner gives out names below it (`github.io`) is a
 * public suffix, because each of those names belongs to somebody else.
 */
export function registrableDomain(address) {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return getDomain(hostname, { allowPrivateDomains: true }) ?? undefined;
}
