// Runs every layer of the tests, lowest first. The last line is "N passed, N failed".
// `npm test -- --only server,e2e` runs some layers.
import { parseArgs } from 'node:util';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { engines, servers } from './bootstrap/engines.mjs';
import { main } from './lib/main.mjs';
import { start } from './lib/run.mjs';
import { plan, step, Stop, ticking, took } from './lib/say.mjs';
import { count } from './test/count.mjs';
import { chosen, lanes } from './test/layers.mjs';

const SILENCE = 10 * 60 * 1000;

/** Runs one layer. Kills it if it prints nothing for ten minutes. */
async function runLayer(layer, environments, quiet) {
  const { command, args } = layer.run();
  const env = { ...environments[layer.in ?? 'env'], ...layer.more };
  let child;
  const hangs = () => {
    console.log(`The layer "${layer.name}" printed nothing for ten minutes and was ended.`);
    process.kill(-child.pid, 'SIGKILL');
  };
  let silence = setTimeout(hangs, SILENCE);
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(hangs, SILENCE);
  };
  const ticks = ticking(`The layer "${layer.name}"`);
  child = start(command, args, { env, quiet, onLine: alive });
  const { code, output } = await child.ended;
  ticks();
  clearTimeout(silence);
  if (quiet) process.stdout.write(output);
  return count(layer.count, output, code === 0);
}

async function result(layer, environments, quiet) {
  try {
    return await runLayer(layer, environments, quiet);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.log(error.message);
    return { passed: 0, failed: 1 };
  }
}

/** Runs layers one after the other. If `quiet`, prints the output of each when it has ended. */
async function runLane(layers, environments, rows, quiet) {
  for (const layer of layers) {
    const begin = performance.now();
    step(layer.name, `${layer.name}: ${layer.title}`, quiet && 'beside the others; its output follows at its end');
    const { passed, failed } = await result(layer, environments, quiet);
    rows.set(layer, { name: layer.name, passed, failed, time: took(begin) });
    console.log(`${failed ? 'FAILED' : 'ok'}: ${layer.name}, ${passed} passed, ${failed} failed, ${took(begin)}\n`);
  }
}

await main(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const layers = chosen(values.only);
  plan(toolSteps, layers.map(({ name }) => name));
  const needs = (name) => layers.some((layer) => layer.name === name);
  const environments = await bootstrap({ tests: true, trunk: needs('trunk'), deny: needs('deny'), python: needs('clients') || needs('api'), browsers: needs('browsers'), engines: engines.filter((name) => needs('engines') || (needs('cluster') && name === 'hydra')), servers: needs('engines') ? servers : [], runtimes: needs('packaging'), databases: ['stores', 'rust-server', 'cluster'].some(needs), site: needs('site') });
  const begin = performance.now();
  const rows = new Map();
  for (const { main: one, beside } of lanes(layers)) {
    await Promise.all([runLane(one, environments, rows, false), runLane(beside, environments, rows, one.length > 0)]);
  }
  const all = layers.map((layer) => rows.get(layer));
  for (const { name, passed, failed, time } of all) {
    console.log(`${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${time.padStart(8)}`);
  }
  console.log(`${'all'.padEnd(41)} ${took(begin).padStart(8)}`);
  const total = (kind) => all.reduce((sum, row) => sum + row[kind], 0);
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') ? 1 : 0;
}, { last: '0 passed, 1 failed' });
