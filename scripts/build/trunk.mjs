// One Trunk run: cargo, wasm-bindgen and the page's HTML, into a folder that finish.mjs takes over.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { inRoot, root } from '../lib/root.mjs';
import { ask, run } from '../lib/run.mjs';
import { WASM } from '../bootstrap/rust.mjs';

/** The folders that are cut from the names of source files in panic messages: every byte is shipped, and none should tell of this machine. */
function cutFolders(env) {
  const cargo = env.CARGO_HOME ?? path.join(homedir(), '.cargo');
  const registry = path.join(cargo, 'registry', 'src');
  const sysroot = ask('rustc', ['--print', 'sysroot'], env);
  const indexes = existsSync(registry) ? readdirSync(registry).sort() : [];
  // The last one that fits counts, so the wider folders come first.
  return [homedir(), cargo, root, path.join(sysroot, 'lib', 'rustlib', 'src', 'rust'), ...indexes.map((index) => path.join(registry, index))];
}

/**
 * The standard library is compiled with the pages, for size, and a panic is a bare trap, without its text: a seventh of the page.
 * Cargo still calls both unstable, so the compiler's own opt-in is set for these builds, and for nothing else.
 */
const smallStd = { RUSTC_BOOTSTRAP: '1', CARGO_UNSTABLE_BUILD_STD: 'std,panic_abort', CARGO_UNSTABLE_BUILD_STD_FEATURES: 'optimize_for_size' };
const bareTraps = ['-Zunstable-options', '-Cpanic=immediate-abort', '-Zlocation-detail=none', '-Zfmt-debug=none'];

/** Brings the crates before anything is built, so that a missing network shows at once and Trunk can work offline. */
export function fetchCrates(env) {
  const args = ['fetch', '--locked', '--target', WASM];
  return run('cargo', args, { env: { ...env, ...smallStd }, quiet: true, what: 'Bringing the crates', from: 'the crate registry' });
}

/** The environment in which what is shipped is compiled. */
export const smallBuild = (env) => ({
  ...env,
  ...smallStd,
  CARGO_ENCODED_RUSTFLAGS: [...bareTraps, ...cutFolders(env).map((folder) => `--remap-path-prefix=${folder}=`)].join('\x1f'),
});

/** Builds a page in release and answers the folder with Trunk's output. */
export async function trunk({ name, html, url }, env) {
  const out = inRoot('target', 'pages', name);
  rmSync(out, { recursive: true, force: true });
  const args = ['build', '--release', '--offline', '--locked', '--dist', out, '--public-url', url, html];
  await run('trunk', args, {
    // Trunk itself stumbles over NO_COLOR=1.
    env: { ...smallBuild(env), NO_COLOR: 'true' },
    what: `Building the page "${name}"`,
  });
  return out;
}
