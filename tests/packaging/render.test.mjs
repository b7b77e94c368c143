// The examples of docs/server-rendering.md run as they are: in Node, Deno and Bun, and in workerd.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { inRoot } from '../../scripts/lib/root.mjs';
import { render, RenderError } from '../gallery/support/render.mjs';

const LONGEST = { timeout: 120_000 };
const folder = inRoot('target', 'packaging', 'rendered');
const [inNode, inWorkers] = [...readFileSync(inRoot('docs', 'server-rendering.md'), 'utf8').matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, code]) => code);

/** The card of the examples, in part. */
const CARD = /<div class="countersign" part="root" data-state="invalid" lang="en" dir="ltr">.*<h1 /s;

before(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  symlinkSync(inRoot('target', 'npm', 'package'), path.join(folder, 'node_modules', 'countersign'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(folder, 'render.js'), inNode);
  writeFileSync(path.join(folder, 'worker.js'), inWorkers);
});

const bin = (name) => inRoot('.tools', 'runtimes', 'node_modules', '.bin', name);
const runtimes = {
  Node: [process.execPath, 'render.js'],
  Deno: [bin('deno'), 'run', '--allow-read', '--allow-env', '--no-prompt', '--node-modules-dir=manual', 'render.js'],
  Bun: [bin('bun'), 'render.js'],
};

for (const [name, [command, ...args]] of Object.entries(runtimes)) {
  test(`the example of the document renders a card in ${name}`, LONGEST, async () => {
    const { stdout } = await promisify(execFile)(command, args, { cwd: folder });
    assert.match(stdout, /^invalid en ltr\n/);
    assert.match(stdout, CARD);
  });
}

test('the example of the document renders a card in a Worker', LONGEST, async (t) => {
  const module = { name: 'module', setup: (at) => at.onResolve({ filter: /\.wasm$/ }, () => ({ path: './render.wasm', external: true })) };
  const { outputFiles: [{ text }] } = await build({ entryPoints: [path.join(folder, 'worker.js')], bundle: true, write: false, format: 'esm', target: 'es2024', plugins: [module] });
  const { resolve } = createRequire(inRoot('examples', 'engines', 'workers', 'server.mjs'));
  const { Miniflare } = await import(pathToFileURL(resolve('miniflare')).href);
  const worker = new Miniflare({
    modules: [
      { type: 'ESModule', path: 'worker.mjs', contents: text },
      { type: 'CompiledWasm', path: 'render.wasm', contents: readFileSync(inRoot('target', 'npm', 'package', 'dist', 'render', 'render.wasm')) },
    ],
    compatibilityDate: '2026-07-01',
    telemetry: { enabled: false },
  });
  t.after(() => worker.dispose());
  const response = await worker.dispatchFetch('http://localhost/');
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.match(await response.text(), CARD);
});

test('what makes no card says why, and the next card is rendered', LONGEST, () => {
  const refused = (input, message) => assert.throws(() => render(input), (error) => error instanceof RenderError && message.test(error.message));
  refused({ answer: {}, language: 'en' }, /^outcome: missing/);
  refused({ answer: { outcome: 'error' }, language: 'de', texts: { allow: 7 } }, /^texts/);
  const error = { outcome: 'error', error: 'invalid_client', request_id: 'R1' };
  const { html } = render({ answer: error, language: 'de', texts: { invalid_heading: 'Unbekannt' }, messages: { copy: 'Merken' } });
  assert.match(html, /lang="de".*Unbekannt.*Merken/s);
});

test('the language of the card is that of its texts, as the widget calls it', LONGEST, () => {
  const error = { outcome: 'error', error: 'invalid_client', request_id: 'R1' };
  const texts = JSON.parse(readFileSync(inRoot('messages', 'ar.json'), 'utf8'));
  const spoken = (input) => { const { language, direction } = render({ answer: error, ...input }); return `${language} ${direction}`; };
  assert.equal(spoken({ language: 'ar-EG', texts }), 'ar rtl');
  assert.equal(spoken({ language: 'ar' }), 'en ltr');
  assert.equal(spoken({ language: 'en-GB' }), 'en ltr');
});

after(() => rmSync(folder, { recursive: true, force: true }));
