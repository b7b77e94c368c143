/**
 * Starts the authorization server. `COUNTERSIGN_PORT` and `COUNTERSIGN_CLIENT_PORT` are the ports.
 * `COUNTERSIGN_ORIGIN` is the site's address if another server is in front of this one.
 * `COUNTERSIGN_FRONT_END` is the address of a server behind this one that has the pages listed in
 * `COUNTERSIGN_FRONT_END_PAGES` (default: `authorization`). With `COUNTERSIGN_FRONT_END_DEVELOPMENT=1` it
 * is a development server on this machine, whose pages get a looser policy. With
 * `COUNTERSIGN_KEEP_QUERIES=1` the queries of requests are kept here, for a front end whose router rewrites them.
 */
import { looseningTold, notOfDevelopment } from './http/development.mjs';
import { createAuthorizationServer } from './server.mjs';

function portFrom(name, fallback) {
  const text = process.env[name] || String(fallback);
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  console.error(`${name} must be a port number from 1 to 65535, and is "${text}".`);
  return process.exit(1);
}

const port = portFrom('COUNTERSIGN_PORT', 4400);
const frontEnd = process.env.COUNTERSIGN_FRONT_END || undefined;
const development = process.env.COUNTERSIGN_FRONT_END_DEVELOPMENT === '1';
const hindrance = development ? notOfDevelopment(frontEnd ?? '') : undefined;
if (hindrance) {
  console.error(`COUNTERSIGN_FRONT_END is "${frontEnd ?? ''}", which ${hindrance}.`);
  process.exit(1);
}
const elsewhere = development && process.env.COUNTERSIGN_ORIGIN ? notOfDevelopment(process.env.COUNTERSIGN_ORIGIN) : undefined;
if (elsewhere) {
  console.error(`COUNTERSIGN_ORIGIN is "${process.env.COUNTERSIGN_ORIGIN}", which ${elsewhere}. The policy for development is for this machine alone.`);
  process.exit(1);
}
const server = createAuthorizationServer({
  port,
  clientPort: portFrom('COUNTERSIGN_CLIENT_PORT', 4401),
  origin: process.env.COUNTERSIGN_ORIGIN || undefined,
  frontEnd: frontEnd && { origin: frontEnd, pages: (process.env.COUNTERSIGN_FRONT_END_PAGES || 'authorization').split(','), development },
  keepQueries: process.env.COUNTERSIGN_KEEP_QUERIES === '1',
});

try {
  console.log(`Site and authorization server: ${await server.listen()}`);
  if (development) console.log(`The policy of pages from ${frontEnd} is loosened, for development only:\n${looseningTold()}`);
} catch (error) {
  console.error(error.code === 'EADDRINUSE'
    ? `Port ${port} is taken. Stop what listens there, or choose another with COUNTERSIGN_PORT.`
    : `The authorization server could not start: ${error.message}`);
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await server.close();
    process.exit(0);
  });
}
