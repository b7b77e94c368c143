// Serves the demo for front-end work: `trunk serve` rebuilds the authorization page at every change,
// and the demo's server passes requests for that page on to it. The other pages are built once.
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
  // Trunk does not accept NO_COLOR=1.
  const trunk = { name: 'page server (Trunk)', command: 'trunk', args: ['serve', '--offline', '--port', String(ports.host)], env: { NO_COLOR: 'true' } };
  const { programs, message } = withFrontEnd(trunk, ['authorization']);
  await serve(programs(ports), env, () => console.log(`\n${message(ports)}\nTrunk rebuilds the authorization page at every change.\n`));
});
