// What the package's documents say is what it has.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { manifest } from '../../scripts/build/manifest.mjs';
import { written } from '../../scripts/tables.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';

const read = (...parts) => readFileSync(inRoot(...parts), 'utf8');
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);
const sorted = (names) => [...new Set(names)].sort();

const { modules: [{ declarations: [element] }] } = await manifest();

test('the tables of the README are what the elements have', async () => {
  const readme = read('components', 'element', 'README.md');
  assert.equal(await written(readme), readme);
});

/** The parts that a view's source names: in an element's name, as an attribute, or handed to what makes the element. */
const partsOf = (view) => [
  ...all(view, /"\w+(?: [\w-]+)* ?@([\w-]+(?: [\w-]+)*)(?: ~[^"]*)?"/g),
  ...all(view, /attr\("part", "([\w -]+)"\)/g),
  ...all(view, /\b(?:tick|group)\(\s*"([\w-]+)"/g),
  ...all(view, /\bmore\(\s*"([\w-]+)",\s*Key::/g),
];

test('every part that a view has is documented, and every documented part is there', () => {
  const folder = inRoot('components', 'html', 'src');
  const views = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.rs')).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const screens = all(read('components', 'element', 'ts', 'element', 'screens.ts'), /setAttribute\('part', '([\w -]+)'\)/g);
  const parts = [...views.flatMap(partsOf), ...screens].flatMap((names) => names.split(' '));
  for (const known of ['root', 'allow', 'picker', 'not-grantable', 'remember']) assert.ok(parts.includes(known), known);
  assert.deepEqual(sorted(element.cssParts.map(({ name }) => name)), sorted(parts));
});

test('every slot is in the README, and the screens have no other', () => {
  const slots = sorted(element.slots.map(({ name }) => name));
  const [, table] = read('components', 'element', 'README.md').match(/\| slot \|[^\n]*\n[^\n]*\n((?:\|.*\n)+)/);
  assert.deepEqual(sorted(all(table, /^\| `(\w+)`/gm)), slots);
  const [, made] = read('components', 'element', 'ts', 'element', 'screens.ts').match(/\[([^\]]*)\]\.map\(\(name\) => Object\.assign\(create\('slot'\)/);
  assert.deepEqual(sorted(all(made, /'(\w+)'/g)), slots);
});

test('the README describes the error codes of the type, and no others', () => {
  const [, type] = read('components', 'element', 'ts', 'events.ts').match(/export type CountersignErrorCode =([^;]*);/);
  const [, table] = read('components', 'element', 'README.md').match(/\| code \|[^\n]*\n[^\n]*\n((?:\|.*\n)+)/);
  const described = table.split('\n').flatMap((row) => all(row.split('|')[1] ?? '', /`(\w+)`/g));
  const codes = all(type, /'(\w+)'/g);
  assert.ok(codes.length > 20);
  assert.deepEqual(sorted(described), sorted(codes));
});

test('every state that the flow or the element has is documented, and the reverse', () => {
  const [, names] = read('src', 'flow', 'state', 'mod.rs').match(/pub const fn name\(&self\)([\s\S]*?)\n    }\n/);
  const states = all(names, /=> "([\w-]+)"/g);
  const own = ['loading', 'unavailable', 'unsupported', 'stopped', 'misconfigured'];
  assert.deepEqual(sorted(element.cssStates.map(({ name }) => name)), sorted([...states, ...own]));
});
