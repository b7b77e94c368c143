// What the package's documents say is what it has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { manifest } from '../../scripts/build/manifest.mjs';
import { written } from '../../scripts/docs.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { STRINGS, THEME } from './support/tables.mjs';

const read = (...parts) => readFileSync(inRoot(...parts), 'utf8');
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);
const sorted = (names) => [...new Set(names)].sort();

const { modules: [{ declarations: [element] }] } = await manifest();

test('the tables of the README are what the elements have', async () => {
  const readme = read('components', 'element', 'README.md');
  assert.equal(await written(readme), readme);
});

test('every part that a view has is documented, and every documented part is there', () => {
  const views = ['mod', 'parts', 'consent', 'scopes', 'message'].map((name) => read('components', 'leptos', 'src', 'view', `${name}.rs`));
  const screens = all(read('components', 'element', 'ts', 'element', 'screens.ts'), /setAttribute\('part', '([\w -]+)'\)/g);
  const named = [...views.flatMap((text) => all(text, /attr\("part", "([\w -]+)"\)/g)), ...screens];
  const buttons = all(views[1].match(/fn part\(action[\s\S]*?^}/m)[0], /=> "([\w -]+)"/g);
  const groups = ['scopes', 'resources', 'details', 'refused', 'manifest'];
  for (const group of groups) assert.ok(views[3].includes(`"${group}"`), group);
  assert.deepEqual(sorted(element.cssParts.map(({ name }) => name)), sorted([...named, ...buttons, ...groups].flatMap((names) => names.split(' '))));
});

test('every state that the flow or the element has is documented, and the reverse', () => {
  // `view` has the outline's two: one of them is for trusted auth tokens.
  const flow = ['show', 'screen', 'view'].map((name) => read('src', 'flow', `${name}.rs`)).join('\n');
  const states = [...all(flow, /state: "([\w-]+)"/g), ...all(flow, /new\("([\w-]+)", Sign/g), ...all(flow, /^\s+"(redirecting)",$/gm), ...all(flow, /"(kept-signed-in)"/g)];
  const own = ['loading', 'unavailable', 'stopped', 'misconfigured'];
  assert.deepEqual(sorted(element.cssStates.map(({ name }) => name)), sorted([...states, ...own]));
});

const snake = (name) => name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase();

test('Stytch\'s names of texts stand for the same in Rust and in React', () => {
  const rust = read('src', 'messages', 'stytch.rs').match(/const STRINGS[\s\S]*?^];/m)[0];
  const table = Object.fromEntries([...rust.matchAll(/\(\s*"([\w.]+)",\s*&\[([^\]]*)\]/g)].map(([, name, keys]) => [name, all(keys, /Key::(\w+)/g).map(snake)]));
  assert.ok(Object.keys(table).length > 10);
  assert.deepEqual(STRINGS, table);
});

test('Stytch\'s theme values stand for the same in Rust and in React', () => {
  const rust = read('components', 'leptos', 'src', 'theme.rs').match(/const STYTCH[\s\S]*?^];/m)[0];
  const table = Object.fromEntries([...rust.matchAll(/\("([\w-]+)", "([\w-]+)"\)/g)].map(([, theirs, ours]) => [theirs, ours]));
  assert.ok(Object.keys(table).length > 10);
  assert.deepEqual(THEME, table);
});
