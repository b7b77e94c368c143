// Python for the layer `clients`: which one is taken, and what is said where there is none.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { isNewEnough } from '../../scripts/bootstrap/python.mjs';
import { onlyNode, root, run } from './support.mjs';

test('Python 3.11 is new enough, and what is older is not', () => {
  assert.deepEqual(['2.7', '3.9', '3.10', '3.11', '3.14', '4.0'].map(isNewEnough), [false, false, false, true, true, true]);
});

test('every Python package is pinned, with its hashes', () => {
  const text = readFileSync(path.join(root, 'scripts/bootstrap/requirements.txt'), 'utf8').replaceAll('\\\n', ' ');
  const packages = text.split('\n').filter((line) => /^\w/.test(line));
  assert.ok(packages.length > 10);
  for (const line of packages) assert.match(line, /^[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}/);
});

test('without Python, the layer that needs it is named', async (t) => {
  const { code, err } = await run('bootstrap.mjs', { args: ['--python'], env: { PATH: onlyNode(t) } });
  assert.equal(code, 1);
  assert.match(err, /^The layers "clients" and "api" run programs in Python, so Python 3\.11 or newer .*: install it and run this command again, or leave the layers out with --only\.$/m);
});
