// When an Allow counts is one rule, and a card that is a form follows it too: in its script, and on the server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';

const SCRIPT = 'components/element/ts/guard.ts';
const SEEN = 'components/web/src/dom/seen.rs';

/** The number that a file names by this pattern. */
function numberIn(file, pattern) {
  const found = readFileSync(inRoot(file), 'utf8').match(pattern);
  assert.ok(found, `${file} has no ${pattern}`);
  return Number(found[1]);
}

test('the moment of quiet is as long in the machine, in the script of a form, and on the server', () => {
  const machine = numberIn('src/flow/effect.rs', /Self::Arming\(_\) => ([\d.]+),/);
  assert.equal(numberIn(SCRIPT, /const QUIET = (\d+);/), machine);
  assert.equal(numberIn('server/node/src/form/token.ts', /const QUIET = (\d+);/), machine);
});

test('the script of a form calls as much seen as the widget', () => {
  assert.equal(numberIn(SCRIPT, /const ENOUGH = ([\d.]+);/), numberIn(SEEN, /const ENOUGH: f64 = ([\d.]+);/));
  assert.equal(numberIn(SCRIPT, /const EDGE = (\d+);/), numberIn(SEEN, /const EDGE: f64 = ([\d.]+);/));
});

test('a form gives up on sign-ins that do not take when the machine does', () => {
  assert.equal(numberIn('server/node/src/form.ts', /const STUCK = (\d+);/), numberIn('src/flow/state/mod.rs', /MAX_SIGN_INS: u32 = (\d+);/));
});
