// Writes what countersign-check compares servers with as JSON, so that its package needs neither the repository nor a reader of YAML.
//
//   node scripts/check-contract.mjs [FILE]
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { inRoot } from './lib/root.mjs';

const read = (name) => readFileSync(inRoot('api', name), 'utf8');

/** Writes the JSON to a file, and returns its path. */
export function writeContract(file = inRoot('server', 'node', 'src', 'check', 'contract.json')) {
  writeFileSync(file, `${JSON.stringify({ openapi: parse(read('openapi.yaml')), pageHeaders: JSON.parse(read('page-headers.json')) })}\n`);
  return file;
}

if (path.resolve(process.argv[1] ?? '') === import.meta.filename) console.log(writeContract(process.argv[2]));
