// Better Auth as a host of the checks. Its database can stop to work.
import { createSite, emptyDatabase } from '../../../examples/engines/better-auth/server.mjs';

const down = { enumerable: true, configurable: true, get() { throw new Error('The database is down.'); } };

export async function startBetterAuth(options) {
  const database = emptyDatabase();
  const site = await createSite({ database, registers: true, logger: { disabled: true }, ...options });
  let kept = {};

  // The tables of the people still work: the host knows who is signed in.
  function setDown(isDown) {
    for (const [name, value] of Object.entries(kept)) Object.defineProperty(database, name, { enumerable: true, configurable: true, writable: true, value });
    kept = {};
    if (!isDown) return;
    for (const name of Object.keys(database).filter((one) => one.startsWith('oauth'))) {
      kept[name] = database[name];
      Object.defineProperty(database, name, down);
    }
  }
  return { ...site, name: 'Better Auth', openid: true, headers: {}, setDown };
}
