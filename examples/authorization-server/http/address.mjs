/**
 * The address of a caller, by which limits count. Behind proxies it is in `X-Forwarded-For`, which
 * anybody can write: the host says how many proxies of its own have added to it. The default is none.
 */
import { isIP } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The first 64 bits of an IPv6 address: one line of one household has all of them. */
function network(address) {
  const [head, tail] = address.split('%', 1)[0].split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array(Math.max(missing, 0)).fill('0'), ...after];
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** An address without a port, or `undefined` if it is none. */
function plain(text) {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  const withPort = /^([\d.]+):\d+$/.exec(text)?.[1];
  const address = bracketed ?? withPort ?? text;
  return isIP(address) === 0 ? undefined : address;
}

/** @param proxies how many proxies of the host have added to `X-Forwarded-For` */
export function addressOf(req, proxies = 0) {
  const direct = req.socket.remoteAddress ?? '';
  const list = (req.headers['x-forwarded-for'] ?? '').split(',').map((entry) => entry.trim());
  const forwarded = proxies === 0 ? undefined : plain(list.at(-proxies) ?? '');
  const address = forwarded ?? direct;
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIP(address) === 6 ? network(address) : address;
}
