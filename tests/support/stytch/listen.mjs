// Serves handlers over HTTP or HTTPS, several of them selected by host name.
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { readTarget } from '../../../examples/authorization-server/http/target.mjs';

async function pass(handle, scheme, incoming, outgoing) {
  const target = readTarget(incoming.url);
  if (target === undefined) {
    outgoing.writeHead(404).end();
    return;
  }
  const url = `${scheme}://${incoming.headers.host}${target.path}${target.search}`;
  const answer = await handle({ method: incoming.method, url, headers: incoming.headers, body: await text(incoming) });
  if (answer.never) return;
  if (answer.status === 0) {
    incoming.socket.destroy();
    return;
  }
  outgoing.writeHead(answer.status, answer.headers).end(answer.body);
}

function listening(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address().port));
  });
}

const closing = (server) => () => new Promise((resolve) => {
  server.close(resolve);
  server.closeAllConnections();
});

const guarded = (serve) => (incoming, outgoing) => serve(incoming, outgoing).catch((error) => {
  // A browser that closes the connection is normal; anything else is a fault of the tests.
  if (incoming.destroyed && !incoming.complete) return;
  console.error(error);
  outgoing.destroy();
});

/** Serves one handler over HTTP on this machine. */
export async function listenHttp(handle, port = 0) {
  const server = createHttp(guarded((incoming, outgoing) => pass(handle, 'http', incoming, outgoing)));
  return { port: await listening(server, port, 'localhost'), close: closing(server) };
}

/** A certificate that is made now, and that nobody has signed. */
async function certificate(name, altNames) {
  const extensions = altNames && [{ name: 'subjectAltName', altNames }];
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], { keySize: 2048, algorithm: 'sha256', extensions });
  return { key, cert };
}

/** Serves one handler over HTTPS on this machine, with a new certificate: Stytch's SDK calls nothing without TLS. */
export async function listenTls(handle, port = 0) {
  const names = [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }, { type: 7, ip: '::1' }];
  const server = createHttps(await certificate('localhost', names), guarded((incoming, outgoing) => pass(handle, 'https', incoming, outgoing)));
  return { port: await listening(server, port, 'localhost'), close: closing(server) };
}

/** Serves handlers by host name over HTTPS, with a new certificate. */
export async function listenHttps(handlers) {
  const server = createHttps(await certificate('countersign.test'), guarded((incoming, outgoing) => {
    const handle = handlers[new URL(`https://${incoming.headers.host}`).hostname];
    return handle ? pass(handle, 'https', incoming, outgoing) : Promise.resolve(outgoing.writeHead(404).end());
  }));
  return { port: await listening(server, 0, '127.0.0.1'), close: closing(server) };
}
