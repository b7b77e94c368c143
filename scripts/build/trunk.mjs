// One Trunk run: cargo, wasm-bindgen and the page's HTML, into a folder that finish.mjs takes over.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { inRoot, root } from '../lib/root.mjs';
import { ask, run } from '../lib/run.mjs';
import { WASM } from '../bootstrap/rust.mjs';

/** Names under which source files stand in panic messages: short ones, since every byte is shipped, and none of this machine. */
function sourceNames(env) {
  const registry = path.join(env.CARGO_HOME ?? path.join(homedir(), '.cargo'), 'registry', 'src');
  const sysroot = ask('rustc', ['--print', 'sysroot'], env);
  const indexes = existsSync(registry) ? readdirSync(registry).sort() : [];
  return [[root, ''], [homedir(), ''], [path.join(sysroot, 'lib', 'rustlib', 'src', 'rust'), ''], ...indexes.map((index) => [path.join(registry, index), ''])];
}

/** Brings the crates before anything is built, so that a missing network shows at once and Trunk can work offline. */
export function fetchCrates(env) {
  const args = ['fetch', '--locked', '--target', WASM];
  return run('cargo', args, { env, quiet: true, what: 'Bringing the crates', from: 'the crate registry' });
}

/** Builds a page in release and answers the folder with Trunk's output. */
export async function trunk({ name, html, url }, env) {
  const out = inRoot('target', 'pages', name);
  rmSync(out, { recursive: true, force: true });
  const flags = sourceNames(env).map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
  const args = ['build', '--release', '--offline', '--locked', '--dist', out, '--public-url', url, html];
  await run('trunk', args, {
    // Trunk itself stumbles over NO_COLOR=1.
    env: { ...env, CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f'), NO_COLOR: 'true' },
    what: `Building the page "${name}"`,
  });
  return out;
}
