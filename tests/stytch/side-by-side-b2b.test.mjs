// Ours beside the original in a B2B project, and the list of the differences.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from './support/differences.mjs';
import { occurring, sideBySide } from './support/side-by-side.mjs';

sideBySide('b2b');

test('every listed difference has a reason and occurs in some scenario', () => {
  for (const [name, { reason }] of Object.entries(differences)) assert.match(reason, /^.{30,}\.$/, name);
  assert.deepEqual(Object.keys(differences).filter((name) => !occurring.has(name)), []);
});
