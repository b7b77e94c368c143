// Assembles the npm package: JavaScript, types, WebAssembly, style sheets, manifest, documents.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodesOf } from '../../components/element/outline.mjs';
import { targets } from '../lib/browsers.mjs';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { Stop } from '../lib/say.mjs';
import { bindgen } from './bindgen.mjs';
import { checkFiles } from './check.mjs';
import { documents } from './documents.mjs';
import { fields } from './fields.mjs';
import { checkNames, compileElement } from './compile.mjs';
import { manifest } from './manifest.mjs';
import { writeNames } from './names.mjs';
import { previewGlue } from './preview.mjs';
import { renderEntry } from './render.mjs';
import { writeScenes } from './scenes.mjs';
import { shrinkCommand } from './shrink-command.mjs';

const SOURCE = ['components', 'element', 'ts'];
const BANNER = '/*! countersign, MIT OR Apache-2.0 */';

/** The exports of the glue that TypeScript uses. */
const WANTED = ['imports', 'begin', 'mount', 'update', 'unmount'];
/** The programs and their features. Most pages never call Stytch and load the smaller one. */
const PROGRAMS = { widget: [], stytch: ['stytch'] };

/** Compiles the programs. Returns `{ js, wasm }` of each, by name. */
export async function programs(how) {
  const made = {};
  for (const [name, features] of Object.entries(PROGRAMS)) {
    const module = await compileElement(features, how);
    made[name] = await bindgen(name, module, how, { wanted: WANTED, loader: false });
  }
  return made;
}

/** An esbuild plugin: resolves the glue, minifies style sheets as texts, and keeps imports between entries. */
const parts = (esbuild, made) => ({
  name: 'parts',
  setup(build) {
    build.onResolve({ filter: /^countersign:glue\/\w+$/ }, ({ path: name }) => ({ path: path.basename(name), namespace: 'glue' }));
    build.onLoad({ filter: /./, namespace: 'glue' }, ({ path: name }) => ({ contents: made[name].js }));
    build.onResolve({ filter: /^countersign:preview$/ }, ({ path: name }) => ({ path: name, namespace: 'preview' }));
    build.onLoad({ filter: /./, namespace: 'preview' }, async () => ({ contents: await previewGlue(esbuild, made.widget.js) }));
    build.onResolve({ filter: /^countersign:fields$/ }, ({ path: name }) => ({ path: name, namespace: 'fields' }));
    build.onLoad({ filter: /./, namespace: 'fields' }, async () => ({ contents: JSON.stringify(await fields()), loader: 'json' }));
    build.onResolve({ filter: /^(\.\/index|\.\.\/react)\.js$/ }, ({ path: entry }) => ({ path: entry, external: true }));
    build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { code } = await esbuild.transform(readFileSync(file, 'utf8'), { loader: 'css', minify: true, target: targets });
      return { contents: code.trim(), loader: 'text' };
    });
    build.onLoad({ filter: /\.html$/ }, ({ path: file }) => ({ contents: JSON.stringify(nodesOf(readFileSync(file, 'utf8'))), loader: 'json' }));
  },
});

/** Vite inlines smaller files as `data:` URLs, and a strict policy does not allow to fetch those. */
const INLINED = 4096;

/** Tells bundlers to leave the one import alone that has an address: minifying has removed the comments. */
function ignored(file) {
  const text = readFileSync(file, 'utf8');
  if (text.match(/\bimport\(\w+\)/g)?.length !== 1) throw new Stop('index.js imports debug.js by its address, and nothing else.');
  writeFileSync(file, text.replace(/\bimport\((\w+)\)/, 'import(/*webpackIgnore:true*//*@vite-ignore*/$1)'));
}

async function scripts(made, out) {
  const esbuild = await import('esbuild');
  writeScenes(inRoot(...SOURCE, 'generated', 'scenes.ts'));
  for (const entry of ['index', 'register', 'react', 'react/stytch', 'react/stytch-standalone', 'debug', 'testing', 'preload', 'preload/vite', 'preload/webpack']) {
    await esbuild.build({
      entryPoints: [inRoot(...SOURCE, `${entry}.ts`)],
      outfile: path.join(out, `${entry}.js`),
      bundle: true,
      format: 'esm',
      target: targets,
      minify: true,
      legalComments: 'none',
      external: ['react', '@stytch/react', '@stytch/react/b2b'],
      banner: { js: BANNER },
      plugins: [parts(esbuild, made)],
      logLevel: 'warning',
      logOverride: { 'ignored-bare-import': 'silent' },
    });
  }
  ignored(path.join(out, 'index.js'));
  if (readFileSync(path.join(out, 'debug.js')).length <= INLINED) throw new Stop('debug.js is so small that Vite would put it into the page.');
}

/** The guards of a card that is a form: a script that needs no other file, and no module. */
async function guard(out) {
  const esbuild = await import('esbuild');
  await esbuild.build({ entryPoints: [inRoot(...SOURCE, 'guard.ts')], outfile: path.join(out, 'guard.js'), bundle: true, format: 'iife', target: targets, minify: true, banner: { js: BANNER }, logLevel: 'warning' });
}

async function styles(out) {
  const esbuild = await import('esbuild');
  mkdirSync(path.join(out, 'styles', 'themes'), { recursive: true });
  const themes = readdirSync(inRoot('style', 'themes')).map((name) => `themes/${name}`);
  for (const name of ['tokens.css', 'widget.css', 'page.css', ...themes]) {
    const { code } = await esbuild.transform(readFileSync(inRoot('style', name), 'utf8'), { loader: 'css', minify: true, target: targets });
    writeFileSync(path.join(out, 'styles', name), code);
  }
}

/** Writes one file for each language. English is in the WebAssembly. */
function messages(out) {
  mkdirSync(path.join(out, 'messages'));
  for (const name of readdirSync(inRoot('messages')).filter((it) => it !== 'en.json')) {
    const text = JSON.stringify(JSON.parse(readFileSync(inRoot('messages', name), 'utf8')));
    if (text.length <= INLINED) throw new Stop(`messages/${name} is so small that Vite would put it into the script, where a strict policy lets nobody load it.`);
    writeFileSync(path.join(out, 'messages', name), text);
  }
}

/** Declarations that are written by hand: the tags in the markup of frameworks, style sheets, and the address of a program. */
const DECLARED = ['markup', 'sheet.d.ts', 'wasm/file.d.ts'];

/** Writes the type declarations of `ts/`. `elements` is the manifest. */
async function types(out, elements) {
  const staged = inRoot('target', 'npm', 'types');
  rmSync(staged, { recursive: true, force: true });
  const { apiTypes } = await import('../../components/element/api-types.mjs');
  await apiTypes(inRoot('api', 'openapi.yaml'), inRoot(...SOURCE, 'generated', 'openapi.ts'));
  writeNames(elements, inRoot(...SOURCE, 'generated', 'names.ts'));
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [tsc, '-p', inRoot(...SOURCE)], { what: 'TypeScript' });
  cpSync(path.join(staged, ...SOURCE), path.join(out, 'types'), { recursive: true });
  for (const name of DECLARED) {
    cpSync(inRoot(...SOURCE, name), path.join(out, 'types', name), { recursive: true, filter: (file) => !file.endsWith('.ts') || file.endsWith('.d.ts') });
  }
}

const SERVER = ['server', 'node', 'src'];
const SERVER_ENTRIES = ['index', 'node', 'headers', 'page', 'form', 'redeemed', 'prompt', 'domains', 'logout', 'kept', 'development', 'way-out', 'engines/better-auth', 'engines/workers-oauth-provider', 'engines/oidc-provider', 'engines/hydra', 'stores/memory', 'stores/sqlite', 'stores/redis', 'stores/postgres', 'stores/d1', 'stores/durable-object'];

/** Writes `countersign/server`: readable, since a server's traces are read, and with what its entries share in files of their own. */
async function server(out) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    entryPoints: SERVER_ENTRIES.map((name) => inRoot(...SERVER, `${name}.ts`)),
    outbase: inRoot(...SERVER),
    outdir: path.join(out, 'server'),
    bundle: true,
    splitting: true,
    chunkNames: 'shared/[hash]',
    format: 'esm',
    platform: 'neutral',
    external: ['node:*', 'tldts'],
    target: targets,
    banner: { js: BANNER },
    logLevel: 'warning',
  });
  // Between files that share a part, imports of nothing are left. No part has an effect, and other bundlers warn of them.
  for (const name of readdirSync(path.join(out, 'server'), { recursive: true }).filter((it) => it.endsWith('.js'))) {
    const file = path.join(out, 'server', name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^import "[^"]*";\n/gm, ''));
  }
  const staged = inRoot('target', 'npm', 'server-types');
  rmSync(staged, { recursive: true, force: true });
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  const args = ['-p', inRoot('server', 'node'), '--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rewriteRelativeImportExtensions', '--rootDir', inRoot(), '--outDir', staged];
  await run(process.execPath, [tsc, ...args], { what: 'TypeScript' });
  const declared = path.join(staged, ...SERVER);
  await checkFiles(path.join(out, 'check'), { declared: path.join(declared, 'check'), banner: BANNER });
  for (const name of readdirSync(declared, { recursive: true }).filter((it) => it.endsWith('.d.ts') && !it.startsWith('check'))) {
    mkdirSync(path.dirname(path.join(out, 'server', name)), { recursive: true });
    // The names of the sources are in them.
    writeFileSync(path.join(out, 'server', name), readFileSync(path.join(declared, name), 'utf8').replace(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}

/** The hash of every file, for Subresource Integrity. */
function integrity(out) {
  const files = readdirSync(out, { recursive: true }).filter((name) => /^(react\/)?[\w.-]+\.(js|wasm)$|^messages\//.test(name)).sort();
  const hash = (name) => `sha384-${createHash('sha384').update(readFileSync(path.join(out, name))).digest('base64')}`;
  return Object.fromEntries(files.map((name) => [name, hash(name)]));
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** Assembles the package and returns its folder. `render` is the program for servers. */
export async function npmPackage(made, render) {
  const folder = inRoot('target', 'npm', 'package');
  const out = path.join(folder, 'dist');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [name, { wasm }] of Object.entries(made)) writeFileSync(path.join(out, `${name}.wasm`), wasm);
  await scripts(made, out);
  await guard(out);
  await styles(out);
  messages(out);
  const elements = await manifest();
  await types(out, elements);
  await server(out);
  await renderEntry(path.join(out, 'render'), render, BANNER);
  await shrinkCommand(path.join(out, 'shrink'), BANNER);
  writeFileSync(path.join(out, 'integrity.json'), json(integrity(out)));
  writeFileSync(path.join(folder, 'custom-elements.json'), json(elements));
  // `private` prevents that the source folder is published instead of the built package.
  const { private: _, devDependencies: __, ...own } = JSON.parse(readFileSync(inRoot('components', 'element', 'package.json'), 'utf8'));
  // Its links are from the root of the repository, as the package's documents stand there.
  const { directory: ___, ...repository } = own.repository;
  writeFileSync(path.join(folder, 'package.json'), json({ ...own, repository }));
  documents(folder, own);
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE', 'CHANGELOG.md']) copyFileSync(inRoot(name), path.join(folder, name));
  for (const name of readdirSync(out, { recursive: true }).filter((it) => /\.(js|wasm)$/.test(it))) checkNames(name, readFileSync(path.join(out, name)));
  return folder;
}
