// What the theme editor knows: every token with its value in each theme, and the pairs of colours that people have to tell apart.
import { readdirSync, readFileSync } from 'node:fs';
import { tokens } from '../../scripts/build/manifest.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';

const read = (...parts) => readFileSync(inRoot(...parts), 'utf8');
const setBy = (css) => Object.fromEntries([...css.replace(/\/\*.*?\*\//gs, '').matchAll(/(--countersign-[\w-]+)\s*:\s*([^;]+);/g)].map(([, name, value]) => [name, value]));

/** What docs/theming.md says of each. */
const described = Object.fromEntries([...read('docs', 'theming.md').matchAll(/^\| `(--countersign-[\w-]+)` \| (.+) \|$/gm)].map(([, name, words]) => [name, words]));

const all = tokens();
const standard = Object.fromEntries(all.map((token) => [token.name, token.default]));
const themes = readdirSync(inRoot('style', 'themes')).map((file) => [file.replace('.css', ''), { ...standard, ...setBy(read('style', 'themes', file)) }]);

const { scenes } = JSON.parse(read('examples', 'demo', 'gallery.json'));

export const editor = {
  tokens: all.map(({ name, group }) => ({ name, group, words: described[name] ?? '' })),
  themes: { standard, ...Object.fromEntries(themes) },
  pairs: JSON.parse(read('style', 'contrast.json')).pairs,
  scenes: scenes.map(({ name, title, group }) => ({ name, title, group })),
};
