// The layers of the tests, lowest first: what each runs, and how its tests are counted.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { WASM } from '../bootstrap/rust.mjs';
import { inRoot } from '../lib/root.mjs';
import { Stop } from '../lib/say.mjs';

const cargo = (...args) => ({ command: 'cargo', args });
const script = (...args) => ({ command: process.execPath, args: args.map((part, index) => (index ? part : inRoot(part))) });

function testFiles(folder) {
  const here = inRoot('tests', folder);
  if (!existsSync(here)) throw new Stop(`tests/${folder} is missing.`);
  const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).sort();
  if (!files.length) throw new Stop(`tests/${folder} has no *.test.mjs.`);
  return files.map((name) => path.join(here, name));
}

// One file after the other: they share a browser's worth of memory and two cores.
const nodeTests = (folder) => ({
  command: process.execPath,
  args: ['--test', '--test-reporter=spec', '--test-concurrency=1', ...testFiles(folder)],
});

const widget = ['-p', 'countersign-leptos', '-p', 'countersign-element', '-p', 'countersign-demo'];

/** `name` is what --only takes; `run` gives the command, in the environment `in` (`env` unless said). */
export const layers = [
  { name: 'form', title: 'Rust is formatted', count: 'check', in: 'formatter', run: () => cargo('fmt', '--all', '--check') },
  { name: 'clippy', title: 'lints, native', count: 'check', run: () => cargo('clippy', '--workspace', '--all-targets', '--', '-D', 'warnings') },
  { name: 'clippy-wasm', title: 'lints, WebAssembly', count: 'check', run: () => cargo('clippy', ...widget, '--all-targets', '--target', WASM, '--', '-D', 'warnings') },
  // All of them again, so that what they stand on has the features it was checked with just before.
  { name: 'clippy-lean', title: 'lints, the elements without Stytch', count: 'check', run: () => cargo('clippy', ...widget, '--all-targets', '--no-default-features', '--target', WASM, '--', '-D', 'warnings') },
  { name: 'rust', title: 'Rust tests, native', count: 'cargo', run: () => cargo('test', '--workspace', '--no-fail-fast') },
  { name: 'docs', title: 'everything public is documented', count: 'check', more: { RUSTDOCFLAGS: '-D warnings' }, run: () => cargo('doc', '--workspace', '--no-deps') },
  { name: 'docs-wasm', title: 'the same of what is there in a browser alone', count: 'check', more: { RUSTDOCFLAGS: '-D warnings' }, run: () => cargo('doc', '-p', 'countersign-leptos', '-p', 'countersign-element', '--no-deps', '--target', WASM) },
  { name: 'browser', title: 'Rust tests in Chromium', count: 'cargo', run: () => cargo('test', '-p', 'countersign-leptos', '--target', WASM, '--test', 'browser') },
  { name: 'rules', title: 'rules of the source', count: 'node', run: () => nodeTests('rules') },
  { name: 'scripts', title: 'the scripts', count: 'node', run: () => nodeTests('scripts') },
  { name: 'server', title: 'the authorization server', count: 'node', run: () => nodeTests('server') },
  { name: 'build', title: 'the site builds within its budget', count: 'check', run: () => script('scripts/build.mjs') },
  { name: 'package', title: 'the npm package builds within its budget', count: 'check', run: () => script('scripts/pack.mjs') },
  { name: 'types', title: 'the package as TypeScript sees it', count: 'node', run: () => nodeTests('types') },
  { name: 'element', title: 'the elements in Chromium', count: 'node', run: () => nodeTests('element') },
  { name: 'gallery', title: 'every screen in Chromium', count: 'node', run: () => nodeTests('gallery') },
  { name: 'packaging', title: 'the packed package in its hosts', count: 'node', run: () => nodeTests('packaging') },
  { name: 'stytch', title: 'in front of Stytch, side by side with the original', count: 'node', run: () => nodeTests('stytch') },
  { name: 'e2e', title: 'the whole system in Chromium', count: 'node', run: () => nodeTests('e2e') },
];

/** The layers chosen by `--only a,b`, or all. */
export function chosen(only) {
  if (!only) return layers;
  const names = only.split(',').map((name) => name.trim()).filter(Boolean);
  const unknown = names.filter((name) => !layers.some((layer) => layer.name === name));
  if (unknown.length || !names.length) throw new Stop(`There is no layer "${unknown[0] ?? only}"; there are ${layers.map(({ name }) => name).join(', ')}.`);
  return layers.filter(({ name }) => names.includes(name));
}
