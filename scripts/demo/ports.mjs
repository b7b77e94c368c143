// The ports of the demo: set by environment variables, checked before the build.
import { connect, createServer } from 'node:net';
import { Stop } from '../lib/say.mjs';

function port(name, otherwise) {
  const text = process.env[name] || String(otherwise);
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value < 1 || value > 65535) throw new Stop(`${name} must be a port number from 1 to 65535, and is "${text}".`);
  return value;
}

const VARIABLES = { site: ['COUNTERSIGN_PORT', 4400], client: ['COUNTERSIGN_CLIENT_PORT', 4401], stytch: ['COUNTERSIGN_STYTCH_PORT', 4402], tls: ['COUNTERSIGN_STYTCH_TLS_PORT', 4406], host: ['COUNTERSIGN_HOST_PORT', 4403], hydra: ['COUNTERSIGN_HYDRA_PORT', 4404], admin: ['COUNTERSIGN_HYDRA_ADMIN_PORT', 4405], docs: ['COUNTERSIGN_DOCS_PORT', 4410] };

/** The port numbers of a demo, by use. Stops if two are the same. */
export function demoPorts(wanted = ['site', 'client']) {
  const ports = {};
  for (const name of wanted) {
    const [variable, otherwise] = VARIABLES[name];
    const value = port(variable, otherwise);
    const [same] = Object.entries(ports).find(([, other]) => other === value) ?? [];
    if (same) throw new Stop(`${VARIABLES[same][0]} and ${variable} are both ${value}: give each its own.`);
    ports[name] = value;
  }
  return ports;
}

/** Stops unless every port is free. */
export async function checkPorts(ports) {
  for (const [name, number] of Object.entries(ports)) await checkFree(number, VARIABLES[name][0]);
}

function refuses(number, host) {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has no ::1 to be taken.
    server.once('error', (error) => resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT' ? null : error.code));
    server.listen({ port: number, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** Stops if the port is in use. `variable` is the environment variable that sets another one. */
export async function checkFree(number, variable) {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await refuses(number, host);
    const otherwise = variable ? `, or choose another with ${variable}` : '';
    if (code === 'EACCES') throw new Stop(`Port ${number} may not be used by this user: run this as one who may${otherwise}.`);
    if (code) throw new Stop(`Port ${number} is taken: stop what listens there${otherwise}.`);
  }
}

/** Whether something on this machine accepts connections at a port. */
export const answers = (number) => new Promise((resolve) => {
  const socket = connect({ port: number, host: 'localhost' });
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  socket.once('connect', () => socket.destroy());
});

/** Resolves when the port accepts connections, or when `givenUp` returns true. */
export async function listening(number, givenUp) {
  while (!givenUp()) {
    if (await answers(number)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
