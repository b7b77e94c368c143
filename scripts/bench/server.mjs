// How many sign-ins a second one process of the kit takes, in front of each engine and beside the engine alone, and how that grows
// with processes. The browsers are on the same machine, so that all of it shares its cores. Nothing is asserted.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { addClient } from '../../examples/engines/hydra/hydra.mjs';
import { SCOPES } from '../../examples/engines/site/describe.mjs';
import { startEngine, STORES, TYPESCRIPT } from '../cluster/cluster.mjs';
import { CALLBACK } from '../cluster/memory.mjs';
import { processOf } from '../cluster/processes.mjs';
import { sessionOf } from '../cluster/sessions.mjs';
import { inRoot } from '../lib/root.mjs';
import { note } from '../lib/say.mjs';
import { CLIENT } from './client.mjs';
import { alone, hydraAlone, withHydra, withKit } from './flows.mjs';
import { migrate, postgresAt, redisAt } from './kept.mjs';
import { browserWith, closeConnections, expect, measure, queryOf } from './load.mjs';

/** As many browsers as keep two cores busy, and no more. */
const CALLERS = 8;
/** Of the engine in the memory of the hosts. */
const OF_MEMORY = { id: 'photo-printer', redirectUri: CALLBACK, scope: 'profile email photos.read photos.write' };
const SECRET = 'the secret of the bench, which is no secret';
const ORIGIN = 'http://localhost:4400';
const PROCESSES = Array.from({ length: Math.max(2, availableParallelism()) }, (_, index) => index + 1);
const IN_NODE = { 'oidc-provider': 'oidc-provider', 'better-auth': 'Better Auth', workers: 'workers-oauth-provider in workerd' };
const signsIn = { method: 'POST', headers: { 'content-type': 'application/json', 'x-countersign': '1' }, body: JSON.stringify({ email: 'ada@example.com', password: 'demo' }) };

/** Runs work with processes, and ends them. */
async function during(processes, work) {
  try {
    for (const one of processes) await one.start();
    return await work(processes.map(({ address }) => address));
  } finally {
    for (const one of processes) await one.close();
  }
}

/** The cookies of a sign-in. */
async function signedIn(origin) {
  const browser = browserWith([]);
  const answer = await browser.call(`${origin}/account/login`, { ...signsIn, headers: { ...signsIn.headers, origin } });
  expect(answer.status === 200, 'sign-in', answer);
  return [...browser.jar];
}

/** oidc-provider alone: three redirects, with a session of its own for each browser, since two requests at once would change one. */
async function oidcProviderAlone(origin) {
  const flow = async (one) => {
    let to = `${origin}/oauth/authorize?${queryOf(CLIENT)}`;
    while (to.startsWith(origin)) {
      const answer = await one.call(to);
      expect(answer.headers.location !== undefined, 'redirect', answer);
      to = new URL(answer.headers.location, to).href;
    }
    expect(to.includes('code='), 'answer', { status: 302, text: to });
  };
  const free = Array.from({ length: CALLERS }, () => browserWith([]));
  for (const browser of free) await flow(browser);
  return async () => {
    const browser = free.pop();
    await flow(browser);
    free.push(browser);
  };
}

/** One engine whose site is one process in Node. */
async function siteRow(engine, how) {
  const processFor = (kind) => processOf({ name: `${engine} ${kind}`, command: process.execPath, args: [inRoot('scripts', 'bench', 'site.mjs'), engine, kind], env: () => ({}) });
  const bare = await during([processFor('alone')], async ([origin]) => {
    if (engine === 'oidc-provider') return measure(await oidcProviderAlone(origin), how);
    return measure(alone({ origin, client: CLIENT, session: await signedIn(origin) }), how);
  });
  const kit = await during([processFor('with')], async ([origin]) => measure(withKit({ origin, client: CLIENT, session: await signedIn(origin) }), how));
  return { engine: IN_NODE[engine], processes: 1, store: engine === 'workers' ? 'D1' : 'memory', alone: bare, kit };
}

const settingsOf = (store) => ({ COUNTERSIGN_ORIGIN: ORIGIN, COUNTERSIGN_SECRETS: SECRET, COUNTERSIGN_STORE: store, COUNTERSIGN_QUIET: '1' });

/** The kit in front of an engine that costs nothing, by number of processes. */
async function kitRows({ name, kit, store, address, kept, lasting }, how) {
  const rows = [];
  for (const count of store === 'memory' ? [1] : PROCESSES) {
    const processes = Array.from({ length: count }, (_, index) => processOf({ ...kit, name: `${name} ${index + 1}`, env: () => settingsOf(address) }));
    const session = [await sessionOf()];
    const measured = await during(processes, (addresses) => measure(withKit({ origin: ORIGIN, addresses, client: OF_MEMORY, session }), { ...how, store: kept }));
    rows.push({ engine: name, processes: count, store, alone: null, kit: measured, lasting: await lasting?.() });
  }
  return rows;
}

/** Hydra, two processes of it on one PostgreSQL: alone, and with the kit. */
async function hydraRows({ store, address, kept, lasting }, how) {
  const engine = await startEngine(ORIGIN);
  try {
    await addClient(engine.admin, CLIENT, SCOPES);
    const bare = await measure(hydraAlone({ ...engine, client: CLIENT }), how);
    const rows = [];
    for (const count of PROCESSES) {
      const env = () => ({ ...settingsOf(address), COUNTERSIGN_HYDRA_ADMIN: engine.admin, COUNTERSIGN_HYDRA_ISSUER: engine.issuer });
      const processes = Array.from({ length: count }, (_, index) => processOf({ ...TYPESCRIPT, name: `hydra ${index + 1}`, env }));
      const session = [await sessionOf()];
      const kit = await during(processes, (addresses) => measure(withHydra({ origin: ORIGIN, addresses, issuer: engine.issuer, client: CLIENT, session }), { ...how, store: kept }));
      rows.push({ engine: 'Ory Hydra, 2 processes', processes: count, store, alone: count === 1 ? bare : null, kit, lasting: await lasting() });
    }
    return rows;
  } finally {
    await engine.close();
  }
}

/** Starts a store for some rows. */
async function withStore(store, { start, address }, watch, work) {
  const program = await start();
  const watcher = await watch(address(program));
  try {
    await work({ store, address: address(program), kept: watcher.kept, lasting: watcher.lasting });
  } finally {
    await watcher.close();
    await program.close();
  }
}

const HEAD = ['engine', 'kit processes', 'store', 'alone /s', 'p50 ms', 'p99 ms', 'with the kit /s', 'p50 ms', 'p99 ms', 'computed for one, ms, and kept'];

function print(rows) {
  const cells = (measured) => (measured ? [measured.perSecond, measured.p50, measured.p99] : ['', '', '']);
  const keeps = ({ store: { commands, bytes } }) => (bytes === undefined ? '' : `, ${commands === undefined ? '' : `${commands} commands, `}${bytes} bytes`);
  const shares = ({ cpu }) => Object.entries(cpu).filter(([, time]) => time > 0).map(([name, time]) => `${name} ${time}`).join(', ');
  const lines = [HEAD, ...rows.map(({ engine, processes, store, alone: bare, kit, lasting }) => [engine, processes, store, ...cells(bare), ...cells(kit), `${shares(kit)}${keeps(kit)}${lasting ? `, ${lasting} for a day` : ''}${bare ? ` (alone: ${shares(bare)})` : ''}`])].map((line) => line.map(String));
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) console.log(line.map((text, column) => (column > 0 && column < HEAD.length - 1 ? text.padStart(widths[column]) : text.padEnd(widths[column]))).join('  '));
}

/**
 * @param {{seconds: number, rust: string}} options how long each is measured, and the program of the host in Rust
 */
export async function benchServer({ seconds, rust }) {
  const how = { seconds, callers: CALLERS };
  const result = {
    measured: 'sign-ins a second, each a start and a decision, with the steps of the engine between them', callers: CALLERS, seconds,
    machine: { cores: availableParallelism(), model: cpus()[0]?.model, load: loadavg()[0] }, rows: [],
  };
  const { rows, machine } = result;
  mkdirSync(inRoot('target', 'bench'), { recursive: true });
  const add = (more) => {
    rows.push(...more);
    for (const { engine, processes, kit } of more) note(engine, `${processes} ${processes === 1 ? 'process' : 'processes'}, ${kit.perSecond} sign-ins a second`);
    machine.loadAfter = loadavg()[0];
    writeFileSync(inRoot('target', 'bench', 'server.json'), `${JSON.stringify(result, null, 2)}\n`);
  };
  // What is idle computes a little, too: databases start for those rows alone that need them.
  for (const engine of Object.keys(IN_NODE)) add([await siteRow(engine, how)]);
  await withStore('Redis', STORES.redis, redisAt, async (at) => add(await hydraRows(at, how)));
  for (const [name, kit] of Object.entries({ 'none, kit in TypeScript': TYPESCRIPT, 'none, kit in Rust': { command: rust } })) {
    add(await kitRows({ name, kit, store: 'memory', address: '' }, how));
    await withStore('Redis', STORES.redis, redisAt, async (at) => add(await kitRows({ name, kit, ...at }, how)));
    await withStore('PostgreSQL', STORES.postgres, postgresAt, async (at) => {
      await migrate(at.address);
      add(await kitRows({ name, kit, ...at }, how));
    });
  }
  closeConnections();
  print(rows);
  console.log(`${machine.cores} cores (${machine.model}), with the browsers on them; load ${machine.load.toFixed(1)} before, ${machine.loadAfter.toFixed(1)} after`);
  console.log('All of it is in target/bench/server.json.');
}
