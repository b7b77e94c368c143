// A Rust toolchain that can compile for wasm32-unknown-unknown.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
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

/** The pages are built together with the standard library (scripts/build/trunk.mjs), from its source. */
async function standardSource(env) {
  const source = path.join(ask('rustc', ['--print', 'sysroot'], env), 'lib', 'rustlib', 'src', 'rust', 'library', 'std');
  if (existsSync(source)) return env;
  if (!which('rustup', env)) throw new Stop(`The source of Rust's standard library is missing (${source}): install your system's package for it and run this command again.`);
  await mayWriteOutside('The pages are built together with the standard library, so Rust needs its source ("rustup component add rust-src").');
  step('rustup component add rust-src', 'the pages are built together with the standard library');
  const { code } = await start('rustup', ['component', 'add', 'rust-src'], { env: { ...env, RUST_BACKTRACE: '0' }, quiet: true }).ended;
  if (code !== 0) throw new Stop('rustup could not add rust-src; check the connection and run the command again.');
  return env;
}

function oldestRust() {
  return readFileSync(inRoot('Cargo.toml'), 'utf8').match(/^rust-version = "([\d.]+)"/m)?.[1] ?? '1.0';
}

const older = (a, b) => a.localeCompare(b, 'en', { numeric: true }) < 0;

function checkRust(env) {
  for (const program of ['cargo', 'rustc']) {
    if (!which(program, env)) throw new Stop(`${program} is missing: install Rust from https://rustup.rs and run this command again.`);
  }
  const version = ask('rustc', ['--version'], env)?.match(/^rustc ([\d.]+)/)?.[1];
  if (!version) throw new Stop('rustc does not start: install Rust from https://rustup.rs ("rustup default stable") and run this command again.');
  const oldest = oldestRust();
  if (older(version, oldest)) throw new Stop(`Rust ${oldest} or newer is needed, and this is ${version}: run "rustup update stable" and this command again.`);
}

/** The environment in which every cargo call is made. Where rustup cannot bring the target, Debian's compiler takes over, for native builds too, so that crates are built once. */
export async function rustFor(env, { clippy = false } = {}) {
  checkRust(env);
  if (hasWasm(env)) return standardSource(env);
  const debian = { ...env, RUSTUP_TOOLCHAIN: DEBIAN_TOOLCHAIN };
  if (!env.RUSTUP_TOOLCHAIN && hasWasm(debian)) return standardSource(debian);

  if (!which('rustup', env)) {
    throw new Stop(`This Rust has no standard library for ${WASM}: install Rust from https://rustup.rs, or your system's package for that target, and run this command again.`);
  }
  await mayWriteOutside(`The widget is WebAssembly, so Rust needs its standard library for ${WASM} ("rustup target add ${WASM}").`);
  step(`rustup target add ${WASM}`, 'the widget is WebAssembly');
  const { code } = await start('rustup', ['target', 'add', WASM], { env: { ...env, RUST_BACKTRACE: '0' }, quiet: true }).ended;
  if (code === 0 && hasWasm(env)) return standardSource(env);
  if (env.RUSTUP_TOOLCHAIN) throw new Stop(`rustup could not add ${WASM} to the toolchain "${env.RUSTUP_TOOLCHAIN}"; check the connection and run the command again.`);

  await debianToolchain(env, WASM, { clippy });
  if (!hasWasm(debian)) throw new Stop(`The standard library for ${WASM} was built but Debian's compiler does not find it.`);
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
