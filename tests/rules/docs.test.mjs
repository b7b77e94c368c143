// The documents: their links lead somewhere, the files that they name exist, and they are short.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
const exists = (name) => existsSync(path.join(root, name));
const documents = listed.split('\0').filter((name) => name.endsWith('.md') && exists(name));
const read = (name) => readFileSync(path.join(root, name), 'utf8');
const withoutCode = (text) => text.replace(/^```.*?^```/gms, '');
const lines = (name) => read(name).trimEnd().split('\n').length;

/** The anchors of a document's headings, as GitHub makes them. */
const anchors = (name) => [...withoutCode(read(name)).matchAll(/^#+ (.+)$/gm)]
  .map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-'));

/** The relative links of a document, as `[path from the root, anchor]`. */
function links(name) {
  const text = withoutCode(read(name));
  const found = [...text.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset)="([^"]+)"/g)].map(([, link, image]) => link ?? image);
  return found.filter((link) => !/^[a-z]+:/.test(link)).map((link) => {
    const [file, anchor] = link.split('#');
    return [file ? path.posix.join(path.posix.dirname(name), file) : name, anchor];
  });
}

test('every relative link leads to a file, and to a heading of it', () => {
  const broken = documents.flatMap((name) => links(name)
    .filter(([file, anchor]) => !exists(file) || (anchor && file.endsWith('.md') && !anchors(file).includes(anchor)))
    .map(([file, anchor]) => `${name}: ${file}${anchor ? `#${anchor}` : ''}`));
  assert.deepEqual(broken, []);
});

// What is gone has its place in these two.
const HISTORY = ['CHANGELOG.md', 'docs/decisions/paths.md'];
const FOLDERS = 'src|components|adapters|style|messages|api|examples|scripts|tests|docs|\\.ci|\\.github';

test('every file that the documents of the root and of docs/ name is there', () => {
  const prose = documents.filter((name) => /^(docs\/|[^/]+$)/.test(name) && !HISTORY.includes(name));
  assert.ok(prose.length > 10);
  const gone = prose.flatMap((name) => [...withoutCode(read(name)).matchAll(new RegExp(`\`((?:${FOLDERS})/[^\`\\s*…{<]*)\``, 'g'))]
    .map(([, file]) => file).filter((file) => !exists(file)).map((file) => `${name}: ${file}`));
  assert.deepEqual(gone, []);
});

test('no sample for Leptos calls what only a browser has: a server would panic', () => {
  const samples = documents.flatMap((name) => [...read(name).matchAll(/^```rust.*?^```/gms)].map(([sample]) => ({ name, sample })));
  assert.ok(samples.some(({ sample }) => sample.includes('<IdentityProvider')), 'there are samples of the component');
  for (const { name, sample } of samples) assert.doesNotMatch(sample, /\b(window|document|location)\(\)/, name);
});

test('every sample in Rust that is whole is compiled with the tests of a crate', () => {
  const crates = listed.split('\0').filter((name) => /(^|\/)src\/lib\.rs$/.test(name) && exists(name));
  const compiled = crates.flatMap((name) => [...read(name).matchAll(/^#\[doc = include_str!\("([^"]+\.md)"\)\]$/gm)].map(([, file]) => path.posix.join(path.posix.dirname(name), file)));
  const whole = documents.filter((name) => /^```rust\nuse /m.test(read(name)));
  assert.ok(whole.length > 5);
  assert.deepEqual(whole.filter((name) => !compiled.includes(name)), []);
});

test('every sample in JavaScript, TypeScript, CSS and JSON can be read: `…` stands for what is left out', async () => {
  const { transform } = await import('esbuild');
  const samples = documents.flatMap((name) => [...read(name).matchAll(/^```(jsx?|tsx?|css|json)\n(.*?)^```/gms)].map(([, loader, code]) => ({ name, loader, code })));
  assert.ok(samples.length > 25);
  for (const { name, loader, code } of samples) {
    await assert.doesNotReject(transform(code.replace(/(?<!['"/\w-])…,?/g, ''), { loader, logLevel: 'silent' }), `${name}: ${code}`);
  }
});

test('every test that ARCHITECTURE names is there', () => {
  const tests = listed.split('\0').filter((name) => /^(tests|components)\/.*\.(rs|mjs)$/.test(name) && exists(name)).map(read).join('\n');
  const [, rules] = read('ARCHITECTURE.md').split('## The rules that decide the design');
  const names = [...rules.split('\n## ')[0].matchAll(/(?:property|e2e) `([^`/]+)`/g)].map(([, name]) => name);
  assert.ok(names.length > 5);
  assert.deepEqual(names.filter((name) => !tests.includes(name)), []);
});

test('the README fits 120 lines, the glossary 60, and a decision 25', () => {
  const decisions = documents.filter((name) => /^docs\/decisions\/\d/.test(name));
  assert.ok(decisions.length > 10);
  const limits = [['README.md', 120], ['docs/glossary.md', 60], ...decisions.map((name) => [name, 25])];
  assert.deepEqual(limits.filter(([name, most]) => lines(name) > most), []);
});

test('install, use, demo and test are on the first screen of the README', () => {
  const first = read('README.md').split('\n').slice(0, 30).join('\n');
  for (const known of ['npm install countersign', '(#react)', 'npm run demo', 'npm test']) assert.ok(first.includes(known), known);
});

test('the README or docs/README.md leads to every page of docs/', () => {
  const linked = ['README.md', 'docs/README.md'].flatMap(links).map(([file]) => file);
  const pages = documents.filter((name) => /^docs\/(?!decisions\/)/.test(name));
  assert.ok(pages.length > 30);
  assert.deepEqual(pages.filter((name) => !linked.includes(name)), []);
});

test('every decision is in the index', () => {
  const indexed = links('docs/decisions/README.md').map(([file]) => file);
  const decisions = documents.filter((name) => /^docs\/decisions\/(?!README)/.test(name));
  assert.deepEqual(decisions.filter((name) => !indexed.includes(name)), []);
});
