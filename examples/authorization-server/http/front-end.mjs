/**
 * Pages of a front end that runs as a server of its own, as in development and with frameworks.
 * This server stands in front of it, so that pages and API are one site. The front end gets no
 * cookie and no credential of a browser, and cannot set or clear any.
 */
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loosened } from './development.mjs';
import { readTarget } from './target.mjs';

/** The request headers that the front end needs to choose its answer. */
const REQUEST_HEADERS = ['accept', 'accept-language', 'rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-router-segment-prefetch', 'next-url'];
/**
 * The response headers that are passed on. None of them acts on the whole origin, as cookies,
 * `Clear-Site-Data`, CORS and HSTS do.
 */
const ANSWER_HEADERS = /^(content-(type|language|security-policy)|etag|last-modified|link|vary|x-nextjs-.*)$/;

const UPGRADE_HEADERS = ['upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-protocol', 'sec-websocket-extensions'];
const UPGRADE_ANSWER_HEADERS = ['upgrade', 'connection', 'sec-websocket-accept', 'sec-websocket-protocol', 'sec-websocket-extensions'];

const pick = (headers, names) => Object.fromEntries(names.filter((name) => headers[name] !== undefined).map((name) => [name, headers[name]]));

/**
 * The front end's address for a request, or `undefined`. The setters cannot change the authority,
 * whatever the target is.
 */
function addressBehind(site, req) {
  const target = readTarget(req.url);
  if (target === undefined) return undefined;
  const address = new URL(site.frontEnd.origin);
  address.pathname = target.path;
  address.search = target.search;
  return address;
}

/**
 * Passes a redirect on and never follows it. A redirect within the front end becomes one within
 * this site.
 */
function passLocation(site, res, address, location) {
  if (location === null || !URL.canParse(location, address)) return;
  const url = new URL(location, address);
  res.setHeader('Location', url.origin === address.origin ? site.origin + url.pathname + url.search + url.hash : url.href);
}

const hasBody = ({ method }) => method !== 'GET' && method !== 'HEAD';

/** The front end's answer, or `undefined`. It ends when nobody waits for it any longer. */
async function ask(site, req, res, address) {
  const given = new AbortController();
  res.once('close', () => given.abort());
  const headers = pick(req.headers, hasBody(req) ? [...REQUEST_HEADERS, 'content-type'] : REQUEST_HEADERS);
  const body = hasBody(req) ? { body: Readable.toWeb(req), duplex: 'half' } : {};
  try {
    return await fetch(address, { method: req.method, headers, ...body, redirect: 'manual', signal: given.signal });
  } catch {
    return undefined;
  }
}

/**
 * Answers with the front end's answer. Its own policy (a nonce, a CDN) replaces ours; a development
 * server's page without one gets ours, loosened. Resolves to `false` if there is no answer.
 */
export async function sendFrontEnd(site, req, res) {
  const address = addressBehind(site, req);
  const answer = address && await ask(site, req, res, address);
  if (answer === undefined) return false;
  if (site.frontEnd.development) res.setHeader('Content-Security-Policy', loosened(res.getHeader('Content-Security-Policy')));
  res.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (ANSWER_HEADERS.test(name)) res.setHeader(name, value);
  passLocation(site, res, address, answer.headers.get('location'));
  res.setHeader('Cache-Control', answer.headers.get('cache-control') ?? 'no-store');
  // As it comes: an answer may be a stream of events. Whoever leaves early has ended it.
  if (answer.body) await pipeline(Readable.fromWeb(answer.body), res).catch(() => res.destroy());
  else res.end();
  return true;
}

/** Whether a call that is no GET goes to the front end: those of a development server's own pages do. */
export const takesCall = (site, req) => site.frontEnd?.development === true && req.headers.origin === site.origin;

/** Whether the front end has a page. */
export const servesPage = (site, page) => site.frontEnd?.pages.includes(page) ?? false;

/** Connects both sockets after the front end has accepted the upgrade. */
function join(socket, head, answer, behind, first) {
  const lines = Object.entries(pick(answer.headers, UPGRADE_ANSWER_HEADERS)).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
  socket.write(first);
  behind.write(head);
  behind.on('error', () => socket.destroy()).on('close', () => socket.destroy());
  socket.on('close', () => behind.destroy());
  behind.pipe(socket).pipe(behind);
}

/** Passes a WebSocket of this site's pages on to the front end, whose development tools need it. */
export function passUpgrade(site, req, socket, head) {
  socket.on('error', () => socket.destroy());
  const same = req.headers.host === new URL(site.origin).host && req.headers.origin === site.origin;
  if (!site.frontEnd || !same) {
    socket.destroy();
    return;
  }
  const address = addressBehind(site, req);
  if (address === undefined) {
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const request = address.protocol === 'https:' ? overHttps : overHttp;
  request(address, { headers: { ...pick(req.headers, UPGRADE_HEADERS), origin: site.frontEnd.origin } })
    .on('upgrade', (answer, behind, first) => join(socket, head, answer, behind, first))
    .on('response', () => socket.destroy())
    .on('error', () => socket.destroy())
    .end();
}
