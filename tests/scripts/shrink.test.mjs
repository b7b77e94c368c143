// Programs of hosts, in the folders that Trunk and wasm-bindgen write.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { exportsOf, programsIn, replace } from '../../scripts/build/host.mjs';
import { folder, run } from './support.mjs';

const TRUNK = 'app-0123456789abcdef';
const digest = (text) => `sha384-${createHash('sha384').update(text).digest('base64')}`;

/** A folder with files by their names. */
function folderOf(t, all) {
  const made = folder(t);
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(made, name)), { recursive: true });
    writeFileSync(path.join(made, name), text);
  }
  return made;
}

test('a program is a module with its glue beside it, as Trunk, wasm-bindgen and cargo-leptos name them', (t) => {
  const made = folderOf(t, { [`${TRUNK}.js`]: '', [`${TRUNK}_bg.wasm`]: '', 'pkg/site.js': '', 'pkg/site.wasm': '', 'lonely.wasm': '', 'loader.js': '' });
  const found = programsIn(made).map(({ js, wasm }) => [js, wasm].map((file) => path.relative(made, file)));
  assert.deepEqual(found.sort(), [[`${TRUNK}.js`, `${TRUNK}_bg.wasm`], ['pkg/site.js', 'pkg/site.wasm']]);
});

test('what a page may import of the glue stays: its start, and the functions of the app', () => {
  const glue = 'export class IntoUnderlyingSink {\n}\nexport function hydrate() {\n}\nexport class Chart {\n}\nfunction own() {}\nexport { initSync, __wbg_init as default };\n';
  assert.deepEqual(exportsOf(glue), ['hydrate', 'Chart', 'default']);
});

test('other bytes get another name, in the page and in the glue, and another hash in the page', (t) => {
  const page = `<link rel="modulepreload" href="/${TRUNK}.js" integrity="${digest('glue')}"><link rel="preload" href="/${TRUNK}_bg.wasm" integrity="${digest('module')}"><link href="/app.css" integrity="${digest('other')}">`;
  const made = folderOf(t, { [`${TRUNK}.js`]: 'glue', [`${TRUNK}_bg.wasm`]: 'module', 'index.html': page });
  replace(made, programsIn(made)[0], { js: `"${TRUNK}_bg.wasm"`, wasm: Buffer.from('small') });
  const [js] = readdirSync(made).filter((name) => name.endsWith('.js'));
  const stem = path.basename(js, '.js');
  assert.match(stem, /^app-[0-9a-f]{16}$/);
  assert.notEqual(stem, TRUNK);
  assert.deepEqual(readdirSync(made).sort(), [js, `${stem}_bg.wasm`, 'index.html'].sort());
  const glue = readFileSync(path.join(made, js), 'utf8');
  assert.equal(glue, `"${stem}_bg.wasm"`);
  const after = readFileSync(path.join(made, 'index.html'), 'utf8');
  assert.equal(after, page.replaceAll(TRUNK, stem).replace(digest('glue'), digest(glue)).replace(digest('module'), digest('small')));
});

test('a name without a hash stays', (t) => {
  const made = folderOf(t, { 'page.js': 'glue', 'page_bg.wasm': 'module' });
  replace(made, programsIn(made)[0], { js: 'small', wasm: Buffer.from('small') });
  assert.deepEqual(readdirSync(made).sort(), ['page.js', 'page_bg.wasm']);
});

test('a folder without a program, none, and glue that was shrunk before are each one sentence; a build for development is left alone', async (t) => {
  const shrink = (args, env = {}) => run('shrink.mjs', { args, env: { TRUNK_STAGING_DIR: undefined, TRUNK_PROFILE: undefined, ...env } });
  const stops = async (args, sentence) => {
    const { code, err } = await shrink(args);
    assert.deepEqual([code, sentence.test(err), err.trim().split('\n').length], [1, true, 1], err);
  };
  await stops([], /^countersign-shrink takes one folder, or none as a hook of Trunk\.$/m);
  await stops([path.join(folder(t), 'none')], /^There is no folder /);
  await stops([folder(t)], /^There is no program in .*: no \.wasm that has its \.js beside it\.$/m);
  const done = folderOf(t, { 'page.js': 'let a;', 'page_bg.wasm': 'module' });
  await stops([done], /page\.js is not as wasm-bindgen wrote it\. Was it shrunk before, or by Trunk \("minify"\)\?$/m);
  const { code, out, err } = await shrink([], { TRUNK_STAGING_DIR: done, TRUNK_PROFILE: 'debug' });
  assert.deepEqual([code, out, err], [0, '', '']);
});
