// Tells whether a build is up to date, by a hash of all inputs and one of all outputs.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { ask } from '../lib/run.mjs';

/** The inputs of both the site and the npm package. */
const BOTH = ['Cargo.toml', 'Cargo.lock', 'build.rs', '.cargo', 'rust-toolchain.toml', 'src', 'messages', 'adapters', 'components', 'examples/demo/Cargo.toml', 'style', 'package.json', 'package-lock.json', 'scripts/build', 'scripts/lib/browsers.mjs'];
const SKIPPED = new Set(['tests', 'target', 'node_modules', 'generated']);

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

/**
 * The stamp of a build.
 *
 * @param {{file: string, inputs: string[], outputs: () => string[]}} of the stamp's path, the inputs
 *   besides the common ones, and the outputs
 */
export function stamp({ file, inputs, outputs }) {
  const made = () => hashOf(outputs().flatMap((name) => [...walk(name)]));
  const read = () => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      return {};
    }
  };
  return {
    /** The hash of all inputs, including the compiler and the size options. */
    from: (env, small) => hashOf([...BOTH, ...inputs].flatMap((name) => [...walk(inRoot(name))]), [ask('rustc', ['-vV'], env), small]),
    isFresh: (from) => read().inputs === from && read().outputs === made(),
    /** True if the existing build used the size options. */
    isSmall: () => read().small !== false,
    remove: () => rmSync(file, { force: true }),
    set: (from, small) => writeFileSync(file, `${JSON.stringify({ inputs: from, outputs: made(), small }, null, 2)}\n`),
  };
}
