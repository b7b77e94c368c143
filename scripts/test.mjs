// Runs every layer of the tests, lowest first, and ends with one line: N passed, N failed.
// `npm test -- --only server,e2e` runs chosen layers.
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { main } from './lib/main.mjs';
import { start } from './lib/run.mjs';
import { step, Stop, took } from './lib/say.mjs';
import { count } from './test/count.mjs';
import { chosen } from './test/layers.mjs';

const SILENCE = 10 * 60 * 1000;

/** Runs one layer to its end; one that says nothing for ten minutes hangs, and is ended. */
async function runLayer(layer, environments) {
  const { command, args } = layer.run();
  const env = { ...environments[layer.in ?? 'env'], ...layer.more };
  let child;
  const hangs = () => {
    console.log(`The layer "${layer.name}" said nothing for ten minutes and was ended.`);
    process.kill(-child.pid, 'SIGKILL');
  };
  let silence = setTimeout(hangs, SILENCE);
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(hangs, SILENCE);
  };
  child = start(command, args, { env, onLine: alive });
  const { code, output } = await child.ended;
  clearTimeout(silence);
  return count(layer.count, output, code === 0);
}

async function result(layer, environments) {
  try {
    return await runLayer(layer, environments);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.log(error.message);
    return { passed: 0, failed: 1 };
  }
}

await main(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const layers = chosen(values.only);
  const environments = await bootstrap({ tests: true });
  const rows = [];
  for (const layer of layers) {
    const begin = performance.now();
    step(`${layer.name}: ${layer.title}`);
    const { passed, failed } = await result(layer, environments);
    rows.push({ name: layer.name, passed, failed, time: took(begin) });
    console.log(`${failed ? 'FAILED' : 'ok'}: ${layer.name}, ${passed} passed, ${failed} failed, ${took(begin)}\n`);
  }
  for (const { name, passed, failed, time } of rows) {
    console.log(`${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${time.padStart(8)}`);
  }
  const total = (kind) => rows.reduce((sum, row) => sum + row[kind], 0);
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') ? 1 : 0;
}, { last: '0 passed, 1 failed' });
