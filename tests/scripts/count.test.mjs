// How the tests are counted.
import assert from 'node:assert/strict';
import test from 'node:test';
import { count } from '../../scripts/test/count.mjs';

test('the test binaries of cargo are added up', () => {
  const output = 'test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured\n\ntest result: FAILED. 3 passed; 2 failed; 0 ignored\n';
  assert.deepEqual(count('cargo', output, false), { passed: 15, failed: 2 });
});

test('a test that cargo ignored counts as failed', () => {
  assert.deepEqual(count('cargo', 'test result: ok. 1 passed; 0 failed; 1 ignored;\n', true), { passed: 1, failed: 1 });
});

test('a crate that does not compile is one failure', () => {
  assert.deepEqual(count('cargo', 'error: could not compile', false), { passed: 0, failed: 1 });
});

test('the summary of node --test is read in both its forms', () => {
  assert.deepEqual(count('node', 'ℹ tests 5\nℹ pass 4\nℹ fail 1\nℹ cancelled 0\nℹ skipped 0\nℹ todo 0\n', false), { passed: 4, failed: 1 });
  assert.deepEqual(count('node', '# pass 4\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0\n', true), { passed: 4, failed: 0 });
});

test('a test that node skipped counts as failed', () => {
  assert.deepEqual(count('node', 'ℹ pass 4\nℹ fail 0\nℹ skipped 1\n', true), { passed: 4, failed: 1 });
});

test('a layer that ran no test failed', () => {
  assert.deepEqual(count('node', 'ℹ pass 0\nℹ fail 0\n', true), { passed: 0, failed: 1 });
});

test('a runner that failed after its tests passed failed', () => {
  assert.deepEqual(count('cargo', 'test result: ok. 2 passed; 0 failed; 0 ignored;\n', false), { passed: 2, failed: 1 });
});

test('a check is one test', () => {
  assert.deepEqual(count('check', '', true), { passed: 1, failed: 0 });
  assert.deepEqual(count('check', '', false), { passed: 0, failed: 1 });
});
