// Compiles the pages and the npm package, both with the same target folder, profile, flags and
// features, so that building one after the other compiles no crate twice.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { hasSource, hostOf, isAtLeast, WASM } from '../bootstrap/rust.mjs';
import { inRoot, root } from '../lib/root.mjs';
import { ask, run } from '../lib/run.mjs';
import { note, Stop } from '../lib/say.mjs';

/** The oldest compiler that has the flags below. */
const OLDEST_FOR_SMALL = '1.92';

/**
 * The size options: the standard library is compiled with the widget and for size, and a panic is a
 * trap without a message. Together they save a tenth of a page. Cargo and rustc call them unstable,
 * so RUSTC_BOOTSTRAP is set, for these builds only.
 */
const SMALL_STD = { RUSTC_BOOTSTRAP: '1', CARGO_UNSTABLE_BUILD_STD: 'std,panic_abort', CARGO_UNSTABLE_BUILD_STD_FEATURES: 'optimize_for_size' };
const BARE_TRAPS = ['-Zunstable-options', '-Cpanic=immediate-abort', '-Zlocation-detail=none', '-Zfmt-debug=none', '-Zmerge-functions=disabled'];

/** Why this toolchain does not support the size options, or null. */
function hindrance(env) {
  if (!isAtLeast(OLDEST_FOR_SMALL, env)) return `Rust is older than ${OLDEST_FOR_SMALL}`;
  return hasSource(env) ? null : 'the source of the standard library is missing (rustup\'s component rust-src)';
}

/**
 * Decides whether to use the size options: COUNTERSIGN_SMALL=0 turns them off, 1 requires them; if it
 * is not set, they are used if the toolchain supports them.
 */
export function isSmall(env) {
  const wish = env.COUNTERSIGN_SMALL ?? '';
  if (!['', '0', '1'].includes(wish)) throw new Stop(`COUNTERSIGN_SMALL must be 0 or 1, and is "${wish}".`);
  const why = wish === '0' ? null : hindrance(env);
  if (why && wish === '1') throw new Stop(`COUNTERSIGN_SMALL=1 requires the size options, but ${why}.`);
  if (why) note('building without the size options: everything is about a tenth larger', why);
  return wish !== '0' && !why;
}

/** Prefixes to remove from the source paths in panic messages: they cost bytes and name this machine. */
export function cutFolders(env) {
  const cargo = env.CARGO_HOME ?? path.join(homedir(), '.cargo');
  const registry = path.join(cargo, 'registry', 'src');
  const sysroot = ask('rustc', ['--print', 'sysroot'], env);
  const indexes = existsSync(registry) ? readdirSync(registry).sort() : [];
  // The last match counts, so parent folders come first.
  return [homedir(), cargo, root, path.join(sysroot, 'lib', 'rustlib', 'src', 'rust'), ...indexes.map((index) => path.join(registry, index))];
}

/** Stops if shipped bytes contain the path of a folder on this machine. */
export function checkNames(name, bytes) {
  for (const place of [root, homedir()].filter((folder) => folder !== '/')) {
    if (bytes.includes(`${place}/`)) throw new Stop(`${name} names a folder of this machine (${place}): the flags in scripts/build/compile.mjs no longer cover it.`);
  }
}

/**
 * Downloads the crates before the build, so that a missing network is reported at once: for this machine too, on which the build
 * scripts and macros run.
 */
export function fetchCrates(env, small) {
  const args = ['fetch', '--locked', '--target', WASM, '--target', hostOf(env)];
  return run('cargo', args, { env: { ...env, ...(small && SMALL_STD) }, quiet: true, what: 'Bringing the crates', from: 'the crate registry' });
}

// Always selects all packages, and then builds some targets of them: cargo unifies the features of
// shared dependencies over all selected packages, and other features would mean other builds of them.
const PACKAGES = ['-p', 'countersign-demo', '-p', 'countersign-element', '-p', 'countersign-render', '--no-default-features'];

function cargo(args, what, { env, small }) {
  const flags = [...(small ? BARE_TRAPS : []), ...cutFolders(env).map((folder) => `--remap-path-prefix=${folder}=`)];
  return run('cargo', ['build', '--release', '--offline', '--locked', '--target', WASM, ...PACKAGES, ...args], {
    env: { ...env, ...(small && SMALL_STD), CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f') },
    what,
  });
}

const compiled = (name) => inRoot('target', WASM, 'release', `${name}.wasm`);

/** Compiles all pages. Returns a function from a program's name to the path of its module. */
export async function compilePages(how) {
  await cargo(['--bins'], 'Compiling the pages', how);
  return compiled;
}

/** Compiles the program that renders cards on servers. Returns the path of its module. */
export async function compileRender(how) {
  await cargo(['--lib'], 'Compiling the card for servers', how);
  return compiled('countersign_render');
}

/** Compiles the element with these features. Returns the path of its module, which the next call overwrites. */
export async function compileElement(features, how) {
  await cargo(['--lib', ...(features.length ? ['--features', features.map((name) => `countersign-element/${name}`).join(',')] : [])], 'Compiling the elements', how);
  return compiled('countersign_element');
}
