// Starts the demo's client: `node examples/relying-party/main.mjs`. COUNTERSIGN_PORT is the port of
// the authorization server's pages, COUNTERSIGN_ISSUER the issuer's address if it differs from
// theirs, COUNTERSIGN_CLIENT_PORT the client's own port, and COUNTERSIGN_CLIENT_WITHOUT what the
// issuer lacks (`openid`, `organizations`).
import { createRelyingParty } from './relying-party.mjs';

function portFrom(name, fallback) {
  const text = process.env[name] || String(fallback);
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65535) {
    throw new Error(`${name} must be a port number from 1 to 65535, not "${text}".`);
  }
  return port;
}

async function start() {
  const port = portFrom('COUNTERSIGN_CLIENT_PORT', 4401);
  const pages = `http://localhost:${portFrom('COUNTERSIGN_PORT', 4400)}`;
  const issuer = process.env.COUNTERSIGN_ISSUER || pages;
  const without = (process.env.COUNTERSIGN_CLIENT_WITHOUT ?? '').split(',');
  const client = await createRelyingParty({ port, issuer, pages, openid: !without.includes('openid'), organizations: !without.includes('organizations') }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken. Set COUNTERSIGN_CLIENT_PORT to a free one.`);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => client.close().then(() => process.exit(0)));
  }
  console.log(`Client: ${client.url}`);
}

start().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
