// Nobody who waits wonders: every step says which of how many it is, and what is silent says that it still runs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { folder, root } from './support.mjs';

/** What a script with this body prints. */
function printed(t, body) {
  const file = path.join(folder(t), 'main.mjs');
  const module = (name) => JSON.stringify(pathToFileURL(path.join(root, 'scripts', 'lib', name)).href);
  writeFileSync(file, `
    import { run } from ${module('run.mjs')};
    import { note, plan, step } from ${module('say.mjs')};
    const node = (code, options) => run(process.execPath, ['-e', code], { what: 'The work', silence: 1000, ...options });
    ${body}
  `);
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return stdout.trim().split('\n');
}

test('a step says which of how many it is; several that are over in one count as such', (t) => {
  const lines = printed(t, "plan(['tools'], ['crates', 'compile'], 'serve'); step('tools', 'looking'); note('npm ci', 'missing'); step(['crates', 'compile'], 'up to date'); step('serve', 'starting');");
  assert.deepEqual(lines, ['> 1 of 4: looking', '> npm ci (missing)', '> 3 of 4: up to date', '> 4 of 4: starting']);
});

test('a silent program is reported with its time and its step, again and again', (t) => {
  const lines = printed(t, "plan('one', 'two'); step('one', 'first'); step('two', 'second'); await node('setTimeout(() => {}, 4500)', { quiet: true });");
  const reports = lines.filter((line) => /^ {2}… The work: \d\.\ds so far, step 2 of 2$/.test(line));
  assert.ok(reports.length >= 3, lines.join('\n'));
  assert.equal(lines.length, reports.length + 2);
});

test('a program that prints is not reported, unless nobody sees what it prints', (t) => {
  const chatty = "setInterval(() => console.log('line'), 20); setTimeout(() => process.exit(), 7000)";
  // Long enough for a busy machine to start the program.
  assert.ok(printed(t, `await node(${JSON.stringify(chatty)}, { silence: 3000 });`).every((line) => line === 'line'));
  assert.ok(printed(t, `await node(${JSON.stringify(chatty)}, { silence: 3000, quiet: true });`).every((line) => /^… The work: \d\.\ds so far$/.test(line.trim())));
});

test('nothing is silent for ten seconds', async () => {
  const { SILENCE } = await import('../../scripts/lib/say.mjs');
  // It is looked at nine times in each such stretch.
  assert.ok(SILENCE + SILENCE / 9 <= 10_000);
});
