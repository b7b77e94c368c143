// wasm-bindgen-cli, and Trunk for those who want it: from PATH where the version is exactly the wanted one, else built into the project's own .tools.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { ask, run, which } from '../lib/run.mjs';
import { note, Stop, took } from '../lib/say.mjs';

const TRUNK = '0.21.14';
export const toolFolder = inRoot('.tools', 'bin');

/** The tool must be as old as the library that the lock file names. */
function wasmBindgenVersion() {
  const lock = existsSync(inRoot('Cargo.lock')) ? readFileSync(inRoot('Cargo.lock'), 'utf8') : '';
  const version = lock.match(/name = "wasm-bindgen"\r?\nversion = "([^"]+)"/)?.[1];
  if (!version) throw new Stop('Cargo.lock names no wasm-bindgen: it is part of the project; restore it with "git checkout Cargo.lock".');
  return version;
}

// Quick to compile rather than quick to run: both work for seconds only. wasm-bindgen reads whole modules, debug ones too, so it gets
// some optimization. The features left out are their downloads over TLS, which nothing here uses.
const quick = (level) => [
  '--no-default-features',
  ...[`opt-level=${level}`, 'lto="off"', 'codegen-units=16', 'debug=false', 'strip=true'].flatMap((setting) => ['--config', `profile.release.${setting}`]),
];

const tools = ({ trunk }) => [
  {
    crate: 'wasm-bindgen-cli',
    version: wasmBindgenVersion(),
    programs: ['wasm-bindgen', 'wasm-bindgen-test-runner'],
    why: 'it makes the glue between WebAssembly and JavaScript, and must be as old as the library in Cargo.lock',
    minutes: 2,
    // Not --locked: its lock file names a crate version the registry need not carry any more.
    args: quick(1),
  },
  ...(trunk ? [{
    crate: 'trunk',
    version: TRUNK,
    programs: ['trunk'],
    why: 'it serves the page while it is worked on',
    minutes: 2,
    // --locked: without, it does not compile.
    args: ['--locked', ...quick(0)],
  }] : []),
];

const isThere = ({ programs, version }, env) => programs.every((program) => ask(program, ['--version'], env)?.split(/\s+/)[1] === version);

/** Puts .tools/bin first on PATH and brings there what PATH does not have; Trunk only where it is asked for. */
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
