// Brings what is missing, builds the site, and serves the demo until Ctrl-C. `--backend stytch` serves it on a stand-in for Stytch's API.
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { build } from './build.mjs';
import { backends } from './demo/backends.mjs';
import { checkPorts, demoPorts } from './demo/ports.mjs';
import { serve } from './demo/serve.mjs';
import { main, step, Stop } from './lib/say.mjs';
import { weigh } from './sizes.mjs';

await main(async () => {
  const { values } = parseArgs({ options: { backend: { type: 'string', default: 'countersign' } } });
  const backend = backends[values.backend];
  if (!backend) throw new Stop(`There is no backend "${values.backend}"; there are ${Object.keys(backends).join(' and ')}.`);
  const ports = demoPorts(backend.ports);
  await checkPorts(ports);
  const { env } = await bootstrap();
  await build(env);
  weigh();

  step('starting the servers', 'they listen on this machine only');
  await serve(backend.programs(ports), env, () => console.log(`\n${backend.words(ports)}\n`));
});
