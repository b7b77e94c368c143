// Rules of the source that no compiler knows.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
const files = listed.split('\0').filter((name) => /\.(rs|toml|mjs|js|json|html|css|md|ya?ml|svg)$|^\.ci\//.test(name));
const text = new Map();
for (const name of files) {
  try {
    text.set(name, readFileSync(path.join(root, name), 'utf8'));
  } catch (error) {
    // Deleted, but not yet in a commit.
    if (error.code !== 'ENOENT') throw error;
  }
}

/** Where a pattern stands, as file:line, in the files whose name fits. */
function places(pattern, where, except = () => false) {
  const found = [];
  for (const [name, content] of text) {
    if (!where.test(name) || except(name)) continue;
    content.split('\n').forEach((line, index) => {
      if (pattern.test(line)) found.push(`${name}:${index + 1}: ${line.trim()}`);
    });
  }
  return found;
}

/** The insides of every `view! { … }` of a file. */
function views(content) {
  const code = content.replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/\bview!\s*\{/g)].map(({ index }) => {
    let depth = 0;
    let end = code.indexOf('{', index);
    do {
      if (code[end] === '{') depth += 1;
      if (code[end] === '}') depth -= 1;
      end += 1;
    } while (depth > 0 && end < code.length);
    return code.slice(index, end);
  });
}

test('the sources are found', () => {
  for (const name of ['src/lib.rs', 'components/html/src/lib.rs', 'components/web/src/lib.rs', 'components/leptos/src/lib.rs', 'examples/demo/src/bin/authorization.rs']) assert.ok(text.has(name), name);
});

test('the widget is built from nodes, without view!', () => {
  // Not in comments: those show hosts how to mount the widget.
  assert.deepEqual(places(/^(?!\s*\/\/).*\bview!/, /^components\/.*\.rs$/), []);
});

test('the widget does not bring the standard library’s formatter to a page', () => {
  // What pages are made of. Debug and Display are written natively alone, servers and build scripts are no page.
  const pages = /^(src|components\/(html|web)\/src|adapters\/stytch\/src)\/.*\.rs$/;
  const others = /^src\/(strings|lib|api\/version)\.rs$|\/native\.rs$/;
  const heavy = /^(?!\s*\/\/).*(\bformat!\(|\.join\(|\.concat\(\)|\.split\(|\.split_once\(|\.replace\('|\.trim\(\))/;
  assert.deepEqual(places(heavy, pages, (name) => others.test(name)), []);
});

test('a view! names components only, since HTML in it would go through innerHTML', () => {
  for (const [name, content] of text) {
    if (!/^(components|examples\/demo)\/.*\.rs$/.test(name)) continue;
    for (const view of views(content)) assert.doesNotMatch(view, /<[a-z][a-z0-9-]*(\s|>|\/)/, name);
  }
});

test('nothing writes raw HTML', () => {
  const sinks = /inner_?html|outer_?html|insert_?adjacent_?html|document\.write|create_?contextual_?fragment/i;
  assert.deepEqual(places(sinks, /^(src|adapters|components|examples\/demo|examples\/relying-party\/public)\/.*\.(rs|js|mjs|html)$/, (name) => /\/tests\//.test(name)), []);
});

test('the core knows no browser and no framework', () => {
  assert.deepEqual(places(/\b(leptos|web_sys|js_sys|wasm_bindgen|gloo\w*|tokio)(::|\s*=)/, /^src\/.*\.rs$/), []);
  const core = text.get('Cargo.toml').match(/^\[dependencies\]\n(.*?)\n\[/ms)[1];
  assert.doesNotMatch(core, /^(leptos|web-sys|js-sys|wasm-bindgen|tokio)/m);
});

test('the core knows no adapter', () => {
  assert.deepEqual(places(/stytch/i, /^src\//), []);
});

test('only the crate for Leptos knows Leptos, and the one for HTML knows no browser', () => {
  assert.deepEqual(places(/\b(leptos|tachys)(::|\s*=|\.workspace)/, /^components\/(html|web|element)\/(src\/.*\.rs|Cargo\.toml)$/), []);
  assert.deepEqual(places(/\b(web_sys|js_sys|wasm_bindgen)(::|\s*=)/, /^components\/html\/src\/.*\.rs$/), []);
  assert.doesNotMatch(text.get('components/html/Cargo.toml'), /^(web-sys|js-sys|wasm-bindgen)/m);
});

test('no crate asks for one exact version of another, so that an app may have the one that it needs', () => {
  const exact = /^(?!\s*#).*"[^"]*(?<![<>])=\s*\d/;
  assert.match('wasm-bindgen = "=0.2.130"', exact);
  assert.match('leptos = { version = "=0.8.23", default-features = false }', exact);
  assert.doesNotMatch('wasm-bindgen = ">=0.2.114, <0.3"', exact);
  assert.deepEqual(places(exact, /(^|\/)Cargo\.toml$/), []);
});

test('no file names a folder of somebody’s machine', () => {
  const folders = new RegExp(`(^|[^a-zA-Z0-9.])/(${['work', 'farm', 'root', 'home/[a-z]+', 'Users/[A-Za-z]+'].join('|')})/`);
  assert.deepEqual(places(folders, /(?<!-lock\.json|\.lock)$/), []);
});

test('no file names a package registry’s host', () => {
  const hosts = new RegExp([['registry', 'npmjs'], ['static', 'crates\\.io'], ['index', 'crates\\.io'], ['deb', 'debian']].map((parts) => parts.join('\\.')).join('|'));
  assert.deepEqual(places(hosts, /(?<!-lock\.json|\.lock)$/), []);
});

test('every test runs', () => {
  assert.deepEqual(places(/#\[ignore|\b(test|it|describe|suite)\.(skip|only|todo)\(|\b(skip|only|todo): true/, /\.(rs|mjs|js)$/, (name) => name === 'tests/rules/source.test.mjs'), []);
});

test('a page holds no inline script and no inline style', () => {
  assert.deepEqual(places(/<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=/i, /^(index|examples\/demo\/.*)\.html$|^index\.html$/), []);
});
