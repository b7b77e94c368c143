/** The demo's server, as the check sees it: alone, or behind a proxy that makes it wrong on purpose. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createAuthorizationServer } from '../../examples/authorization-server/server.mjs';
import { loadSource } from '../../server/node/src/check/contract.ts';
import { checkServer } from '../../server/node/src/check/index.ts';
import { keys } from '../server/harness.mjs';
import { startProxy } from './proxy.mjs';
import { signedRequest } from './signed.mjs';

export const CONFIG = fileURLToPath(new URL('../../examples/authorization-server/check.json', import.meta.url));
const BUILT = fileURLToPath(new URL('../server/built', import.meta.url));

/** The example's config, as it is in the file. */
export const example = () => JSON.parse(readFileSync(CONFIG, 'utf8'));

export const source = await loadSource();

/** Many runs share a server, and each leaves open requests. */
const LIMITS = { most: 1_000_000, perBrowser: 10_000, perAddress: 1_000_000, perAccount: 1_000_000, registrations: 100_000 };

/** Starts the demo's server. `options` are its own. */
export async function startDemo(test, options = {}) {
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  clock.advance = (seconds) => { ahead += seconds * 1000; };
  const server = createAuthorizationServer({ port: 0, dist: BUILT, clock, keys, limits: LIMITS, ...options });
  const origin = await server.listen();
  test.after(() => server.close());
  return { origin, clock, server };
}

/** The demo's server behind a proxy, whose `mutation` can be set. */
export async function startFaulty(test) {
  const proxy = await startProxy(test);
  const { server, clock } = await startDemo(test, { origin: proxy.origin });
  proxy.forwardTo(server.port);
  return { origin: proxy.origin, clock, proxy };
}

/** The config for a server whose clock can be moved, with a signed request of a client of its own. */
export async function completeConfig({ origin, clock }) {
  return { ...example(), signed: await signedRequest(origin), expire: async () => clock.advance(31 * 60) };
}

/** Runs checks with the example's config, or another one. */
export function check(origin, { config = example(), ...options } = {}) {
  return checkServer({ origin, config, ...options });
}

/** The ids of the checks that ended in one of these ways, in the order of the run. */
export const idsOf = ({ ended }, ...states) => ended.filter(({ state }) => states.includes(state)).map(({ check: { id } }) => id);
