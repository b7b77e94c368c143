// A small web server of somebody else: a native app's loopback listener, or a foreign page.
import { createServer } from 'node:http';

const ANSWER = '<!doctype html><html lang="en"><title>Listener</title><h1>Received</h1></html>';

/**
 * Listens on a free loopback port.
 *
 * @param {{host?: string, page?: string | ((url: string) => string)}} options the name in its address, and what it answers
 * @returns {Promise<{origin: string, received: () => Promise<{method: string, url: URL, body: string}>, close: () => Promise<void>}>}
 *   `received` gives the requests one after the other, oldest first, waiting where there is none yet
 */
export async function listen({ host = '127.0.0.1', page = ANSWER } = {}) {
  const arrived = [];
  const waiting = [];
  let origin;
  const server = createServer(async (request, response) => {
    if (request.url.startsWith('/favicon')) {
      response.writeHead(204).end();
      return;
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const taken = { method: request.method, url: new URL(request.url, origin), body };
    if (waiting.length > 0) waiting.shift()(taken);
    else arrived.push(taken);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(typeof page === 'function' ? page(request.url) : page);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A test that fails before it closes this must not keep its file from ending.
  server.unref();
  origin = `http://${host}:${server.address().port}`;
  return {
    origin,
    received: () => (arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((resolve) => { waiting.push(resolve); })),
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
