// The budget is kept by the build.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { toGo } from '../../scripts/sizes/until-allow.mjs';
import { folder, run } from './support.mjs';

/** A page whose wasm cannot be compressed. */
function page(t, bytes) {
  const made = folder(t);
  writeFileSync(path.join(made, 'index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(path.join(made, 'page.wasm'), randomBytes(bytes));
  return made;
}

test('every file of a page within the budget is weighed', async (t) => {
  const { code, out } = await run('sizes.mjs', { args: ['--folder', page(t, 1000)] });
  assert.equal(code, 0);
  assert.match(out, /^index\.html +34 +\d+ +\d+$/m);
  assert.match(out, /^page\.wasm +1,000 +1,0\d\d +1,0\d\d$/m);
  assert.match(out, /^the consumer page, whole +1,034 /m);
  assert.match(out, /^bytes in brotli until Allow is visible, and the goal for them\nthe consumer page, whole +1,0\d\d within the goal of 84,000$/m);
});

test('bytes are beside their goal, which they may be over, and beside nothing if there is none', () => {
  assert.equal(toGo(84_000, 84_000), 'within the goal of 84,000');
  assert.equal(toGo(86_717, 84_000), '2,717 over the goal of 84,000');
  assert.equal(toGo(1, undefined), '');
});

test('a page over the budget fails, and says by how much', async (t) => {
  const { code, err } = await run('sizes.mjs', { args: ['--folder', page(t, 90_000)] });
  assert.equal(code, 1);
  assert.match(err, /^The consumer page is 90,\d\d\d bytes in brotli, \d,\d\d\d over its budget of 86,717: /m);
});

test('a page that was not built is no page of no weight', async (t) => {
  const { code, err } = await run('sizes.mjs', { args: ['--folder', folder(t)] });
  assert.equal(code, 1);
  assert.match(err, /^There is no built page in /m);
});
