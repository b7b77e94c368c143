/** The registrable domain of a redirect address. */
import { registrableDomain as domainOf } from '../../../server/node/src/domains.ts';

/** As the kit has it of a host name; `undefined` for private schemes, too. */
export function registrableDomain(address) {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? domainOf(hostname) : undefined;
}
