// Writes what countersign-check compares servers with as JSON, so that its package needs neither the repository nor a reader of YAML.
//
//   node scripts/check-contract.mjs [FILE]
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readOpenapi } from './lib/openapi.mjs';
import { inRoot } from './lib/root.mjs';

/** Writes the JSON to a file, and returns its path. */
export async function writeContract(file = inRoot('server', 'node', 'src', 'check', 'contract.json')) {
  const pageHeaders = JSON.parse(readFileSync(inRoot('api', 'page-headers.json'), 'utf8'));
  writeFileSync(file, `${JSON.stringify({ openapi: await readOpenapi(), pageHeaders })}\n`);
  return file;
}

if (path.resolve(process.argv[1] ?? '') === import.meta.filename) console.log(await writeContract(process.argv[2]));
