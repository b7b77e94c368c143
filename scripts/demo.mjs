// Brings what is missing, builds the site, and serves the demo until Ctrl-C.
import { bootstrap } from './bootstrap.mjs';
import { build } from './build.mjs';
import { checkFree, demoPorts } from './demo/ports.mjs';
import { node, serve } from './demo/serve.mjs';
import { main, step } from './lib/say.mjs';
import { weigh } from './sizes.mjs';

await main(async () => {
  const ports = demoPorts();
  await checkFree(ports.site, 'COUNTERSIGN_PORT');
  await checkFree(ports.client, 'COUNTERSIGN_CLIENT_PORT');
  const { env } = await bootstrap();
  await build(env);
  weigh();

  step('starting both servers', 'they listen on this machine only');
  const chosen = { COUNTERSIGN_PORT: ports.site, COUNTERSIGN_CLIENT_PORT: ports.client };
  const programs = [
    node('authorization server', 'examples/authorization-server/main.mjs', ports.site, chosen),
    node('client', 'examples/relying-party/main.mjs', ports.client, chosen),
  ];
  await serve(programs, env, () => {
    console.log(`
Countersign is running.
  Client, to start at:             http://localhost:${ports.client}
  Site and authorization server:   http://localhost:${ports.site}
Sign in as ada@example.com with the password "demo". Ctrl-C ends everything.
`);
  });
});
