// Servers of this machine under https names of their own, as behind a server that ends TLS.
import { request } from 'node:http';
import { createServer } from 'node:https';
import { generate } from 'selfsigned';

/** A key and a certificate for these host names, which is its own authority. `validity` has other dates than the usual ones. */
export async function certificateFor(hosts, validity = {}) {
  const names = hosts.map((value) => ({ type: 2, value }));
  const { private: key, cert } = await generate([{ name: 'commonName', value: hosts[0] }], {
    ...validity, keySize: 2048, algorithm: 'sha256', extensions: [{ name: 'basicConstraints', cA: true }, { name: 'subjectAltName', altNames: names }],
  });
  return { key, cert };
}

/**
 * Passes what comes to each host on to a port of this machine.
 *
 * @param hosts their names
 * @returns `port`; `targets`, the port of each host name, to be set; `close`
 */
export async function endTls(hosts) {
  const targets = {};
  const server = createServer(await certificateFor(hosts), (incoming, outgoing) => {
    const port = targets[incoming.headers.host];
    if (port === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    const passed = request({ host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  server.unref();
  return { port: server.address().port, targets, close: () => { server.close(); server.closeAllConnections(); } };
}
