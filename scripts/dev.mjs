// Front-end work on the demo: the authorization page by `trunk serve`, rebuilt at every change, behind the demo's own server, as the pages of
// any front end are. The other pages are the built ones.
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { build, siteSteps } from './build.mjs';
import { withFrontEnd } from './demo/backends.mjs';
import { checkPorts, demoPorts } from './demo/ports.mjs';
import { serve } from './demo/serve.mjs';
import { main } from './lib/main.mjs';
import { plan, step } from './lib/say.mjs';

await main(async () => {
  const ports = demoPorts(['site', 'client', 'host']);
  await checkPorts(ports);
  plan(toolSteps, siteSteps, 'serve');
  const { env } = await bootstrap({ trunk: true });
  await build(env);
  step('serve', 'starting the servers and Trunk', 'the first debug build takes minutes');
  // Trunk itself stumbles over NO_COLOR=1.
  const trunk = { name: 'page server (Trunk)', command: 'trunk', args: ['serve', '--offline', '--port', String(ports.host)], env: { NO_COLOR: 'true' } };
  const { programs, words } = withFrontEnd(trunk, ['authorization']);
  await serve(programs(ports), env, () => console.log(`\n${words(ports)}\nTrunk rebuilds the authorization page at every change.\n`));
});
