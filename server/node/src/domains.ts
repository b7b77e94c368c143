/**
 * `countersign/server/domains`: registrable domains by the public-suffix list, which npm `tldts` has. It is an entry of its own because
 * the list is larger than the kit.
 */
import { getDomain } from 'tldts';

/**
 * For `describe`: the registrable domain of a host name, in punycode as in the address, or `undefined` for an IP address, this
 * machine and a public suffix itself. A domain whose owner gives out names below it (`github.io`) is a public suffix, because each of
 * those names belongs to somebody else.
 */
export const registrableDomain = (host: string): string | undefined => getDomain(host, { allowPrivateDomains: true }) ?? undefined;
