// The WebAssembly of the npm package: cargo, wasm-bindgen, wasm-opt, and the glue without a loader of its own.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WASM } from '../bootstrap/rust.mjs';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { shrink } from './glue.mjs';
import { smallBuild } from './trunk.mjs';

/** Builds it in release and answers the folder with `widget.wasm` and `glue.js`. */
export async function element(env) {
  const out = inRoot('target', 'npm', 'wasm');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const args = ['build', '--release', '--offline', '--locked', '-p', 'countersign-element', '--target', WASM];
  await run('cargo', args, { env: smallBuild(env), what: 'Building the elements' });
  const built = inRoot('target', WASM, 'release', 'countersign_element.wasm');
  const bindings = ['--target', 'web', '--no-typescript', '--omit-default-module-path', '--out-dir', out, '--out-name', 'bound', built];
  await run('wasm-bindgen', bindings, { env, what: 'wasm-bindgen' });
  const wanted = ['imports', 'begin', 'mount', 'update', 'unmount'];
  const { js, wasm } = await shrink(path.join(out, 'bound.js'), path.join(out, 'bound_bg.wasm'), { wanted, loader: false });
  writeFileSync(path.join(out, 'glue.js'), js);
  writeFileSync(path.join(out, 'widget.wasm'), wasm);
  return out;
}
