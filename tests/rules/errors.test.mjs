// Every error code has a description, a likely cause and a type, and nothing else has one.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';

const read = (...parts) => readFileSync(inRoot(...parts), 'utf8');
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);
const sorted = (names) => [...new Set(names)].sort();

const [, type] = read('components', 'element', 'ts', 'events.ts').match(/export type CountersignErrorCode =([^;]*);/);
const codes = sorted(all(type, /'(\w+)'/g));
const causes = Object.keys(JSON.parse(read('components', 'web', 'src', 'causes.json')));

test('every code has its part of docs/errors.md, and the reverse', () => {
  assert.ok(codes.length > 30);
  assert.deepEqual(sorted(all(read('docs', 'errors.md'), /^### `(\w+)`$/gm)), codes);
});

test('the console leads to the page of a code: on the site if it is published, else in the repository', () => {
  const { homepage, repository } = JSON.parse(read('components', 'element', 'package.json'));
  const published = homepage && `${homepage.replace(/\/$/, '')}/errors/`;
  const page = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/docs/errors.md#`;
  assert.equal(read('components', 'web', 'src', 'errors-page.txt').trim(), published ?? page);
});

/** The addresses that the console's lines have, if descriptions of codes begin with `page`. */
async function addresses(page) {
  const { build } = await import('esbuild');
  const plugins = [{ name: 'page', setup: ({ onLoad }) => onLoad({ filter: /errors-page\.txt$/ }, () => ({ contents: `${page}\n`, loader: 'text' })) }];
  const entry = inRoot('components', 'element', 'ts', 'debug', 'docs.ts');
  const { outputFiles: [{ text }] } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false, plugins });
  return import(`data:text/javascript,${encodeURIComponent(text)}`);
}

test('the console leads to the other pages beside that of the codes, in the repository and on the site', async () => {
  const [repository, site] = [await addresses('https://git.example/docs/errors.md#'), await addresses('https://docs.example/x/errors/')];
  assert.equal(repository.aboutCode('busy'), 'https://git.example/docs/errors.md#busy');
  assert.equal(repository.inDocs('from-stytch', 'texts'), 'https://git.example/docs/from-stytch.md#texts');
  assert.equal(site.aboutCode('busy'), 'https://docs.example/x/errors/busy');
  assert.equal(site.inDocs('from-stytch', 'texts'), 'https://docs.example/x/from-stytch/#texts');
});

test('one file has the address of the documentation, and the parts of from-stytch.md that the console names are there', () => {
  const project = read('components', 'web', 'src', 'errors-page.txt').split('/blob/')[0];
  const places = ['components/*.ts', 'components/*.rs', 'components/*.txt', 'src', 'adapters'];
  const found = execFileSync('git', ['grep', '-lF', '--untracked', project, '--', ...places], { cwd: inRoot(), encoding: 'utf8' });
  assert.equal(found, 'components/web/src/errors-page.txt\n');
  const parts = all(read('components', 'element', 'ts', 'debug', 'stytch.ts'), /^ +\.\.\.listed\(.*[)\]], '([a-z-]+)'/gm);
  assert.equal(parts.length, 4);
  const headings = all(read('docs', 'from-stytch.md'), /^#+ (.+)$/gm).map((it) => it.toLowerCase().replaceAll(' ', '-'));
  assert.deepEqual(parts.filter((part) => !headings.includes(part)), []);
});

test('every code has a likely cause, and the reverse', () => {
  assert.deepEqual(sorted(causes.filter((key) => !key.includes(' '))), codes);
  assert.deepEqual(causes.filter((key) => !codes.includes(key.split(' ')[0])), []);
});

test('every code that the core or the elements report is one of the type, and the reverse', () => {
  const functions = (...parts) => all(read(...parts), /fn code\(&?self\) -> &'static str \{([\s\S]*?)\n {4}\}/g).join('\n');
  const core = [['src', 'backend', 'error.rs'], ['src', 'protocol', 'error.rs'], ['src', 'protocol', 'redirect.rs']].map((parts) => functions(...parts)).join('\n');
  const named = execFileSync('git', ['grep', '-hoE', 'WidgetError::of\\("\\w+"\\)', '--', 'src'], { cwd: inRoot(), encoding: 'utf8' });
  const element = ['base', 'bridge'].map((name) => read('components', 'element', 'ts', 'element', `${name}.ts`)).join('\n');
  const found = [...all(core, /=> "(\w+)"/g), ...all(named, /"(\w+)"/g), ...all(element, /code: '(\w+)'/g)];
  assert.deepEqual(sorted(found), codes);
});

test('every event has its line in docs/events.md, and the reverse', () => {
  const [, events] = read('components', 'element', 'ts', 'events.ts').match(/export type CountersignEventType =([^;]*);/);
  const [, names] = read('src', 'flow', 'effect.rs').match(/pub const fn name\(self\) -> &'static str \{([\s\S]*?)\n {4}\}/);
  const documented = all(read('docs', 'events.md'), /^\| [\w -]+ \| `([a-z_]+)` \|/gm);
  assert.deepEqual(sorted(documented), sorted(all(events, /'(\w+)'/g)));
  assert.deepEqual(sorted(documented), sorted(all(names, /=> "(\w+)"/g)));
});
