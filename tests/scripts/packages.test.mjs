// When node_modules fits the lock file.
import assert from 'node:assert/strict';
import test from 'node:test';
import { stale } from '../../scripts/bootstrap/npm.mjs';

const lock = {
  '': {},
  'components/element': { name: 'countersign', version: '0.1.0' },
  'node_modules/countersign': { resolved: 'components/element', link: true },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/other-machine': { version: '2.0.0', optional: true },
};

test('packages as the lock file names them are left alone', () => {
  assert.equal(stale(lock, { 'node_modules/a': { version: '1.0.0' } }), null);
});

test('a missing folder is told', () => {
  assert.equal(stale(lock, null), 'node_modules is missing');
});

test('a missing package is told', () => {
  assert.equal(stale(lock, {}), 'a 1.0.0 is missing');
});

test('another version is told', () => {
  assert.equal(stale(lock, { 'node_modules/a': { version: '1.0.1' } }), 'a 1.0.0 is missing');
});
