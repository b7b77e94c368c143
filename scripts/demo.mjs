// Installs what is missing, builds the site, and serves the demo until Ctrl-C. `--backend stytch`
// runs it on a stand-in for Stytch's API; `--host react` (or vanilla, nextjs) uses the authorization
// page of that example, built with the npm package.
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

/** The options of the command line. */
function chosen() {
  try {
    return parseArgs({ options: { backend: { type: 'string' }, host: { type: 'string' } } }).values;
  } catch (error) {
    const [what] = error.message.split(/[.\n]/, 1);
    throw new Stop(`${what}; the demo takes --backend ${Object.keys(backends).join(' or --backend ')}, or --host ${Object.keys(examples).join(', ')}, and nothing else.`);
  }
}

/** Stops unless `name` is a key of `all`. */
function known(kind, name, all) {
  if (!Object.hasOwn(all, name)) throw new Stop(`There is no ${kind} "${name}"; there are ${Object.keys(all).join(' and ')}.`);
  return name;
}

/** Packs the npm package, installs it in the example, and returns the example's folder. */
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
  const { programs, message } = host === undefined ? backends[backend] : hosted(host, await exampleFolder(host, env));

  step('serve', 'starting the servers', 'they listen on this machine only');
  await serve(programs(ports), env, () => console.log(`\n${message(ports)}\n`));
});
