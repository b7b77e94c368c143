// Every snippet of docs/hosts compiles under `strict` in its framework, and what is wrong does not.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';
import { together } from './support/snippets.mjs';

const folder = await together();
const bin = (...parts) => path.join(folder, 'node_modules', ...parts);
const TSC = inRoot('node_modules', 'typescript', 'bin', 'tsc');

/** The exit status of a checker, and what it said, without colours. */
const check = (...args) => new Promise((resolve) => {
  execFile(process.execPath, args, { cwd: folder, timeout: 240_000 }, (error, stdout, stderr) => {
    resolve({ status: error ? error.code : 0, said: (stdout + stderr).replace(/\u001b\[\d*m/g, '') });
  });
});

/** Where a checker has found what is wrong: `file:line`. */
const places = (said, pattern) => [...said.matchAll(pattern)].map(([, file, line]) => `${file}:${line}`).sort();

// In these, the file with what is wrong expects each error itself.
const CLEAN = {
  'React, Next.js, React Router, Lit and plain TypeScript': [TSC, '-p', '.'],
  Solid: [TSC, '-p', 'solid'],
  Preact: [TSC, '-p', 'preact'],
  Vue: [bin('vue-tsc', 'bin', 'vue-tsc.js'), '-p', 'vue'],
};

describe('the snippets of docs/hosts', { concurrency: 2 }, () => {
  for (const [name, command] of Object.entries(CLEAN)) {
    test(`the snippets for ${name} compile, and what is wrong does not`, async () => {
      assert.deepEqual(await check(...command), { status: 0, said: '' });
    });
  }

  test('the snippets for Svelte and SvelteKit compile, and what is wrong does not', async () => {
    const { status, said } = await check(bin('svelte-check', 'bin', 'svelte-check'), '--workspace', '.', '--tsconfig', 'tsconfig.svelte.json', '--output', 'machine', '--fail-on-warnings');
    assert.deepEqual(places(said, / (?:ERROR|WARNING) "([^"]+)" (\d+):/g), [5, 6, 7, 8].map((line) => `svelte/Wrong.svelte:${line}`), said);
    assert.equal(status, 1);
  });

  test('the snippets for Angular compile with strict templates, and what is wrong does not', async () => {
    const { status, said } = await check(bin('@angular', 'compiler-cli', 'bundles', 'src', 'bin', 'ngc.js'), '-p', 'angular');
    assert.deepEqual(places(said, /^(\S+\.ts):(\d+):\d+ - error/gm), [10, 11, 12, 13].map((line) => `wrong.ts:${line}`), said);
    assert.equal(status, 1);
  });

  // The checker brings the types of templates itself, so that Astro is not installed.
  test('the snippet for Astro compiles, and what is wrong does not', async () => {
    const { status, said } = await check(bin('@astrojs', 'check', 'bin', 'astro-check.js'), '--root', 'astro', '--tsconfig', 'astro/tsconfig.json');
    assert.deepEqual(places(said, /^(\S+\.astro):(\d+):\d+ - error/gm), [11, 12, 13, 4, 5, 6].map((line) => `astro/Wrong.astro:${line}`), said);
    assert.equal(status, 1);
  });
});
