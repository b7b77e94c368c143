// Brings what is missing, builds the site, and serves the demo until Ctrl-C. `--backend stytch` serves it on a stand-in for Stytch's API;
// `--host react` (or vanilla, nextjs) has the authorization page of an example, which uses the npm package.
import { parseArgs } from 'node:util';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { build, siteSteps } from './build.mjs';
import { backends, hosted } from './demo/backends.mjs';
import { checkPorts, demoPorts } from './demo/ports.mjs';
import { serve } from './demo/serve.mjs';
import { examples, prepareExample } from './hosts.mjs';
import { main } from './lib/main.mjs';
import { plan, step, Stop } from './lib/say.mjs';
import { pack, packageSteps } from './pack.mjs';
import { weigh } from './sizes.mjs';

/** What the command line names: a backend, or an example in front of the demo's own. */
function chosen() {
  try {
    return parseArgs({ options: { backend: { type: 'string' }, host: { type: 'string' } } }).values;
  } catch (error) {
    const [what] = error.message.split(/[.\n]/, 1);
    throw new Stop(`${what}; the demo takes --backend ${Object.keys(backends).join(' or --backend ')}, or --host ${Object.keys(examples).join(', ')}, and nothing else.`);
  }
}

/** One of those that there are. */
function known(kind, name, all) {
  if (!Object.hasOwn(all, name)) throw new Stop(`There is no ${kind} "${name}"; there are ${Object.keys(all).join(' and ')}.`);
  return name;
}

/** Packs the package and puts the example together. */
async function exampleFolder(host, env) {
  await pack(env);
  return prepareExample(host, env);
}

await main(async () => {
  const { backend = 'countersign', host } = chosen();
  known('backend', backend, backends);
  if (host !== undefined) known('host', host, examples);
  if (host !== undefined && backend !== 'countersign') throw new Stop('An example stands in front of the countersign API: give --host or --backend, not both.');
  const ports = demoPorts(host === undefined ? backends[backend].ports : hosted(host).ports);
  await checkPorts(ports);
  plan(toolSteps, siteSteps, host === undefined ? [] : packageSteps, 'serve');
  const { env } = await bootstrap();
  await build(env);
  weigh();
  const { programs, words } = host === undefined ? backends[backend] : hosted(host, await exampleFolder(host, env));

  step('serve', 'starting the servers', 'they listen on this machine only');
  await serve(programs(ports), env, () => console.log(`\n${words(ports)}\n`));
});
