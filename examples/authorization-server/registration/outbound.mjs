/**
 * Calls to addresses that strangers name (SSRF). The name is resolved, all of its addresses are
 * checked, and the connection goes to a checked address: nothing is resolved twice.
 */
import { lookup } from 'node:dns/promises';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP } from 'node:net';
import { isLoopbackHost } from './addresses.mjs';
import { isLoopbackAddress, isPublicAddress } from './network.mjs';

/** Why nothing came back, as a sentence. */
export class OutboundFault extends Error {}

/** What an address may be: public, or this machine if the URL names it and the host allows it. */
function rule({ hostname }, loopback) {
  if (!isLoopbackHost(hostname)) return isPublicAddress;
  return loopback ? isLoopbackAddress : () => false;
}

/** A `lookup` for one connection, which gives only checked addresses. */
function checkedLookup(resolve, accepts) {
  return (hostname, options, done) => {
    resolve(hostname, { all: true }).then((found) => {
      if (found.length === 0 || !found.every(({ address }) => accepts(address))) throw new OutboundFault('the host is not on the public network');
      if (options.all) done(null, found);
      else done(null, found[0].address, found[0].family);
    }).catch(done);
  };
}

function send(url, accepts, { resolve, signal, ca }) {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !accepts(literal)) throw new OutboundFault('the host is not on the public network');
  const options = {
    // No connection is shared, and no redirect followed. There is nothing to unpack.
    agent: false,
    lookup: checkedLookup(resolve, accepts),
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'countersign' },
    signal,
    ca,
  };
  return new Promise((done, fail) => {
    (url.protocol === 'https:' ? overHttps : overHttp)(url, options, done).on('error', fail).end();
  });
}

async function readBody(response, maximum) {
  const chunks = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maximum) {
      response.destroy();
      throw new OutboundFault('the answer is too long');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Fetches an https address (by http only on this machine) with a GET.
 *
 * @param options `maximum` bytes, `milliseconds` for all of it, `loopback` (whether this machine
 *   may be called), `resolve` (as `lookup` of `node:dns/promises`), `ca` (the certificates of the
 *   host's own authorities, in the place of the usual ones)
 * @returns `{ status, headers, body }`; the body of another status than 200 is not read
 */
export async function fetchOutside(address, { maximum, milliseconds, loopback = false, resolve = lookup, ca }) {
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) throw new OutboundFault('the address is not https');
  const signal = AbortSignal.timeout(milliseconds);
  try {
    const response = await send(url, rule(url, loopback), { resolve, signal, ca });
    const { statusCode: status, headers } = response;
    if (status === 200) return { status, headers, body: await readBody(response, maximum) };
    response.destroy();
    return { status, headers, body: Buffer.alloc(0) };
  } catch (error) {
    if (error instanceof OutboundFault) throw error;
    throw new OutboundFault(signal.aborted ? 'the answer took too long' : 'nothing came back', { cause: error });
  }
}
