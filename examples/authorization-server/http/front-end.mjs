/**
 * Pages of a front end that runs as a server of its own, as they do in development and with frameworks: this server stands before it, so that
 * pages and API are one site.
 */
import { connect } from 'node:net';

/** Headers of one connection, or that are made anew. */
const OWN = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-encoding', 'content-length', 'date', 'cache-control']);

/** What the front end answers to a GET, passed on. A policy of its own (a nonce, a network for files) takes the place of ours. */
export async function sendFrontEnd(site, req, res) {
  const kept = ['accept', 'accept-language', 'cookie', 'rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-url'].filter((name) => req.headers[name] !== undefined);
  const headers = Object.fromEntries(kept.map((name) => [name, req.headers[name]]));
  let answer;
  try {
    answer = await fetch(new URL(req.url, site.frontEnd.origin), { method: req.method, headers, redirect: 'manual' });
  } catch {
    return false;
  }
  res.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    if (!OWN.has(name) && name !== 'set-cookie') res.setHeader(name, value);
  }
  res.setHeader('Cache-Control', answer.headers.get('cache-control') ?? 'no-store');
  for (const cookie of answer.headers.getSetCookie()) res.appendHeader('Set-Cookie', cookie);
  res.end(Buffer.from(await answer.arrayBuffer()));
  return true;
}

/** Whether the front end has this page. */
export const servesPage = (site, page) => site.frontEnd?.pages.includes(page) ?? false;

/** A WebSocket of the front end's (development tools have one), passed on as it is. */
export function passUpgrade(site, req, socket, head) {
  const { hostname, port } = new URL(site.frontEnd?.origin ?? site.origin);
  const same = req.headers.host === new URL(site.origin).host && req.headers.origin === site.origin;
  if (!site.frontEnd || !same) {
    socket.destroy();
    return;
  }
  const behind = connect({ host: hostname, port: Number(port) }, () => {
    const headers = { ...req.headers, host: `${hostname}:${port}`, origin: site.frontEnd.origin };
    delete headers.cookie;
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    behind.write(`GET ${req.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    behind.write(head);
    behind.pipe(socket).pipe(behind);
  });
  for (const [one, other] of [[behind, socket], [socket, behind]]) one.on('error', () => other.destroy());
  socket.on('close', () => behind.destroy());
}
