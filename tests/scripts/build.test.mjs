// What is built, when, and how.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { isSmall } from '../../scripts/build/compile.mjs';
import { stamp } from '../../scripts/build/stamp.mjs';
import { Stop } from '../../scripts/lib/say.mjs';
import { folder } from './support.mjs';

/** An environment with a compiler of this version, with or without the source of its standard library. */
function compiler(t, version, { source }) {
  const made = folder(t);
  writeFileSync(path.join(made, 'rustc'), `#!/bin/sh\ncase "$1" in --version) echo "rustc ${version} (0123456 2026-01-01)";; --print) echo "${made}";; esac\n`);
  chmodSync(path.join(made, 'rustc'), 0o755);
  if (source) mkdirSync(path.join(made, 'lib', 'rustlib', 'src', 'rust', 'library', 'std'), { recursive: true });
  return (wish) => ({ PATH: `${made}:/usr/bin:/bin`, ...(wish !== undefined && { COUNTERSIGN_SMALL: wish }) });
}

test('the size options are used wherever the compiler has them', (t) => {
  assert.equal(isSmall(compiler(t, '1.95.0', { source: true })()), true);
  assert.equal(isSmall(compiler(t, '1.95.0', { source: false })()), false);
  assert.equal(isSmall(compiler(t, '1.91.1', { source: true })()), false);
});

test('COUNTERSIGN_SMALL turns the size options off, or insists on them', (t) => {
  assert.equal(isSmall(compiler(t, '1.95.0', { source: true })('0')), false);
  assert.equal(isSmall(compiler(t, '1.95.0', { source: true })('1')), true);
  const refusal = (version, source) => () => isSmall(compiler(t, version, { source })('1'));
  assert.throws(refusal('1.95.0', false), (error) => error instanceof Stop && /the source of the standard library is missing/.test(error.message));
  assert.throws(refusal('1.88.0', true), (error) => error instanceof Stop && /Rust is older than 1\.92/.test(error.message));
  assert.throws(() => isSmall(compiler(t, '1.95.0', { source: true })('yes')), { message: 'COUNTERSIGN_SMALL must be 0 or 1, and is "yes".' });
});

test('what was built is built again only where an input, the compiler, the size options or an output is another', (t) => {
  const made = folder(t);
  const [input, output] = ['input', 'output'].map((name) => path.join(made, name));
  writeFileSync(input, 'one');
  writeFileSync(output, 'built');
  const relative = path.relative(path.resolve(import.meta.dirname, '../..'), input);
  const site = stamp({ file: path.join(made, 'stamp.json'), inputs: [relative], outputs: () => [output] });
  const { PATH } = process.env;
  const env = { PATH };

  const from = site.from(env, true);
  assert.equal(site.isFresh(from), false);
  site.set(from, true);
  assert.equal(site.isFresh(site.from(env, true)), true);
  assert.equal(site.isSmall(), true);
  assert.equal(site.isFresh(site.from(env, false)), false);
  assert.equal(site.isFresh(site.from({ PATH: made }, true)), false);

  writeFileSync(output, 'changed');
  assert.equal(site.isFresh(from), false);
  writeFileSync(output, 'built');
  writeFileSync(input, 'two');
  assert.equal(site.isFresh(site.from(env, true)), false);
  writeFileSync(input, 'one');
  assert.equal(site.isFresh(site.from(env, true)), true);
  rmSync(output);
  assert.equal(site.isFresh(from), false);
});
