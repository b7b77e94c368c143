// Builds the app into target/leptos-ssr, with cargo and wasm-bindgen, in debug mode, which is the fastest to compile. With `--release` the
// browser's program is as small as it gets (docs/leptos.md). It shares the project's target folder, so that crates are compiled once.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { WASM } from '../../scripts/bootstrap/rust.mjs';
import { cutFolders, isSmall } from '../../scripts/build/compile.mjs';
import { shrinkFolder } from '../../scripts/build/host.mjs';

const here = import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const target = process.env.CARGO_TARGET_DIR ?? path.join(root, 'target');

/** The server's program, and the folder of the files that it serves. */
export const server = path.join(target, 'debug', 'leptos-ssr');
export const site = path.join(target, 'leptos-ssr', 'site');

// wasm-bindgen is where the project's scripts install it, unless PATH has it.
const env = { ...process.env, CARGO_TARGET_DIR: target, PATH: [path.join(root, '.tools', 'bin'), process.env.PATH].join(path.delimiter) };
const run = (command, args, more = {}) => execFileSync(command, args, { cwd: here, env: { ...env, ...more }, stdio: ['ignore', 'inherit', 'inherit'] });

/** The recipe's profile, for the browser's program alone: a server needs speed, and panics that end one answer. */
const PROFILE = { OPT_LEVEL: 'z', LTO: 'fat', CODEGEN_UNITS: '1', PANIC: 'abort' };

/** Compiles the browser's program. Returns the path of its module. */
function compile(release, small) {
  const command = ['cargo', 'build', '--lib', '--features', 'hydrate', '--target', WASM];
  const module = (profile) => path.join(target, WASM, profile, 'countersign_leptos_ssr.wasm');
  if (!release) {
    run(command[0], command.slice(1));
    return module('debug');
  }
  const flags = cutFolders(env).map((folder) => `--remap-path-prefix=${folder}=`).join(' ');
  const profile = Object.fromEntries(Object.entries(PROFILE).map(([name, value]) => [`CARGO_PROFILE_RELEASE_${name}`, value]));
  const [first, ...rest] = [...(small ? ['sh', path.join(root, 'examples', 'leptos', 'small.sh')] : []), ...command, '--release'];
  run(first, rest, { ...profile, RUSTFLAGS: flags });
  return module('release');
}

/** Builds the app. Returns whether the program has the size options, and what `countersign-shrink` says of it. */
export async function build({ release }) {
  const small = release && isSmall(env);
  const module = compile(release, small);
  run('cargo', ['build', '--bin', 'leptos-ssr', '--features', 'ssr']);
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  run('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', path.join(site, 'pkg'), '--out-name', 'leptos-ssr', module]);
  for (const folder of ['style', 'messages']) cpSync(path.join(root, folder), path.join(site, folder), { recursive: true });
  return { small, programs: release ? await shrinkFolder(path.join(site, 'pkg'), { small }) : [] };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build({ release: process.argv.includes('--release') });
