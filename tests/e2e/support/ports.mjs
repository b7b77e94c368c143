// Free loopback ports.
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Takes a free port, so that nobody else gets it before `release`. */
export async function holdPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    release: () => new Promise((resolve) => { server.close(resolve); }),
  };
}
