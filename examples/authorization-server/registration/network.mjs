/** Which addresses of the internet protocol a server may call for a stranger: public ones alone. */
import { BlockList, isIP } from 'node:net';

/** The blocks of IPv4 that are no public addresses (IANA special-purpose registry, RFC 6890). */
const SPECIAL_IPV4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24',
  '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
];
/** Public addresses of IPv6 are in this block, and not in those below it. */
const GLOBAL_IPV6 = ['2000::/3'];
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

function blocks(list, family) {
  const found = new BlockList();
  for (const [network, bits] of list.map((block) => block.split('/'))) found.addSubnet(network, Number(bits), family);
  return (address) => found.check(address, family);
}

const isSpecial4 = blocks(SPECIAL_IPV4, 'ipv4');
const isGlobal6 = blocks(GLOBAL_IPV6, 'ipv6');
const isSpecial6 = blocks(SPECIAL_IPV6, 'ipv6');
const isLoopback4 = blocks(['127.0.0.0/8'], 'ipv4');
const isLoopback6 = blocks(['::1/128'], 'ipv6');

/** An address without the zone of its interface. */
const plain = (address) => address.split('%', 1)[0];

/** Whether an address is a public one. IPv4 inside IPv6, in whatever form, is not. */
export function isPublicAddress(address) {
  const family = isIP(address);
  if (family === 4) return !isSpecial4(address);
  return family === 6 && isGlobal6(plain(address)) && !isSpecial6(plain(address));
}

/** Whether an address is this machine. */
export function isLoopbackAddress(address) {
  const family = isIP(address);
  return (family === 4 && isLoopback4(address)) || (family === 6 && isLoopback6(plain(address)));
}
