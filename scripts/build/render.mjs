// Writes `countersign/render` into the npm package: the card as HTML text for servers, with its WebAssembly.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { targets } from '../lib/browsers.mjs';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { bindgen } from './bindgen.mjs';
import { compileRender } from './compile.mjs';

const SOURCE = inRoot('server', 'render', 'ts');

/** The exports of the glue that `index.ts` uses. */
const WANTED = ['imports', 'begin', 'render'];

/** Compiles the program for servers. Returns `{ js, wasm }`. */
export async function renderProgram(how) {
  return bindgen('render', await compileRender(how), how, { wanted: WANTED, loader: false });
}

/** Writes the entry, its types and the module to `out`. */
export async function renderEntry(out, { js, wasm }, banner) {
  const esbuild = await import('esbuild');
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, 'render.wasm'), wasm);
  await esbuild.build({
    entryPoints: [path.join(SOURCE, 'index.ts')],
    outfile: path.join(out, 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: targets,
    banner: { js: banner },
    plugins: [{
      name: 'glue',
      setup(build) {
        build.onResolve({ filter: /^countersign:glue\/render$/ }, ({ path: name }) => ({ path: name, namespace: 'glue' }));
        build.onLoad({ filter: /./, namespace: 'glue' }, () => ({ contents: js }));
      },
    }],
    logLevel: 'warning',
  });
  const staged = inRoot('target', 'npm', 'render-types');
  rmSync(staged, { recursive: true, force: true });
  await run(process.execPath, [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', SOURCE], { what: 'TypeScript' });
  copyFileSync(path.join(staged, 'index.d.ts'), path.join(out, 'index.d.ts'));
  copyFileSync(path.join(SOURCE, 'module.d.ts'), path.join(out, 'module.d.ts'));
}
