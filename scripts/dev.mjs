// Front-end work on the demo: `trunk serve` for the authorization page, rebuilt at every change, with both servers around it.
// The ports are fixed, since Trunk.toml names them. The login page is the built one.
import { bootstrap } from './bootstrap.mjs';
import { build } from './build.mjs';
import { checkFree } from './demo/ports.mjs';
import { node, serve } from './demo/serve.mjs';
import { main } from './lib/main.mjs';
import { step } from './lib/say.mjs';

const SITE = 4400;
const CLIENT = 4401;
const PAGE = 4402;

await main(async () => {
  for (const port of [SITE, CLIENT, PAGE]) await checkFree(port);
  const { env } = await bootstrap();
  await build(env);
  step('starting the servers and Trunk', 'the first debug build takes minutes');
  const programs = [
    node('authorization server', 'examples/authorization-server/main.mjs', SITE, {
      COUNTERSIGN_PORT: SITE,
      COUNTERSIGN_CLIENT_PORT: CLIENT,
      // Trunk stands in front of it, so this is where its pages are.
      COUNTERSIGN_ORIGIN: `http://localhost:${PAGE}`,
    }),
    { name: 'Trunk', command: 'trunk', args: ['serve'], port: PAGE, env: { NO_COLOR: 'true' } },
    node('client', 'examples/relying-party/main.mjs', CLIENT, { COUNTERSIGN_PORT: PAGE, COUNTERSIGN_CLIENT_PORT: CLIENT }),
  ];
  await serve(programs, env, () => console.log(`\nStart at http://localhost:${CLIENT}; the page is served at http://localhost:${PAGE}. Ctrl-C ends everything.\n`));
});
