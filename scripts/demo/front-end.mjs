// An app of one's own before the demo's server: the options that name its development server.
import { notOfDevelopment } from '../../examples/authorization-server/http/development.mjs';
import { Stop } from '../lib/say.mjs';
import { backends } from './backends.mjs';
import { answers } from './ports.mjs';

const PAGES = ['authorization', 'login'];
const list = (names) => new Intl.ListFormat('en').format(names);

/** `{ origin, pages }` by the texts of the options. */
export function frontEnd(address, names = 'authorization') {
  const why = notOfDevelopment(address);
  if (why) throw new Stop(`--front-end takes the address of your development server, such as http://localhost:5173, and "${address}" ${why}.`);
  const pages = names.split(',').map((name) => name.trim());
  const unknown = pages.find((name) => !PAGES.includes(name));
  if (unknown !== undefined) throw new Stop(`Your app has no page "${unknown}" of the demo's: --pages takes ${list(PAGES)}, with commas between them.`);
  return { origin: new URL(address).origin, pages };
}

const portOf = (origin) => Number(new URL(origin).port || 80);

/** The demo with pages from a development server that the user starts. */
export const beforeOwn = ({ origin, pages }) => ({
  ports: ['site', 'client'],
  check({ site, client }) {
    if ([site, client].includes(portOf(origin))) throw new Stop(`${origin} is where the demo itself will be: give your development server another port, or the demo, with COUNTERSIGN_PORT and COUNTERSIGN_CLIENT_PORT.`);
  },
  programs(ports) {
    const behind = { COUNTERSIGN_FRONT_END: origin, COUNTERSIGN_FRONT_END_PAGES: pages.join(','), COUNTERSIGN_FRONT_END_DEVELOPMENT: '1' };
    return backends.countersign.programs(ports).map((program) => ({ ...program, env: { ...program.env, ...behind } }));
  },
  message: (ports) => `${backends.countersign.message(ports)}
From ${origin} the site has ${list(pages.map((name) => `the ${name} page`))}, and every file that it does not have itself.
Look at your app at the site, and not at its own address.`,
  /** A sentence if the development server does not run yet. */
  warning: async () => (await answers(portOf(origin)) ? undefined : `Nothing answers at ${origin} yet: start your development server.`),
});
