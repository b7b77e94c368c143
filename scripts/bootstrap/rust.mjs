// A Rust toolchain that can compile for wasm32-unknown-unknown.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from '../lib/root.mjs';
import { ask, start, which } from '../lib/run.mjs';
import { mayWriteOutside, step, Stop } from '../lib/say.mjs';
import { DEBIAN_TOOLCHAIN, debianToolchain } from './debian.mjs';

export const WASM = 'wasm32-unknown-unknown';

/** Whether this environment's rustc has a standard library for WebAssembly that it can read: asked by compiling an empty program. */
function hasWasm(env) {
  const out = inRoot('target', 'probe');
  mkdirSync(out, { recursive: true });
  const args = ['--target', WASM, '--crate-name', 'probe', '--emit=metadata', '--out-dir', out, '-'];
  return spawnSync('rustc', args, { cwd: root, env, input: 'fn main() {}' }).status === 0;
}

/** Whether the source of the standard library is there: the pages are built together with it (scripts/build/trunk.mjs). */
function hasSource(env) {
  const sysroot = ask('rustc', ['--print', 'sysroot'], env);
  return sysroot !== null && existsSync(path.join(sysroot, 'lib', 'rustlib', 'src', 'rust', 'library', 'std'));
}

const complete = (env) => hasWasm(env) && hasSource(env);

// The compiler's flags for the pages are younger than the oldest Rust that the crates themselves take.
const OLDEST_RUST = '1.92';

const older = (a, b) => a.localeCompare(b, 'en', { numeric: true }) < 0;

function checkRust(env) {
  for (const program of ['cargo', 'rustc']) {
    if (!which(program, env)) throw new Stop(`${program} is missing: install Rust from https://rustup.rs and run this command again.`);
  }
  const version = ask('rustc', ['--version'], env)?.match(/^rustc ([\d.]+)/)?.[1];
  if (!version) throw new Stop('rustc does not start: install Rust from https://rustup.rs ("rustup default stable") and run this command again.');
  if (older(version, OLDEST_RUST)) throw new Stop(`Rust ${OLDEST_RUST} or newer is needed, and this is ${version}: run "rustup update stable" and this command again.`);
}

/** Asks rustup for what is missing; it may be out of reach. */
async function askRustup(env) {
  const commands = [];
  if (!hasWasm(env)) commands.push(['target', 'add', WASM]);
  if (!hasSource(env)) commands.push(['component', 'add', 'rust-src']);
  const why = 'the widget is WebAssembly, and is built together with the standard library';
  const shown = commands.map((args) => `"rustup ${args.join(' ')}"`).join(' and ');
  await mayWriteOutside(`Rust needs more for this (${why}): ${shown}.`);
  for (const args of commands) {
    step(`rustup ${args.join(' ')}`, why);
    const { code } = await start('rustup', args, { env: { ...env, RUST_BACKTRACE: '0' }, quiet: true }).ended;
    if (code !== 0) return;
  }
}

/**
 * The environment in which every cargo call is made. Where rustup cannot bring what is missing, Debian's compiler takes over, for native
 * builds too, so that crates are built once.
 */
export async function rustFor(env, { clippy = false } = {}) {
  checkRust(env);
  if (complete(env)) return env;
  const debian = { ...env, RUSTUP_TOOLCHAIN: DEBIAN_TOOLCHAIN };
  if (!env.RUSTUP_TOOLCHAIN && complete(debian)) return debian;

  if (!which('rustup', env)) {
    throw new Stop(`This Rust lacks the standard library for ${WASM}, or its source: install Rust from https://rustup.rs, or your system's packages for both, and run this command again.`);
  }
  await askRustup(env);
  if (complete(env)) return env;
  if (env.RUSTUP_TOOLCHAIN) throw new Stop(`rustup could not bring what the toolchain "${env.RUSTUP_TOOLCHAIN}" lacks; check the connection and run the command again.`);

  await debianToolchain(env, WASM, { clippy });
  if (!complete(debian)) throw new Stop(`Debian's compiler and the standard library for ${WASM} were installed, but do not work together.`);
  return debian;
}

/** Formatter and linter come with rustup's default profile, but not with its minimal one. */
export async function rustChecks(env, rust) {
  const formatter = { ...rust, RUSTUP_TOOLCHAIN: env.RUSTUP_TOOLCHAIN };
  if (formatter.RUSTUP_TOOLCHAIN === undefined) delete formatter.RUSTUP_TOOLCHAIN;
  const missing = [];
  if (!ask('cargo', ['fmt', '--version'], formatter)) missing.push('rustfmt');
  if (rust.RUSTUP_TOOLCHAIN !== DEBIAN_TOOLCHAIN && !ask('cargo', ['clippy', '--version'], rust)) missing.push('clippy');
  if (missing.length) {
    await mayWriteOutside(`The tests check form and lints, so Rust needs ${missing.join(' and ')} ("rustup component add ${missing.join(' ')}").`);
    step(`rustup component add ${missing.join(' ')}`, 'the tests check form and lints');
    const { code } = await start('rustup', ['component', 'add', ...missing], { env: { ...formatter, RUST_BACKTRACE: '0' }, quiet: true }).ended;
    if (code !== 0) throw new Stop(`rustup could not add ${missing.join(' and ')}; check the connection and run the command again.`);
  }
  return formatter;
}
