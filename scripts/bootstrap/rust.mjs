// Finds or installs a Rust toolchain that can compile for wasm32-unknown-unknown.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from '../lib/root.mjs';
import { ask, start, which } from '../lib/run.mjs';
import { agrees, mayWriteOutside, note, Stop, ticking } from '../lib/say.mjs';
import { DEBIAN_TOOLCHAIN, debianToolchain } from './debian.mjs';

export const WASM = 'wasm32-unknown-unknown';

/** True if rustc can compile an empty program for WebAssembly. */
function hasWasm(env) {
  const out = inRoot('target', 'probe');
  mkdirSync(out, { recursive: true });
  const args = ['--target', WASM, '--crate-name', 'probe', '--emit=metadata', '--out-dir', out, '-'];
  return spawnSync('rustc', args, { cwd: root, env, input: 'fn main() {}' }).status === 0;
}

/** True if the source of the standard library is installed. scripts/build/compile.mjs uses it. */
export function hasSource(env) {
  const sysroot = ask('rustc', ['--print', 'sysroot'], env);
  return sysroot !== null && existsSync(path.join(sysroot, 'lib', 'rustlib', 'src', 'rust', 'library', 'std'));
}

/** The minimum supported Rust version. */
const OLDEST_RUST = readFileSync(inRoot('Cargo.toml'), 'utf8').match(/^rust-version = "([\d.]+)"/m)[1];

/** The target of this machine, as rustc calls it. */
export const hostOf = (env) => ask('rustc', ['-vV'], env)?.match(/^host: (\S+)$/m)?.[1];

const versionOf = (env) => ask('rustc', ['--version'], env)?.match(/^rustc ([\d.]+)/)?.[1];

/** True if rustc has this version or a newer one. */
export const isAtLeast = (version, env) => (versionOf(env) ?? '0').localeCompare(version, 'en', { numeric: true }) >= 0;

function checkRust(env) {
  for (const program of ['cargo', 'rustc']) {
    if (!which(program, env)) throw new Stop(`${program} is missing: install Rust from https://rustup.rs and run this command again.`);
  }
  const version = versionOf(env);
  if (!version) throw new Stop('rustc does not start: install Rust from https://rustup.rs ("rustup default stable") and run this command again.');
  if (!isAtLeast(OLDEST_RUST, env)) throw new Stop(`Rust ${OLDEST_RUST} or newer is needed, and this is ${version}: run "rustup update stable" and this command again.`);
}

/** Runs rustup ("target add wasm32-unknown-unknown"). Returns whether it succeeded. */
async function rustup(words, why, env) {
  note(`rustup ${words}`, why);
  const quiet = ticking(`rustup ${words}`);
  const { code } = await start('rustup', words.split(' '), { env: { ...env, RUST_BACKTRACE: '0' }, quiet: true }).ended;
  quiet();
  return code === 0;
}

/** Tries to install the source of the standard library. Without it, builds are larger. */
async function withSource(env) {
  if (env.COUNTERSIGN_SMALL === '0' || hasSource(env) || !which('rustup', env)) return env;
  const why = 'what is shipped is built together with the standard library, which makes it smaller';
  if (await agrees(`Rust lacks the source of its standard library (${why}): "rustup component add rust-src".`)) await rustup('component add rust-src', why, env);
  return env;
}

/** Adds a target by rustup, unless it is there. */
export async function rustupTarget(target, why, env) {
  const sysroot = ask('rustc', ['--print', 'sysroot'], env);
  if (sysroot !== null && existsSync(path.join(sysroot, 'lib', 'rustlib', target, 'lib'))) return;
  if (!which('rustup', env)) throw new Stop(`This Rust lacks the standard library for ${target}: install it, or Rust from https://rustup.rs, and run this command again.`);
  await mayWriteOutside(`Rust lacks the standard library for ${target}, and ${why}: "rustup target add ${target}".`);
  if (!await rustup(`target add ${target}`, why, env)) throw new Stop(`rustup could not bring ${target}; check the connection and run the command again.`);
}

/**
 * Returns the environment for all cargo calls. If rustup cannot install the WebAssembly target,
 * Debian's compiler is used, for native builds too, so that crates are compiled once.
 */
export async function rustFor(env, { clippy = false } = {}) {
  checkRust(env);
  if (hasWasm(env)) return withSource(env);
  const debian = { ...env, RUSTUP_TOOLCHAIN: DEBIAN_TOOLCHAIN };
  if (!env.RUSTUP_TOOLCHAIN && hasWasm(debian)) return debian;

  if (!which('rustup', env)) {
    throw new Stop(`This Rust lacks the standard library for ${WASM}: install Rust from https://rustup.rs, or your system's package for it, and run this command again.`);
  }
  await mayWriteOutside(`Rust lacks the standard library for ${WASM}, and the widget is WebAssembly: "rustup target add ${WASM}".`);
  if (await rustup(`target add ${WASM}`, 'the widget is WebAssembly', env) && hasWasm(env)) return withSource(env);
  if (env.RUSTUP_TOOLCHAIN) throw new Stop(`rustup could not bring what the toolchain "${env.RUSTUP_TOOLCHAIN}" lacks; check the connection and run the command again.`);

  await debianToolchain(env, WASM, { clippy });
  if (!hasWasm(debian)) throw new Stop(`Debian's compiler and the standard library for ${WASM} were installed, but do not work together.`);
  return debian;
}

/** Installs formatter and linter, which rustup's minimal profile lacks. */
export async function rustChecks(env, rust) {
  const formatter = { ...rust, RUSTUP_TOOLCHAIN: env.RUSTUP_TOOLCHAIN };
  if (formatter.RUSTUP_TOOLCHAIN === undefined) delete formatter.RUSTUP_TOOLCHAIN;
  const missing = [];
  if (!ask('cargo', ['fmt', '--version'], formatter)) missing.push('rustfmt');
  if (rust.RUSTUP_TOOLCHAIN !== DEBIAN_TOOLCHAIN && !ask('cargo', ['clippy', '--version'], rust)) missing.push('clippy');
  if (missing.length) {
    const words = `component add ${missing.join(' ')}`;
    await mayWriteOutside(`The tests check form and lints, so Rust needs ${missing.join(' and ')} ("rustup ${words}").`);
    if (!await rustup(words, 'the tests check form and lints', formatter)) throw new Stop(`rustup could not add ${missing.join(' and ')}; check the connection and run the command again.`);
  }
  return formatter;
}
