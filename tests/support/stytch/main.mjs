// Serves the stand-in for the demo: `node tests/support/stytch/main.mjs`. COUNTERSIGN_STYTCH_PORT is its own port,
// COUNTERSIGN_STYTCH_TLS_PORT the one with TLS, COUNTERSIGN_PORT the site's, COUNTERSIGN_CLIENT_PORT the client's.
// COUNTERSIGN_STYTCH_APP is the authorization page of an app of one's own, in the place of the site's.
import { listenHttp, listenTls } from './listen.mjs';
import { demoStandIn } from './demo.mjs';

const portOf = (name, fallback) => Number(process.env[name] || fallback);
const ports = { COUNTERSIGN_STYTCH_PORT: portOf('COUNTERSIGN_STYTCH_PORT', 4402), COUNTERSIGN_STYTCH_TLS_PORT: portOf('COUNTERSIGN_STYTCH_TLS_PORT', 4406) };
const standIn = demoStandIn({
  site: portOf('COUNTERSIGN_PORT', 4400), client: portOf('COUNTERSIGN_CLIENT_PORT', 4401), app: process.env.COUNTERSIGN_STYTCH_APP || undefined,
});
const handle = (request) => standIn.handle(request);

const opened = (listen, name) => listen(handle, ports[name]).catch((error) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${ports[name]} is taken. Set ${name} to a free one.` : error.message);
  process.exit(1);
});
// The plain port last: the next program starts when it listens.
const tls = await opened(listenTls, 'COUNTERSIGN_STYTCH_TLS_PORT');
const server = await opened(listenHttp, 'COUNTERSIGN_STYTCH_PORT');
console.log(`Stand-in for Stytch: http://localhost:${server.port}, https://localhost:${tls.port}`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => Promise.all([server.close(), tls.close()]).then(() => process.exit(0)));
