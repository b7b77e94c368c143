// Provides wasm-bindgen-cli, and Trunk and cargo-deny on request: from PATH if the version there is the right one,
// otherwise compiled into .tools.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { ask, run, which } from '../lib/run.mjs';
import { note, Stop, took } from '../lib/say.mjs';

const TRUNK = '0.21.14';
const DENY = '0.20.2';
export const toolFolder = inRoot('.tools', 'bin');

/** The tool must have the version of the library in the lock file. */
function wasmBindgenVersion() {
  const lock = existsSync(inRoot('Cargo.lock')) ? readFileSync(inRoot('Cargo.lock'), 'utf8') : '';
  const version = lock.match(/name = "wasm-bindgen"\r?\nversion = "([^"]+)"/)?.[1];
  if (!version) throw new Stop('Cargo.lock names no wasm-bindgen: it is part of the project; restore it with "git checkout Cargo.lock".');
  return version;
}

// Optimized for compile time, because both run for seconds only. wasm-bindgen reads whole debug
// modules and needs some optimization. The omitted features are downloads over TLS, which we do not use.
const quick = (level) => [
  '--no-default-features',
  ...[`opt-level=${level}`, 'lto="off"', 'codegen-units=16', 'debug=false', 'strip=true'].flatMap((setting) => ['--config', `profile.release.${setting}`]),
];

const tools = ({ trunk, deny }) => [
  {
    crate: 'wasm-bindgen-cli',
    version: wasmBindgenVersion(),
    programs: ['wasm-bindgen', 'wasm-bindgen-test-runner'],
    why: 'it makes the glue between WebAssembly and JavaScript, and must have the version of the library in Cargo.lock',
    minutes: 2,
    // Not --locked: its lock file may name a crate version that the registry has no longer.
    args: quick(1),
  },
  ...(trunk ? [{
    crate: 'trunk',
    version: TRUNK,
    programs: ['trunk'],
    why: 'it serves the page while it is worked on',
    minutes: 2,
    // It does not compile without --locked.
    args: ['--locked', ...quick(0)],
  }] : []),
  ...(deny ? [{
    crate: 'cargo-deny',
    version: DENY,
    programs: ['cargo-deny'],
    why: 'it checks the licences and sources of all crates',
    minutes: 1,
    args: ['--locked', ...quick(0)],
  }] : []),
];

const isThere = ({ programs, version }, env) => programs.every((program) => ask(program, ['--version'], env)?.split(/\s+/)[1] === version);

/** Puts .tools/bin first on PATH and installs there what PATH lacks. `wanted.trunk` and `wanted.deny` include those tools. */
export async function toolsFor(env, wanted) {
  const ours = { ...env, PATH: [toolFolder, env.PATH].join(path.delimiter) };
  for (const tool of tools(wanted)) {
    if (isThere(tool, ours)) continue;
    const { crate, version, why, minutes, args } = tool;
    if (!which('cc', env)) throw new Stop('A C compiler is missing (Debian: "apt-get install build-essential"); install one and run this command again.');
    note(`cargo install ${crate}@${version} into .tools`, `${why}; about ${minutes} minutes on two cores`);
    const begin = performance.now();
    const build = { ...env, CARGO_TARGET_DIR: inRoot('.tools', 'target') };
    await run('cargo', ['install', `${crate}@${version}`, ...args, '--force', '--root', inRoot('.tools')], { env: build, what: `Installing ${crate} ${version}`, from: 'the crate registry' });
    if (!isThere(tool, ours)) throw new Stop(`${crate} ${version} was installed into .tools but does not start there.`);
    note(`${crate} ${version} is in .tools`, took(begin));
  }
  rmSync(inRoot('.tools', 'target'), { recursive: true, force: true });
  return ours;
}
