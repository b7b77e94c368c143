// Brings what is missing, builds the site, and serves the demo until Ctrl-C. `--backend stytch` serves it on a stand-in for Stytch's API.
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { build } from './build.mjs';
import { backends } from './demo/backends.mjs';
import { checkPorts, demoPorts } from './demo/ports.mjs';
import { serve } from './demo/serve.mjs';
import { main, step, Stop } from './lib/say.mjs';
import { weigh } from './sizes.mjs';

/** The backend that the command line names. */
function chosenBackend() {
  try {
    return parseArgs({ options: { backend: { type: 'string', default: 'countersign' } } }).values.backend;
  } catch (error) {
    const [what] = error.message.split(/[.\n]/, 1);
    throw new Stop(`${what}; the demo takes --backend ${Object.keys(backends).join(' or --backend ')}, and nothing else.`);
  }
}

await main(async () => {
  const name = chosenBackend();
  if (!Object.hasOwn(backends, name)) throw new Stop(`There is no backend "${name}"; there are ${Object.keys(backends).join(' and ')}.`);
  const backend = backends[name];
  const ports = demoPorts(backend.ports);
  await checkPorts(ports);
  const { env } = await bootstrap();
  await build(env);
  weigh();

  step('starting the servers', 'they listen on this machine only');
  await serve(backend.programs(ports), env, () => console.log(`\n${backend.words(ports)}\n`));
});
