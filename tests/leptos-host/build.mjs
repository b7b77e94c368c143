// Builds examples/leptos as its README says, but with cargo and wasm-bindgen in the place of Trunk, which takes minutes to compile.
// The target folder is the project's, so that crates with the same features are compiled once.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cutFolders, isSmall } from '../../scripts/build/compile.mjs';
import { WASM } from '../../scripts/bootstrap/rust.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';

const here = inRoot('examples', 'leptos');
const module = inRoot('target', WASM, 'release', 'countersign-leptos-page.wasm');

/** `countersign-shrink`, as it is packed. */
const command = inRoot('target', 'npm', 'package', 'dist', 'shrink', 'main.js');

/** The folder of glue and module. */
export const out = inRoot('target', 'leptos-host');

/** What a browser loads to run the page: the loader, the glue and the module. */
export const program = () => [path.join(here, 'loader.js'), path.join(out, 'page.js'), path.join(out, 'page_bg.wasm')].map((file) => readFileSync(file));

/** Builds the page. Returns whether it has the size options, and what the recipe's last step said. */
export function build() {
  const small = isSmall(process.env);
  // The same flags as for the project's own pages: no compiled crate names a folder of this machine.
  const flags = cutFolders(process.env).map((folder) => `--remap-path-prefix=${folder}=`).join(' ');
  const env = { ...process.env, CARGO_TARGET_DIR: inRoot('target'), RUSTFLAGS: flags, ...(small && { COUNTERSIGN_SMALL: '1' }) };
  const run = (command, ...args) => execFileSync(command, args, { cwd: here, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  run(...(small ? ['sh', 'small.sh'] : []), 'cargo', 'build', '--release', '--locked', '--target', WASM);
  rmSync(out, { recursive: true, force: true });
  run('wasm-bindgen', '--target', 'web', '--no-typescript', '--out-dir', out, '--out-name', 'page', module);
  return { small, said: run(process.execPath, command, out) };
}
