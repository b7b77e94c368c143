// Builds the app into target/leptos-ssr: with cargo and wasm-bindgen alone, in debug mode, which is the fastest to compile. It shares the
// project's target folder, so that crates are compiled once.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const target = process.env.CARGO_TARGET_DIR ?? path.join(root, 'target');

/** The server's program, and the folder of the files that it serves. */
export const server = path.join(target, 'debug', 'leptos-ssr');
export const site = path.join(target, 'leptos-ssr', 'site');

// wasm-bindgen is where the project's scripts install it, unless PATH has it.
const env = { ...process.env, CARGO_TARGET_DIR: target, PATH: [path.join(root, '.tools', 'bin'), process.env.PATH].join(path.delimiter) };
const run = (command, ...args) => execFileSync(command, args, { cwd: here, env, stdio: ['ignore', 'inherit', 'inherit'] });

export function build() {
  run('cargo', 'build', '--lib', '--features', 'hydrate', '--target', 'wasm32-unknown-unknown');
  run('cargo', 'build', '--bin', 'leptos-ssr', '--features', 'ssr');
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  const module = path.join(target, 'wasm32-unknown-unknown', 'debug', 'countersign_leptos_ssr.wasm');
  run('wasm-bindgen', '--target', 'web', '--no-typescript', '--out-dir', path.join(site, 'pkg'), '--out-name', 'leptos-ssr', module);
  for (const folder of ['style', 'messages']) cpSync(path.join(root, folder), path.join(site, folder), { recursive: true });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) build();
