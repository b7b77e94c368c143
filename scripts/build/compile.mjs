// How everything that is shipped is compiled: one target folder, one profile, one set of flags for the pages and the npm package, so that
// whoever builds one after the other compiles no crate twice.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { hasSource, isAtLeast, WASM } from '../bootstrap/rust.mjs';
import { inRoot, root } from '../lib/root.mjs';
import { ask, run } from '../lib/run.mjs';
import { note, Stop } from '../lib/say.mjs';

/** The oldest compiler that knows the flags below. */
const OLDEST_FOR_SMALL = '1.92';

/**
 * The size tricks. The standard library is compiled with the widget, for size, and a panic is a bare trap without its text: a tenth of a
 * page. Cargo still calls both unstable, so the compiler's own opt-in is set for these builds, and for nothing else.
 */
const SMALL_STD = { RUSTC_BOOTSTRAP: '1', CARGO_UNSTABLE_BUILD_STD: 'std,panic_abort', CARGO_UNSTABLE_BUILD_STD_FEATURES: 'optimize_for_size' };
const BARE_TRAPS = ['-Zunstable-options', '-Cpanic=immediate-abort', '-Zlocation-detail=none', '-Zfmt-debug=none'];

/** Why the size tricks cannot be used with this compiler, or null. */
function hindrance(env) {
  if (!isAtLeast(OLDEST_FOR_SMALL, env)) return `Rust is older than ${OLDEST_FOR_SMALL}`;
  return hasSource(env) ? null : 'the source of the standard library is missing (rustup\'s component rust-src)';
}

/** Whether the size tricks are used: COUNTERSIGN_SMALL=0 turns them off and 1 insists on them; without it they are used wherever they can be. */
export function isSmall(env) {
  const wish = env.COUNTERSIGN_SMALL ?? '';
  if (!['', '0', '1'].includes(wish)) throw new Stop(`COUNTERSIGN_SMALL must be 0 or 1, and is "${wish}".`);
  const why = wish === '0' ? null : hindrance(env);
  if (why && wish === '1') throw new Stop(`COUNTERSIGN_SMALL=1 asks for the size tricks, but ${why}.`);
  if (why) note('building without the size tricks, so everything weighs about a tenth more', why);
  return wish !== '0' && !why;
}

/** The folders that are cut from the names of source files in panic messages: every byte is shipped, and none should tell of this machine. */
function cutFolders(env) {
  const cargo = env.CARGO_HOME ?? path.join(homedir(), '.cargo');
  const registry = path.join(cargo, 'registry', 'src');
  const sysroot = ask('rustc', ['--print', 'sysroot'], env);
  const indexes = existsSync(registry) ? readdirSync(registry).sort() : [];
  // The last one that fits counts, so the wider folders come first.
  return [homedir(), cargo, root, path.join(sysroot, 'lib', 'rustlib', 'src', 'rust'), ...indexes.map((index) => path.join(registry, index))];
}

/** What this machine is called must not be shipped. */
export function checkNames(name, bytes) {
  for (const place of [root, homedir()].filter((folder) => folder !== '/')) {
    if (bytes.includes(`${place}/`)) throw new Stop(`${name} names a folder of this machine (${place}): the flags in scripts/build/compile.mjs no longer cover it.`);
  }
}

/** Brings the crates before anything is built, so that a missing network shows at once. */
export function fetchCrates(env, small) {
  const args = ['fetch', '--locked', '--target', WASM];
  return run('cargo', args, { env: { ...env, ...(small && SMALL_STD) }, quiet: true, what: 'Bringing the crates', from: 'the crate registry' });
}

// Both packages are always chosen and only the wanted targets built: cargo unites the features of the crates below over the packages chosen,
// and a crate with other features is another crate. No default features: the element's are named where they are wanted.
const PACKAGES = ['-p', 'countersign-demo', '-p', 'countersign-element', '--no-default-features'];

function cargo(args, what, { env, small }) {
  const flags = [...(small ? BARE_TRAPS : []), ...cutFolders(env).map((folder) => `--remap-path-prefix=${folder}=`)];
  return run('cargo', ['build', '--release', '--offline', '--locked', '--target', WASM, ...PACKAGES, ...args], {
    env: { ...env, ...(small && SMALL_STD), CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f') },
    what,
  });
}

const compiled = (name) => inRoot('target', WASM, 'release', `${name}.wasm`);

/** Compiles all pages in one go; answers where the WebAssembly of a page is. */
export async function compilePages(how) {
  await cargo(['--bins'], 'Compiling the pages', how);
  return compiled;
}

/** Compiles the element with these features, and answers where its WebAssembly is: until it is compiled with others. */
export async function compileElement(features, how) {
  await cargo(['--lib', ...(features.length ? ['--features', features.map((name) => `countersign-element/${name}`).join(',')] : [])], 'Compiling the elements', how);
  return compiled('countersign_element');
}
