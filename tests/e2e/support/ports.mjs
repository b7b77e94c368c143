// Free loopback ports.
import { createServer } from 'node:net';

/** So many different ports; all are held at once before any is given away. */
export async function freePorts(count) {
  const holders = await Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = holders.map((server) => server.address().port);
  await Promise.all(holders.map((server) => new Promise((resolve) => { server.close(resolve); })));
  return ports;
}
