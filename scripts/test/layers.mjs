// The layers of the tests, lowest first: the command of each, and how its tests are counted.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { WASM } from '../bootstrap/rust.mjs';
import { inRoot } from '../lib/root.mjs';
import { Stop } from '../lib/say.mjs';

/** The crates that are also compiled for WebAssembly, with all targets. */
const FOR_WASM = ['countersign-stytch', 'countersign-web', 'countersign-leptos', 'countersign-element', 'countersign-render', 'countersign-demo'];
/** Those of them whose public documentation differs from the native one. */
const DOCUMENTED = ['countersign-stytch', 'countersign-web', 'countersign-leptos', 'countersign-element', 'countersign-render'];
/** Those with a test target `browser`. */
const IN_A_BROWSER = ['countersign-stytch', 'countersign-web', 'countersign-leptos'];

const packages = (names) => names.flatMap((name) => ['-p', name]);
const cargo = (...args) => ({ command: 'cargo', args });
const script = (...args) => ({ command: process.execPath, args: args.map((part, index) => (index ? part : inRoot(part))) });

function testFiles(folder) {
  const here = inRoot('tests', folder);
  if (!existsSync(here)) throw new Stop(`tests/${folder} is missing.`);
  const files = readdirSync(here, { recursive: true }).filter((name) => name.endsWith('.test.mjs') && !name.includes('node_modules')).sort();
  if (!files.length) throw new Stop(`tests/${folder} has no *.test.mjs.`);
  return files.map((name) => path.join(here, name));
}

/** Runs the test files of a folder, two at once: every file listens on free ports of its own. */
const nodeTests = (folder) => ({
  command: process.execPath,
  args: ['--test', '--test-reporter=spec', '--test-concurrency=2', ...testFiles(folder)],
});

const STRICT = ['--', '-D', 'warnings'];
const clippyWasm = (...features) => cargo('clippy', ...packages(FOR_WASM), '--all-targets', ...features, '--target', WASM, ...STRICT);

/**
 * `name` is for --only; `run` returns the command; `in` is its environment (default `env`). A `beside`
 * layer runs at the same time as the layers above it: it needs neither their results nor a browser.
 * An `extra` layer runs only if --only names it.
 */
export const layers = [
  { name: 'form', title: 'Rust is formatted', count: 'check', in: 'formatter', run: () => cargo('fmt', '--all', '--check') },
  { name: 'deny', title: 'licences, sources and versions of the crates', count: 'node', run: () => nodeTests('deny') },
  { name: 'clippy', title: 'lints, native', count: 'check', run: () => cargo('clippy', '--workspace', '--all-targets', ...STRICT) },
  { name: 'clippy-wasm', title: 'lints, WebAssembly', count: 'check', run: () => clippyWasm() },
  // The same packages again, so that their dependencies have the features of the layer before.
  { name: 'clippy-lean', title: 'lints, the elements without Stytch', count: 'check', run: () => clippyWasm('--no-default-features') },
  { name: 'rust', title: 'Rust tests, native', count: 'cargo', run: () => cargo('test', '--workspace', '--no-fail-fast') },
  // After `rust`, which has compiled the host.
  { name: 'rust-server', title: 'the kit for servers in Rust, by the check', count: 'node', run: () => nodeTests('rust-server') },
  { name: 'fuzz', title: 'readers and writers, against inputs that nobody thought of', count: 'node', run: () => nodeTests('fuzz') },
  { name: 'docs', title: 'everything public is documented', count: 'check', more: { RUSTDOCFLAGS: '-D warnings' }, run: () => cargo('doc', '--workspace', '--no-deps') },
  { name: 'docs-wasm', title: 'the same of what is there in a browser alone', count: 'check', more: { RUSTDOCFLAGS: '-D warnings' }, run: () => cargo('doc', ...packages(DOCUMENTED), '--no-deps', '--target', WASM) },
  // One page runs all tests of a crate, and the runner's own limit of 20 seconds is for all of them.
  { name: 'browser', title: 'Rust tests in Chromium', count: 'cargo', more: { WASM_BINDGEN_TEST_TIMEOUT: '120' }, run: () => cargo('test', ...packages(IN_A_BROWSER), '--target', WASM, '--test', 'browser') },
  { name: 'rules', title: 'rules of the source', count: 'node', beside: true, run: () => nodeTests('rules') },
  { name: 'scripts', title: 'the scripts', count: 'node', beside: true, run: () => nodeTests('scripts') },
  { name: 'server', title: 'the authorization server', count: 'node', beside: true, run: () => nodeTests('server') },
  { name: 'kit', title: 'the kit for servers', count: 'node', beside: true, run: () => nodeTests('kit') },
  { name: 'stores', title: 'the kit’s stores on Redis and PostgreSQL', count: 'node', beside: true, run: () => nodeTests('stores') },
  { name: 'check', title: 'the check for servers', count: 'node', beside: true, run: () => nodeTests('check') },
  { name: 'build', title: 'the site builds within its budget', count: 'check', run: () => script('scripts/build.mjs') },
  { name: 'package', title: 'the npm package builds within its budget', count: 'check', run: () => script('scripts/pack.mjs') },
  { name: 'types', title: 'the package as TypeScript sees it', count: 'node', run: () => nodeTests('types') },
  { name: 'element', title: 'the elements in Chromium', count: 'node', run: () => nodeTests('element') },
  { name: 'gallery', title: 'every screen in Chromium', count: 'node', run: () => nodeTests('gallery') },
  { name: 'site', title: 'the documentation: its links, its policy, its theme editor', count: 'node', run: () => nodeTests('site') },
  { name: 'packaging', title: 'the packed package in its hosts', count: 'node', run: () => nodeTests('packaging') },
  { name: 'leptos-host', title: 'a Leptos page outside the workspace, by the recipe, within its budget', count: 'node', run: () => nodeTests('leptos-host') },
  { name: 'leptos-ssr', title: 'a Leptos app with server rendering', count: 'node', run: () => nodeTests('leptos-ssr') },
  { name: 'stytch', title: 'in front of Stytch, side by side with the original', count: 'node', run: () => nodeTests('stytch') },
  { name: 'api', title: 'calls that are made of the description of the API', count: 'node', run: () => nodeTests('api') },
  { name: 'clients', title: 'clients that nobody here wrote, in Chromium', count: 'node', run: () => nodeTests('clients') },
  { name: 'engines', title: 'the kit in front of engines that others wrote', count: 'node', run: () => nodeTests('engines') },
  // After `rust`, which has compiled the host.
  { name: 'cluster', title: 'several processes of both kits behind one name, when one of them or their store ends', count: 'node', run: () => nodeTests('cluster') },
  { name: 'e2e', title: 'the whole system in Chromium', count: 'node', run: () => nodeTests('e2e') },
  { name: 'browsers', title: 'the main flow and every screen in Firefox and WebKit', count: 'node', run: () => nodeTests('browsers') },
  // Not a default layer, because Trunk takes minutes to compile. CI runs it in a job of its own.
  { name: 'trunk', title: 'the page as Trunk alone builds it', count: 'node', extra: true, run: () => nodeTests('trunk') },
];

/** The layers named by `--only a,b`, or all default layers. */
export function chosen(only) {
  if (!only) return layers.filter(({ extra }) => !extra);
  const names = only.split(',').map((name) => name.trim()).filter(Boolean);
  const unknown = names.filter((name) => !layers.some((layer) => layer.name === name));
  if (unknown.length || !names.length) throw new Stop(`There is no layer "${unknown[0] ?? only}"; there are ${layers.map(({ name }) => name).join(', ')}.`);
  return layers.filter(({ name }) => names.includes(name));
}

/**
 * The order of execution: a list of `{ main, beside }`, two lanes that run at the same time.
 */
export function lanes(all) {
  const last = all.findLastIndex(({ beside }) => beside) + 1;
  const [early, late] = [all.slice(0, last), all.slice(last)];
  const first = { main: early.filter(({ beside }) => !beside), beside: early.filter(({ beside }) => beside) };
  return [first, { main: late, beside: [] }];
}
