// The WebAssembly of the npm package: cargo, wasm-bindgen, wasm-opt, and the glue without a loader of its own.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WASM } from '../bootstrap/rust.mjs';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { shrink } from './glue.mjs';
import { smallBuild } from './trunk.mjs';

const WANTED = ['imports', 'begin', 'mount', 'update', 'unmount'];

/** The programs, by the names of their files: most pages never call Stytch. */
export const PROGRAMS = { widget: ['--no-default-features'], stytch: ['--features', 'stytch'] };

async function program(name, env, out) {
  const args = ['build', '--release', '--offline', '--locked', '-p', 'countersign-element', '--target', WASM, ...PROGRAMS[name]];
  await run('cargo', args, { env: smallBuild(env), what: `Building the elements (${name})` });
  const built = inRoot('target', WASM, 'release', 'countersign_element.wasm');
  const bindings = ['--target', 'web', '--no-typescript', '--omit-default-module-path', '--out-dir', out, '--out-name', name, built];
  await run('wasm-bindgen', bindings, { env, what: 'wasm-bindgen' });
  const { js, wasm } = await shrink(path.join(out, `${name}.js`), path.join(out, `${name}_bg.wasm`), { wanted: WANTED, loader: false });
  writeFileSync(path.join(out, `${name}.glue.js`), js);
  writeFileSync(path.join(out, `${name}.wasm`), wasm);
}

/** Builds them in release and answers the folder with `NAME.wasm` and `NAME.glue.js` of each. */
export async function element(env) {
  const out = inRoot('target', 'npm', 'wasm');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const name of Object.keys(PROGRAMS)) await program(name, env, out);
  return out;
}
