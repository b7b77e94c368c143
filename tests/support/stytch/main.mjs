// Serves the stand-in for the demo: `node tests/support/stytch/main.mjs`. COUNTERSIGN_STYTCH_PORT
// is its own port, COUNTERSIGN_PORT the site's, COUNTERSIGN_CLIENT_PORT the client's.
import { listenHttp } from './listen.mjs';
import { demoStandIn } from './demo.mjs';

const portOf = (name, fallback) => Number(process.env[name] || fallback);
const port = portOf('COUNTERSIGN_STYTCH_PORT', 4402);
const standIn = demoStandIn({ site: portOf('COUNTERSIGN_PORT', 4400), client: portOf('COUNTERSIGN_CLIENT_PORT', 4401) });
const server = await listenHttp((request) => standIn.handle(request), port).catch((error) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken. Set COUNTERSIGN_STYTCH_PORT to a free one.` : error.message);
  process.exit(1);
});
console.log(`Stand-in for Stytch: http://localhost:${server.port}`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close().then(() => process.exit(0)));
