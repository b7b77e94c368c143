#!/usr/bin/env node
// Makes the programs of a host smaller, in the folder that Trunk, cargo-leptos or wasm-bindgen has written them to. As a hook
// of Trunk it needs no argument, and leaves builds for development alone. The npm package has it as `countersign-shrink`.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { shrinkFolder } from './build/host.mjs';
import { Stop } from './lib/say.mjs';

const USE = 'countersign-shrink takes one folder, or none as a hook of Trunk.';

/** The folder to shrink, or `undefined` if there is nothing to do. */
function folderFrom(env) {
  let given;
  try {
    given = parseArgs({ allowPositionals: true }).positionals;
  } catch {
    throw new Stop(USE);
  }
  if (given.length > 1) throw new Stop(USE);
  if (!given.length && env.TRUNK_PROFILE === 'debug') return undefined;
  const folder = given[0] ?? env.TRUNK_STAGING_DIR;
  if (folder === undefined) throw new Stop(USE);
  if (!existsSync(folder)) throw new Stop(`There is no folder ${folder}.`);
  return folder;
}

const numbers = (row) => row.map((value) => value.toLocaleString('en-US').padStart(10)).join('');

try {
  const folder = folderFrom(process.env);
  if (folder !== undefined) {
    console.log(`${'program and glue, bytes'.padEnd(40)}${['raw', 'gzip', 'brotli'].map((kind) => kind.padStart(10)).join('')}`);
    for (const { name, before, after } of await shrinkFolder(folder, { small: process.env.COUNTERSIGN_SMALL === '1' })) {
      console.log(`${`${name}, before`.padEnd(40)}${numbers(before)}`);
      console.log(`${`${name}, shrunk`.padEnd(40)}${numbers(after)}`);
    }
  }
} catch (error) {
  console.error(error instanceof Stop ? error.message : error.stack);
  process.exitCode = 1;
}
