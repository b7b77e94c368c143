// The cluster: processes of both kits behind one name, on one store, in front of two processes of Ory Hydra on one PostgreSQL.
import { SCOPES } from '../../examples/engines/site/describe.mjs';
import { listen } from '../../examples/engines/site/listen.mjs';
import { startPostgres, startRedis } from '../../tests/stores/support/programs.mjs';
import { inRoot } from '../lib/root.mjs';
import { startHydras } from './hydra.mjs';
import { processOf } from './processes.mjs';
import { startProxy } from './proxy.mjs';
import { accountOf } from './sessions.mjs';

// Without spaces: between them would be another secret, for the program `countersign-hydra`.
const SECRET = 'the-first-secret-of-the-cluster-which-is-no-secret';
export const STORES = {
  redis: { start: startRedis, address: ({ port }) => `redis://127.0.0.1:${port}` },
  postgres: { start: startPostgres, address: ({ port }) => `postgres://postgres@127.0.0.1:${port}/postgres` },
};

/** The kit in TypeScript, as a process. */
export const TYPESCRIPT = { language: 'typescript', command: process.execPath, args: [inRoot('scripts', 'cluster', 'kit.mjs')] };

/** Closes what was started, the last first. */
function closer() {
  const open = [];
  return {
    add(one) {
      open.push(one);
      return one;
    },
    async close() {
      for (const one of open.splice(0).reverse()) await one.close();
    },
  };
}

/** The site's own network: who is signed in, by the cookies of a browser. */
const startAccounts = () => listen(0, async () => async (request) => {
  const account = await accountOf(request);
  return account ? Response.json(account) : new Response(null, { status: 204 });
});

/**
 * The engine of a cluster: two processes of Ory Hydra on a PostgreSQL of their own, for a site at `origin`.
 *
 * @returns what `startCluster` gets as `engine`, with `close`
 */
export async function startEngine(origin) {
  const all = closer();
  try {
    const database = all.add(await startPostgres());
    const hydras = all.add(await startHydras({ dsn: `postgres://postgres@127.0.0.1:${database.port}/postgres?sslmode=disable`, origin, scopes: SCOPES }));
    return { ...hydras, close: all.close };
  } catch (error) {
    await all.close();
    throw error;
  }
}

/**
 * Starts a cluster. Its kits start with `use`, which names their store, and can be called again.
 *
 * @param {{stores: string[], kits: {language: string, command: string, args?: string[], env?: Function, addressIn?: Function, takes?: Function}[],
 *   hydra?: boolean, port?: number, env?: Record<string, string>}} options the stores (`redis`, `postgres`); the processes of the kits, each a
 *   command that prints its address and takes its settings as `kit.mjs` does, or under the names that `env(settings)` gives them; whether Hydra is the engine, or else one in the memory of
 *   the hosts; the port of the name in front; and more of the environment of each process
 */
export async function startCluster({ stores, kits: commands, hydra = false, port = 0, env = {} }) {
  const all = closer();
  try {
    const targets = [];
    const proxy = all.add(await startProxy({ targets, port }));
    const engine = hydra ? all.add(await startEngine(proxy.origin)) : undefined;
    const accounts = hydra ? all.add(await startAccounts()) : undefined;
    const programs = Object.fromEntries(await Promise.all(stores.map(async (name) => [name, all.add(await STORES[name].start())])));
    const settings = {
      COUNTERSIGN_ORIGIN: proxy.origin, COUNTERSIGN_SECRETS: SECRET,
      ...(engine && { COUNTERSIGN_HYDRA_ADMIN: engine.admin, COUNTERSIGN_HYDRA_ISSUER: engine.issuer, COUNTERSIGN_SIGN_IN_ACCOUNT: accounts.origin }), ...env,
    };
    const kits = commands.map(({ language, ...command }, index) => all.add(processOf({ name: `${language}-${index + 1}`, ...command, env: () => ({ ...settings, ...command.env?.(settings) }) })));
    targets.push(...kits);
    const cluster = { ...engine, origin: proxy.origin, issuer: engine?.issuer ?? proxy.origin, openid: true, headers: {}, secret: SECRET, kits, close: all.close };
    return Object.assign(cluster, {
      /** Starts all kits, on this store. */
      async use(name) {
        cluster.store = programs[name];
        settings.COUNTERSIGN_STORE = STORES[name].address(programs[name]);
        await Promise.all(kits.map((kit) => kit.restart()));
      },
    });
  } catch (error) {
    await all.close();
    throw error;
  }
}
