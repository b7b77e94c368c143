// Whether the site is already built from what lies here: one hash over every input, and one over every output.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { pages } from './pages.mjs';

const INPUTS = [
  'Cargo.toml', 'Cargo.lock', 'build.rs', '.cargo', 'src', 'messages', 'components', 'examples/demo',
  'style', 'index.html', 'Trunk.toml', 'package-lock.json', 'scripts/build',
];
/** What the npm package is made of. */
const PACKAGE_INPUTS = [
  'Cargo.toml', 'Cargo.lock', 'build.rs', '.cargo', 'src', 'messages', 'components', 'style', 'package-lock.json', 'scripts/build',
  'CHANGELOG.md', 'LICENSE-MIT', 'LICENSE-APACHE',
];
const SKIPPED = new Set(['tests', 'target', 'node_modules']);
const stampFile = () => inRoot('dist', 'stamp.json');

export function* walk(file) {
  if (!existsSync(file)) return;
  if (!statSync(file).isDirectory()) {
    yield file;
    return;
  }
  for (const name of readdirSync(file).sort()) {
    if (!SKIPPED.has(name)) yield* walk(path.join(file, name));
  }
}

export function hashOf(files, extra = []) {
  const hash = createHash('sha256');
  for (const text of extra) hash.update(`${text}\0`);
  for (const file of files) hash.update(`${path.relative(inRoot(), file)}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** The hash of what the site is built from; `compiler` says which compiler does it. */
export const inputs = (compiler) => hashOf(INPUTS.flatMap((name) => [...walk(inRoot(name))]), [compiler]);

export const packageInputs = (compiler) => hashOf(PACKAGE_INPUTS.flatMap((name) => [...walk(inRoot(name))]), [compiler]);

const outputs = () => hashOf(pages.flatMap(({ name }) => [...walk(inRoot('dist', name))]));

export function isBuilt(from) {
  try {
    const stamp = JSON.parse(readFileSync(stampFile(), 'utf8'));
    return stamp.inputs === from && stamp.outputs === outputs();
  } catch {
    return false;
  }
}

export const setBuilt = (from) => writeFileSync(stampFile(), `${JSON.stringify({ inputs: from, outputs: outputs() }, null, 2)}\n`);
