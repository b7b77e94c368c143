/** Starts a site of the demo at the ports of the environment. */
import { clients, realms } from '../../relying-party/clients.mjs';

/** A port of the environment. */
export function portFrom(name, otherwise) {
  const text = process.env[name] || String(otherwise);
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port > 0 && port < 65_536) return port;
  console.error(`${name} must be a port number from 1 to 65535, and is "${text}".`);
  return process.exit(1);
}

/** The clients of the demo that an administrator registers; `origin` is that of the demo's client. */
export const registered = (origin) => clients.filter(({ registers, document }) => !registers && !document)
  .map(({ id, name, secret }) => ({ id, name, secret, redirectUri: origin + realms.consumer.callback, signedOutUri: `${origin}/signed-out` }));

export async function start(name, createSite) {
  const port = portFrom('COUNTERSIGN_PORT', 4400);
  const client = `http://localhost:${portFrom('COUNTERSIGN_CLIENT_PORT', 4401)}`;
  // Clients may register themselves only if whoever starts it says so: the check needs some that nobody has allowed anything yet.
  const registers = process.env.COUNTERSIGN_REGISTERS === '1';
  const site = await createSite({ port, clients: registered(client), registers }).catch((error) => {
    console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken. Set COUNTERSIGN_PORT to a free one.` : error);
    process.exit(1);
  });
  console.log(`${name}, with the kit in front: ${site.origin}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => site.close().then(() => process.exit(0)));
}
