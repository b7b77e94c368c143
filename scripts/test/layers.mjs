// The layers of the tests, lowest first: what each runs, and how its tests are counted.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { WASM } from '../bootstrap/rust.mjs';
import { inRoot } from '../lib/root.mjs';
import { Stop } from '../lib/say.mjs';

/** The crates that are compiled for WebAssembly with all their targets. */
const FOR_WASM = ['countersign-stytch', 'countersign-leptos', 'countersign-element', 'countersign-demo'];
/** Those of them whose public documentation differs from the native one. */
const DOCUMENTED = ['countersign-stytch', 'countersign-leptos', 'countersign-element'];
/** Those with a test target `browser`. */
const IN_A_BROWSER = ['countersign-stytch', 'countersign-leptos'];

const packages = (names) => names.flatMap((name) => ['-p', name]);
const cargo = (...args) => ({ command: 'cargo', args });
const script = (...args) => ({ command: process.execPath, args: args.map((part, index) => (index ? part : inRoot(part))) });

function testFiles(folder) {
  const here = inRoot('tests', folder);
  if (!existsSync(here)) throw new Stop(`tests/${folder} is missing.`);
  const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).sort();
  if (!files.length) throw new Stop(`tests/${folder} has no *.test.mjs.`);
  return files.map((name) => path.join(here, name));
}

/** The test files of a folder, as many at once as two cores have work for: every file listens on free ports of its own. */
const nodeTests = (folder) => ({
  command: process.execPath,
  args: ['--test', '--test-reporter=spec', '--test-concurrency=2', ...testFiles(folder)],
});

const STRICT = ['--', '-D', 'warnings'];
const clippyWasm = (...features) => cargo('clippy', ...packages(FOR_WASM), '--all-targets', ...features, '--target', WASM, ...STRICT);

/**
 * `name` is what --only takes; `run` gives the command, in the environment `in` (`env` unless said). A layer that is `beside` runs while the
 * ones above it compile: it needs nothing that they make, and no browser. What comes after waits for it. An `extra` one is not among all, and runs
 * where --only names it.
 */
export const layers = [
  { name: 'form', title: 'Rust is formatted', count: 'check', in: 'formatter', run: () => cargo('fmt', '--all', '--check') },
  { name: 'clippy', title: 'lints, native', count: 'check', run: () => cargo('clippy', '--workspace', '--all-targets', ...STRICT) },
  { name: 'clippy-wasm', title: 'lints, WebAssembly', count: 'check', run: () => clippyWasm() },
  // All of them again, so that what they stand on has the features it was checked with just before.
  { name: 'clippy-lean', title: 'lints, the elements without Stytch', count: 'check', run: () => clippyWasm('--no-default-features') },
  { name: 'rust', title: 'Rust tests, native', count: 'cargo', run: () => cargo('test', '--workspace', '--no-fail-fast') },
  { name: 'docs', title: 'everything public is documented', count: 'check', more: { RUSTDOCFLAGS: '-D warnings' }, run: () => cargo('doc', '--workspace', '--no-deps') },
  { name: 'docs-wasm', title: 'the same of what is there in a browser alone', count: 'check', more: { RUSTDOCFLAGS: '-D warnings' }, run: () => cargo('doc', ...packages(DOCUMENTED), '--no-deps', '--target', WASM) },
  { name: 'browser', title: 'Rust tests in Chromium', count: 'cargo', run: () => cargo('test', ...packages(IN_A_BROWSER), '--target', WASM, '--test', 'browser') },
  { name: 'rules', title: 'rules of the source', count: 'node', beside: true, run: () => nodeTests('rules') },
  { name: 'scripts', title: 'the scripts', count: 'node', beside: true, run: () => nodeTests('scripts') },
  { name: 'server', title: 'the authorization server', count: 'node', beside: true, run: () => nodeTests('server') },
  { name: 'build', title: 'the site builds within its budget', count: 'check', run: () => script('scripts/build.mjs') },
  { name: 'package', title: 'the npm package builds within its budget', count: 'check', run: () => script('scripts/pack.mjs') },
  { name: 'types', title: 'the package as TypeScript sees it', count: 'node', run: () => nodeTests('types') },
  { name: 'element', title: 'the elements in Chromium', count: 'node', run: () => nodeTests('element') },
  { name: 'gallery', title: 'every screen in Chromium', count: 'node', run: () => nodeTests('gallery') },
  { name: 'packaging', title: 'the packed package in its hosts', count: 'node', run: () => nodeTests('packaging') },
  { name: 'stytch', title: 'in front of Stytch, side by side with the original', count: 'node', run: () => nodeTests('stytch') },
  { name: 'e2e', title: 'the whole system in Chromium', count: 'node', run: () => nodeTests('e2e') },
  // Trunk is a tool for contributors and takes minutes to compile, so CI tests its build beside the rest.
  { name: 'trunk', title: 'the page as Trunk alone builds it', count: 'node', extra: true, run: () => nodeTests('trunk') },
];

/** The layers chosen by `--only a,b`, or all. */
export function chosen(only) {
  if (!only) return layers.filter(({ extra }) => !extra);
  const names = only.split(',').map((name) => name.trim()).filter(Boolean);
  const unknown = names.filter((name) => !layers.some((layer) => layer.name === name));
  if (unknown.length || !names.length) throw new Stop(`There is no layer "${unknown[0] ?? only}"; there are ${layers.map(({ name }) => name).join(', ')}.`);
  return layers.filter(({ name }) => names.includes(name));
}

/**
 * The layers as they are run: one list after the other, each `{ main, beside }` with its two lanes, which run at once.
 */
export function lanes(all) {
  const last = all.findLastIndex(({ beside }) => beside) + 1;
  const [early, late] = [all.slice(0, last), all.slice(last)];
  const first = { main: early.filter(({ beside }) => !beside), beside: early.filter(({ beside }) => beside) };
  return [first, { main: late, beside: [] }];
}
