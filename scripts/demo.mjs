// Installs what is missing, builds the site, and serves the demo until Ctrl-C. `--backend stytch`
// runs it on a stand-in for Stytch's API; `--host react` (or vanilla, nextjs) uses the authorization
// page of that example, built with the npm package; `--engine better-auth` (or workers, oidc-provider) runs
// it on that authorization server; `--server express` (or workers, oauth2orize, axum) runs that server to copy, of examples/servers;
// `--front-end http://localhost:5173` uses the pages of a development server of one's own.
import { parseArgs } from 'node:util';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { engines as installed, servers as packaged } from './bootstrap/engines.mjs';
import { build, siteSteps } from './build.mjs';
import { backends, engines, hosted, servers } from './demo/backends.mjs';
import { beforeOwn, frontEnd } from './demo/front-end.mjs';
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
    return parseArgs({ options: { backend: { type: 'string' }, host: { type: 'string' }, engine: { type: 'string' }, server: { type: 'string' }, 'front-end': { type: 'string' }, pages: { type: 'string' } } }).values;
  } catch (error) {
    const [what] = error.message.split(/[.\n]/, 1);
    throw new Stop(`${what}; the demo takes --backend ${Object.keys(backends).join(' or --backend ')}, --host ${Object.keys(examples).join(', ')}, --engine ${Object.keys(engines).join(', ')}, --server ${Object.keys(servers).join(', ')}, or --front-end with an address and --pages, and nothing else.`);
  }
}

/** What `name` is in `all`. Stops if there is no such thing. */
function known(kind, name, all) {
  if (!Object.hasOwn(all, name)) throw new Stop(`There is no ${kind} "${name}"; there are ${new Intl.ListFormat('en').format(Object.keys(all))}.`);
  return all[name];
}

/** Packs the npm package, installs it in the example, and returns the example's folder. */
async function exampleFolder(host, env) {
  await pack(env);
  return prepareExample(host, env);
}

/** What the options name: the steps before it is served, and what is served. */
function demoFor(options) {
  const { backend, host, engine, server, 'front-end': own, pages } = options;
  const [one, other] = ['front-end', 'server', 'engine', 'host', 'backend'].filter((name) => options[name] !== undefined);
  if (other !== undefined) throw new Stop(`Each is a demo of its own: give --${one} or --${other}, not both.`);
  if (own !== undefined) {
    const demo = beforeOwn(frontEnd(own, pages));
    return { ports: demo.ports, check: demo.check, steps: [], make: () => demo };
  }
  if (pages !== undefined) throw new Stop('--pages names the pages of your own app, and goes with --front-end alone.');
  if (host !== undefined) {
    known('host', host, examples);
    return { ports: hosted(host).ports, steps: packageSteps, make: async (env) => hosted(host, await exampleFolder(host, env)) };
  }
  if (server !== undefined) {
    const demo = known('server', server, servers);
    // It has no page of the demo's.
    return { ports: demo.ports, steps: packageSteps, hasSite: false, make: async (env) => { await pack(env); return demo; } };
  }
  const demo = engine === undefined ? known('backend', backend ?? 'countersign', backends) : known('engine', engine, engines);
  return { ports: demo.ports, steps: [], make: () => demo };
}

await main(async () => {
  const options = chosen();
  const demo = demoFor(options);
  const ports = demoPorts(demo.ports);
  demo.check?.(ports);
  await checkPorts(ports);
  const { hasSite = true } = demo;
  plan(toolSteps, hasSite ? siteSteps : [], demo.steps, 'serve');
  const { env } = await bootstrap({ engines: installed.filter((name) => name === (options.engine ?? demo.engine)), servers: packaged.filter((name) => name === options.server) });
  if (hasSite) {
    await build(env);
    weigh();
  }
  const { programs, message, warning = () => undefined } = await demo.make(env);

  step('serve', 'starting the servers', 'they listen on this machine only');
  await serve(programs(ports), env, async () => {
    console.log(`\n${[message(ports), await warning()].filter(Boolean).join('\n')}\n`);
  });
});
