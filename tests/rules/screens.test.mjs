// The page of pictures (docs/screens.md): it names every screen that exists, and its pictures are all there and small.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';
import { sheets, shots, written } from '../../scripts/pictures/page.mjs';

const { scenes } = JSON.parse(readFileSync(inRoot('examples', 'demo', 'gallery.json'), 'utf8'));
const page = readFileSync(inRoot('docs', 'screens.md'), 'utf8');
const folder = inRoot('docs', 'screens');
const there = existsSync(folder) ? readdirSync(folder).map((name) => `screens/${name}`).sort() : [];

test('every screen of the gallery is on the page, by its name and title', () => {
  assert.ok(scenes.length > 50);
  for (const { name, title } of scenes) assert.ok(page.includes(`| ${title} | \`/gallery?scene=${name}\` |`), `${name} is not on it: run "npm run pictures"`);
});

test('the page is what the script writes', () => {
  assert.equal(page, written(), 'run "npm run pictures"');
});

test('every theme of the style sheets has a sheet, light and dark', () => {
  const themes = readdirSync(inRoot('style', 'themes')).map((name) => name.replace('.css', ''));
  const wanted = ['none', ...themes].flatMap((palette) => ['dark', 'light'].map((theme) => `${palette} ${theme}`)).sort();
  assert.deepEqual(sheets.map(({ palette, theme }) => `${palette} ${theme}`).sort(), wanted);
  assert.deepEqual(shots.map(({ number }) => number), shots.map((_, place) => place + 1));
});

test('the pictures are those of the sheets, or none yet, and small', () => {
  if (there.length > 0) assert.deepEqual(there, sheets.map(({ file }) => file).sort());
  const sizes = there.map((file) => statSync(inRoot('docs', file)).size);
  assert.ok(sizes.every((size) => size <= 400_000), sizes.join());
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 1_500_000, sizes.join());
});
