// From a compiled program to what is shipped of it: wasm-bindgen makes its glue, and both are made small together.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { shrink } from './shrink.mjs';

/**
 * Answers `{ js, wasm, named }` of a module that cargo wrote; `name` is a program's own among all.
 *
 * @param {{wanted?: string[], loader?: boolean}} use what the glue is used for, and whether it loads the module itself
 */
export async function bindgen(name, module, env, use) {
  const out = inRoot('target', 'bindgen', name);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  // Whoever loads a module says where it is.
  const args = ['--target', 'web', '--no-typescript', '--omit-default-module-path', '--out-dir', out, '--out-name', 'program', module];
  await run('wasm-bindgen', args, { env, quiet: true, what: 'wasm-bindgen' });
  return shrink(path.join(out, 'program.js'), path.join(out, 'program_bg.wasm'), use);
}
