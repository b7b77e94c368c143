// What the kit weighs in a bundle. It prints the sizes.
import assert from 'node:assert/strict';
import test from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { inRoot } from '../../scripts/lib/root.mjs';

/** Brotli bytes and minified bytes. */
const BUDGET = { compressed: 12_140, minified: 34_800 };

async function bundle(...entry) {
  const { outputFiles: [{ contents }] } = await build({
    entryPoints: [inRoot(...entry)], bundle: true, minify: true, format: 'esm', target: 'es2023', platform: 'neutral', write: false, logLevel: 'silent',
  });
  return { compressed: brotliCompressSync(contents).length, minified: contents.length };
}

test('the kit with one small adapter is within its budget, and is bundled without Node', async (t) => {
  const { compressed, minified } = await bundle('tests', 'kit', 'support', 'small-adapter.mjs');
  t.diagnostic(`the kit with one small adapter: ${minified} bytes minified, ${compressed} by Brotli`);
  assert.ok(compressed <= BUDGET.compressed, `${compressed} of ${BUDGET.compressed} bytes by Brotli`);
  assert.ok(minified <= BUDGET.minified, `${minified} of ${BUDGET.minified} bytes minified`);
});

test('headers and stores are small imports of their own', async (t) => {
  for (const [name, most] of [['headers', 900], ['stores/redis', 700], ['stores/postgres', 1000], ['stores/d1', 1000], ['stores/durable-object', 1300], ['stores/sqlite', 1100]]) {
    const { compressed } = await bundle('server', 'node', 'src', `${name}.ts`);
    t.diagnostic(`${name}: ${compressed} bytes by Brotli`);
    assert.ok(compressed <= most, `${name}: ${compressed} of ${most} bytes by Brotli`);
  }
});

test('the guards of a form are a small script without WebAssembly', async (t) => {
  const { compressed } = await bundle('components', 'element', 'ts', 'guard.ts');
  t.diagnostic(`guard.js: ${compressed} bytes by Brotli`);
  assert.ok(compressed <= 1500, `${compressed} of 1500 bytes by Brotli`);
});
