/** Serves a handler over HTTP, on this machine only. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { toNodeHandler } from '../../../server/node/src/node.ts';

const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

async function bind(port, host) {
  // With Node's limit of 16 KiB for all headers, a long request gets a bare 431.
  const server = createServer({ maxHeaderSize: 65_536 });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

/** Both loopback addresses, because `localhost` may be either. */
async function bindAll(port) {
  const first = await bind(port, '127.0.0.1');
  try {
    return [first, await bind(first.address().port, '::1')];
  } catch (error) {
    if (NO_SUCH_ADDRESS.has(error.code)) return [first];
    first.close();
    throw error;
  }
}

/**
 * Listens on `localhost`, with a handler of `node:http`.
 *
 * @param port 0 for any free one
 * @param make gets the origin, which contains the port, and makes the handler
 * @returns {Promise<{origin: string, close: () => Promise<void>}>}
 */
export async function listenNode(port, make) {
  const servers = await bindAll(port);
  const origin = `http://localhost:${servers[0].address().port}`;
  const close = () => Promise.all(servers.map((server) => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    return closed;
  }));
  const ready = make(origin);
  for (const server of servers) {
    server.on('request', (req, res) => {
      // Who comes early waits.
      if (req.headers.host === new URL(origin).host) ready.then((handle) => handle(req, res), () => res.destroy());
      // Against DNS rebinding.
      else res.writeHead(421, { 'Content-Type': 'text/plain' }).end(`This is another address. Open ${origin} instead.`);
    });
  }
  await ready.catch(async (error) => {
    await close();
    throw error;
  });
  return { origin, close };
}

/** The same with a handler of Fetch requests. */
export const listen = (port, make) => listenNode(port, async (origin) => toNodeHandler(await make(origin), { origin }));
