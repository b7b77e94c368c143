// Runs wasm-bindgen on a compiled program and shrinks the module together with its glue.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { checkFeatures } from './features.mjs';
import { shrink } from './shrink.mjs';

/**
 * Returns `{ js, wasm, named }` for a module that cargo wrote; see `shrink`. `name` must be unique.
 *
 * @param how `env`, the environment, and `small`, whether the compiler used the size options
 * @param {{wanted?: string[], loader?: boolean}} use the exports in use, and whether the glue loads
 *   the module
 */
export async function bindgen(name, module, { env, small }, use) {
  const out = inRoot('target', 'bindgen', name);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  // The caller of the glue always passes the module's address.
  const args = ['--target', 'web', '--no-typescript', '--omit-default-module-path', '--out-dir', out, '--out-name', 'program', module];
  await run('wasm-bindgen', args, { env, quiet: true, what: 'wasm-bindgen' });
  const made = await shrink(path.join(out, 'program.js'), path.join(out, 'program_bg.wasm'), { ...use, small, check: checkFeatures });
  // For tests that need to know the short names.
  writeFileSync(path.join(out, 'glue.js'), made.js);
  return made;
}
