// The package's types and its form, as strangers find them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { inRoot } from '../../scripts/lib/root.mjs';
import { tarball } from '../../scripts/pack.mjs';
import { made } from '../packaging/support/hosts.mjs';

const from = fileURLToPath(new URL('fixture', import.meta.url));
const run = (args, cwd) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

for (const typescript of ['5.4.3', '7.0.2']) {
  for (const react of ['18.3.31', '19.3.0']) {
    test(`what should compile compiles, and what should not does not: TypeScript ${typescript}, React ${react} types`, async () => {
      const folder = await made(`types-${typescript}-${react}`, { from, versions: { typescript, '@types/react': react } });
      const { status, said } = run([path.join('node_modules', 'typescript', 'bin', 'tsc'), '-p', '.'], folder);
      assert.equal(said, '');
      assert.equal(status, 0);
    });
  }
}

test('Stytch\'s own types fit into the components of the Stytch entry, for both providers', () => {
  const { status, said } = run([inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', fileURLToPath(new URL('stytch', import.meta.url))], inRoot());
  assert.equal(said, '');
  assert.equal(status, 0);
});

test('publint finds nothing, strictly', () => {
  const { status, said } = run([inRoot('node_modules', 'publint', 'src', 'cli.js'), 'run', tarball, '--strict'], inRoot());
  assert.equal(status, 0, said);
  assert.match(said, /All good/);
});

test('every entry has types wherever it is resolved', () => {
  const attw = inRoot('node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
  // Style sheets have no types, what is for markup is types alone, and the package is modules alone.
  const entries = ['--profile', 'esm-only', '--exclude-entrypoints', 'styles/*', 'types/*', 'widget.wasm', 'stytch.wasm', 'render.wasm', 'custom-elements.json', 'messages/en.json', 'messages/*', 'openapi.yaml'];
  const { status, said } = run([attw, tarball, ...entries], inRoot());
  assert.equal(status, 0, said);
});

/** What loads the texts for developers, on their machines alone: at its own address, which no text and no setting changes. */
const LOADS_DEBUG = /let\{href:(\w+)\}=new URL\("\.\/debug\.js",import\.meta\.url\);\(\w+\?\?=import\((?:\/\*[\w:@ -]+\*\/)*\1\)/;

test('no script of the package imports anything else as it runs, or makes code or markup of texts', async () => {
  for (const name of ['index', 'register', 'react', 'react/stytch', 'react/stytch-standalone', 'debug', 'testing']) {
    const code = readFileSync(inRoot('target', 'npm', 'package', 'dist', `${name}.js`), 'utf8');
    assert.equal(LOADS_DEBUG.test(code), name === 'index', name);
    assert.doesNotMatch(code.replace(LOADS_DEBUG, ''), /\bimport\s*\(|\beval\s*\(|new Function|insertAdjacentHTML|document\.write/, name);
  }
});

test('no file of the server is imported for nothing: bundlers warn of such imports', () => {
  const folder = inRoot('target', 'npm', 'package', 'dist', 'server');
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js'));
  assert.ok(files.includes('page.js') && files.some((name) => name.startsWith('shared')));
  for (const name of files) assert.doesNotMatch(readFileSync(path.join(folder, name), 'utf8'), /^import *["']/m, name);
});

test('everything that the package names is in it, and nothing of ours besides', async () => {
  const folder = path.join(await made(`types-7.0.2-19.3.0`, { from, versions: { typescript: '7.0.2', '@types/react': '19.3.0' } }), 'node_modules', 'countersign');
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = Object.values(manifest.exports).flatMap((it) => (typeof it === 'string' ? [it] : Object.values(it))).filter((it) => !it.includes('*'));
  for (const file of [...files, 'README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'dist/styles/widget.css', 'dist/styles/themes/paper.css', 'dist/integrity.json']) assert.ok(existsSync(path.join(folder, file)), file);
  for (const field of ['scripts', 'devDependencies', 'private', 'dependencies']) assert.equal(manifest[field], undefined, field);
});

test('every relative link of a document leads to a file of the package, and the texts are there in every language', async () => {
  const folder = path.join(await made(`types-7.0.2-19.3.0`, { from, versions: { typescript: '7.0.2', '@types/react': '19.3.0' } }), 'node_modules', 'countersign');
  const documents = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.md'));
  assert.ok(documents.length > 10);
  for (const name of documents) {
    const links = [...readFileSync(path.join(folder, name), 'utf8').replace(/^```.*?^```/gms, '').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link);
    for (const link of links.filter((it) => !/^[a-z]+:/.test(it))) assert.ok(existsSync(path.join(folder, path.dirname(name), link)), `${name}: ${link}`);
    for (const link of links.filter((it) => /^[a-z]+:/.test(it))) assert.match(link, /^https:\/\//, name);
  }
  for (const name of readdirSync(inRoot('messages'))) assert.ok(existsSync(path.join(folder, name === 'en.json' ? 'messages' : 'dist/messages', name)), name);
});

test('every language is a file of its own, named in the script, and known by its hash', () => {
  const dist = inRoot('target', 'npm', 'package', 'dist');
  const languages = readdirSync(inRoot('messages')).filter((name) => name !== 'en.json').sort();
  assert.equal(languages.length, 13);
  assert.deepEqual(readdirSync(path.join(dist, 'messages')).sort(), languages);
  const named = readFileSync(path.join(dist, 'index.js'), 'utf8').matchAll(/new URL\("\.\/messages\/([\w.-]+)",import\.meta\.url\)/g);
  assert.deepEqual([...named].map(([, name]) => name).sort(), languages);
  const hashes = JSON.parse(readFileSync(path.join(dist, 'integrity.json'), 'utf8'));
  assert.deepEqual(Object.keys(hashes).sort(), [...languages.map((name) => `messages/${name}`), 'debug.js', 'guard.js', 'index.js', 'preload.js', 'react.js', 'react/stytch-standalone.js', 'react/stytch.js', 'register.js', 'stytch.wasm', 'testing.js', 'widget.wasm'].sort());
  // Vite would make smaller ones a part of the script, from where a strict policy lets nobody load them.
  for (const name of languages) assert.ok(readFileSync(path.join(dist, 'messages', name)).length > 4096, name);
});

test('the manifest names the slots', () => {
  const { modules: [{ declarations }] } = JSON.parse(readFileSync(inRoot('target', 'npm', 'package', 'custom-elements.json'), 'utf8'));
  for (const { slots } of declarations) assert.deepEqual(slots.map(({ name }) => name), ['header', 'footer']);
});
