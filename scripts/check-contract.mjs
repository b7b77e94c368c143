// Writes what countersign-check compares servers with as JSON, so that its package needs neither the repository nor a reader of YAML.
//
//   node scripts/check-contract.mjs [FILE]
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadSource } from '../server/node/src/check/contract.ts';
import { inRoot } from './lib/root.mjs';

/** Writes the JSON to a file, and resolves to its path. */
export async function writeContract(file = inRoot('server', 'node', 'src', 'check', 'contract.json')) {
  await writeFile(file, `${JSON.stringify(await loadSource(null))}\n`);
  return file;
}

if (path.resolve(process.argv[1] ?? '') === import.meta.filename) console.log(await writeContract(process.argv[2]));
