// What the pages of hosts show is what the checkers of their frameworks have read (tests/types/snippets.test.mjs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { manifest } from '../../scripts/build/manifest.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { hostPages, snippetFiles, withSnippets } from '../../scripts/snippets.mjs';

const named = (text) => [...text.matchAll(/^<!-- snippet: (\S+) -->$/gm)].map(([, name]) => name);

test('every snippet in a page is its file, and every file is in a page', () => {
  for (const [name, text] of hostPages()) assert.equal(withSnippets(text), text, `${name}: run "node scripts/snippets.mjs"`);
  // What only brings a type of ours into a program is told in words.
  const shown = hostPages().flatMap(([, text]) => named(text));
  const files = snippetFiles().filter((name) => !name.endsWith('.d.ts'));
  assert.ok(files.length > 15);
  assert.deepEqual([...new Set(shown)].filter((name) => !name.endsWith('.d.ts')).sort(), files.sort());
});

test('no page shows code of a framework that is not a file for its checker', () => {
  const blocks = hostPages().flatMap(([name, text]) => [...text.matchAll(/^(.*)\n```(tsx|jsx|vue|svelte|astro|ts)\n/gm)].map(([, before, language]) => ({ name, before, language })));
  assert.ok(blocks.length > 15);
  assert.deepEqual(blocks.filter(({ before }) => !before.startsWith('<!-- snippet: ')), []);
});

test('the directive for Angular has an input for every property of the elements', async () => {
  const { modules: [{ declarations: [element] }] } = await manifest();
  const properties = element.members.map(({ name }) => name).sort();
  const code = readFileSync(inRoot('docs', 'hosts', 'snippets', 'angular', 'countersign.directive.ts'), 'utf8');
  const [, list] = code.match(/const PROPERTIES = \[([^\]]*)\]/);
  assert.deepEqual([...list.matchAll(/'(\w+)'/g)].map(([, name]) => name).sort(), properties);
  assert.deepEqual([...code.matchAll(/readonly (\w+) = input</g)].map(([, name]) => name).sort(), properties);
});
