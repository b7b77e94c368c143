// Starts two processes of each kit behind one name, on Redis or PostgreSQL, until Ctrl-C: `npm run cluster`. `--store postgres` takes
// that store, and `--engine hydra` puts two processes of Ory Hydra behind them, with the demo's sign-in.
import { parseArgs } from 'node:util';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { build, siteSteps } from './build.mjs';
import { main } from './lib/main.mjs';
import { run } from './lib/run.mjs';
import { inRoot } from './lib/root.mjs';
import { note, plan, step, Stop } from './lib/say.mjs';
import { pack, packageSteps } from './pack.mjs';

const PORT = 4400;
const CLIENT = 'http://localhost:4401';

/** The options of the command line. */
function chosen() {
  try {
    return parseArgs({ options: { store: { type: 'string', default: 'redis' }, engine: { type: 'string', default: 'memory' } } }).values;
  } catch (error) {
    throw new Stop(`${error.message.split(/[.\n]/, 1)[0]}; the cluster takes --store and --engine, and nothing else.`);
  }
}

const untilStopped = () => new Promise((resolve) => { for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve); });

/** Two processes of each kit. In Rust, that is a host of the tests for the engine in memory, and countersign-hydra in front of Hydra. */
async function kitsFor(hydra, TYPESCRIPT) {
  const rust = hydra ? await builtProgram() : await builtHost();
  return [TYPESCRIPT, rust, TYPESCRIPT, rust];
}

async function builtHost() {
  step('host', 'building the host in Rust');
  const { hostProgram } = await import('../tests/rust-server/support/host.mjs');
  return { language: 'rust', command: hostProgram() };
}

async function builtProgram() {
  step('host', 'building countersign-hydra', 'the kit in Rust in front of Ory Hydra');
  await run('cargo', ['build', '-p', 'countersign-hydra'], { what: 'Building countersign-hydra', from: 'the crate registry' });
  const { programKit } = await import('./cluster/program.mjs');
  return programKit(inRoot('target', 'debug', 'countersign-hydra'));
}

await main(async () => {
  const { store, engine } = chosen();
  if (!['redis', 'postgres'].includes(store)) throw new Stop(`There is no store "${store}"; there are redis and postgres.`);
  if (!['memory', 'hydra'].includes(engine)) throw new Stop(`There is no engine "${engine}"; there are memory and hydra.`);
  const hydra = engine === 'hydra';
  plan(toolSteps, hydra ? [...siteSteps, ...packageSteps] : [], 'host', 'cluster');
  const { env } = await bootstrap({ databases: true, engines: hydra ? ['hydra'] : [] });
  Object.assign(process.env, env);
  if (hydra) {
    await build(env);
    await pack(env);
  }
  const { startCluster, TYPESCRIPT } = await import('./cluster/cluster.mjs');
  const kits = await kitsFor(hydra, TYPESCRIPT);
  step('cluster', 'starting the cluster', 'Ctrl-C ends it');
  const cluster = await startCluster({ stores: [store], kits, hydra, port: PORT, env: hydra ? { COUNTERSIGN_PAGE_FILES: inRoot('target', 'npm', 'package', 'dist') } : {} });
  try {
    await cluster.use(store);
    if (hydra) await addDemoClient(cluster);
    for (const { name, address } of cluster.kits) note(name, address);
    note(`all of them, on ${store}`, cluster.origin);
    if (hydra) note('Ory Hydra', `${cluster.issuer}, its admin API at ${cluster.admin}`);
    await untilStopped();
  } finally {
    await cluster.close();
  }
});

/** The demo's client, as Hydra knows it. */
async function addDemoClient({ admin }) {
  const { addClient } = await import('../examples/engines/hydra/hydra.mjs');
  const { SCOPES } = await import('../examples/engines/site/describe.mjs');
  const { registered } = await import('../examples/engines/site/main.mjs');
  for (const client of registered(CLIENT)) await addClient(admin, client, SCOPES);
}
