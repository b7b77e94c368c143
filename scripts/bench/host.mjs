// Builds the host in Rust, and measures the kit for servers.
import { bootstrap, toolSteps } from '../bootstrap.mjs';
import { engines } from '../bootstrap/engines.mjs';
import { plan, step } from '../lib/say.mjs';

export async function benchHosts(seconds) {
  plan(toolSteps, 'host', 'load');
  const { env } = await bootstrap({ databases: true, engines });
  Object.assign(process.env, env);
  step('host', 'building the host in Rust', 'optimized for speed');
  const { fastHost } = await import('../../tests/rust-server/support/host.mjs');
  const rust = fastHost();
  step('load', 'signing in, in front of each engine', `${seconds} seconds each`);
  const { benchServer } = await import('./server.mjs');
  await benchServer({ seconds, rust });
}
