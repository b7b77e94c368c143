// People with a browser at the cluster.
import { newQuery } from '../../../scripts/cluster/memory.mjs';
import { PROCESS } from '../../../scripts/cluster/proxy.mjs';
import { sessionOf } from '../../../scripts/cluster/sessions.mjs';
import { Browser } from '../../engines/support/browser.mjs';
import { registerClient } from '../../engines/support/client.mjs';
import { HydraBrowser } from '../../engines/support/hydra.mjs';

/** Sends a call to one process. */
export const to = ({ name }) => ({ [PROCESS]: name });

/** The process that has answered. */
export const answeredBy = ({ kits }, { headers }) => kits.find(({ name }) => name === headers.get(PROCESS));

/** A browser with a session. Where Hydra is the engine, it follows Hydra. */
export async function visitor(cluster) {
  const browser = cluster.admin ? new HydraBrowser(cluster) : new Browser(cluster);
  browser.keep((await sessionOf()).join('='));
  return browser;
}

/** A request of a client, and what the client gets for an answer: tokens of Hydra, and of the engine in memory the code. */
export async function asking(cluster, more = {}) {
  if (cluster.admin) {
    const client = await registerClient(cluster);
    const request = await client.request(more);
    return { request, redeem: async (address) => (await client.tokens(request, address)).scope.split(' ').sort() };
  }
  return { request: { query: newQuery() }, redeem: async (address) => new URL(address).searchParams.get('code') };
}

/** A browser at its card, and who has shown it. */
export async function atCard(cluster, headers) {
  const [browser, { request, redeem }] = [await visitor(cluster), await asking(cluster)];
  const shown = await browser.start(request, headers);
  if (shown.body.outcome !== 'consent') throw new Error(`There is no card: ${shown.status} ${JSON.stringify(shown.body)}`);
  return { browser, request, redeem, card: shown.body, shown };
}

/** A decision whose answer is not followed. */
export const decide = (browser, card, options) => (browser.submitOnly ? browser.submitOnly(card, options) : browser.submit(card, options));
