// Better Auth as a host of the checks. Its database can stop to work.
import { createSite, emptyDatabase } from '../../../examples/engines/better-auth/server.mjs';

export async function startBetterAuth(options) {
  let down = false;
  const tables = emptyDatabase();
  const database = new Proxy(tables, {
    get(target, name) {
      // The tables of the people still work: the host knows who is signed in.
      if (down && String(name).startsWith('oauth')) throw new Error('The database is down.');
      return target[name];
    },
  });
  const site = await createSite({ database, registers: true, ...options });
  return { ...site, name: 'Better Auth', openid: true, headers: {}, setDown(value) { down = value; } };
}
