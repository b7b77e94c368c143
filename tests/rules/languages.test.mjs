// The element chooses the user's language in its script, by the rule of `countersign::messages::language`.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { build } from 'esbuild';
import { inRoot } from '../../scripts/lib/root.mjs';

const entry = inRoot('components', 'element', 'ts', 'element', 'choice.ts');
const { outputFiles: [{ text }] } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', logLevel: 'error' });
const { match } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
const available = readdirSync(inRoot('messages')).map((name) => name.replace('.json', '')).sort();

test('the script chooses the language of each tag as the vectors say', () => {
  const vectors = JSON.parse(readFileSync(inRoot('tests', 'vectors', 'languages.json'), 'utf8'));
  assert.ok(vectors.length > 25);
  for (const { tag, language } of vectors) assert.equal(match(tag, available) ?? null, language, tag);
});
