// Facts of the build that are written down in more than one file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { setStrictHeaders } from '../../examples/authorization-server/http/headers.mjs';
import { pages } from '../../scripts/build/pages.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';

const read = (...parts) => readFileSync(inRoot(...parts), 'utf8');

test('`trunk serve` proxies nothing, and sends the policy of the demo\'s server, with its own script let in', () => {
  const trunk = read('Trunk.toml');
  assert.doesNotMatch(trunk, /proxy/);
  const policy = [...trunk.match(/^csp = \[([^\]]*)\]/m)[1].matchAll(/"([^"]*)"/g)].map(([, directive]) => directive);
  const headers = new Map();
  setStrictHeaders({ setHeader: (name, value) => headers.set(name, value) });
  assert.equal(policy.join('; ').replace(" 'nonce-{{NONCE}}'", '').replace(' ws://localhost:*', ''), headers.get('Content-Security-Policy'));
});

test('Trunk by itself and the scripts build the same pages: each names a program and the one loader', () => {
  const bins = [...read('examples', 'demo', 'Cargo.toml').matchAll(/^\[\[bin\]\]\nname = "(\w+)"/gm)].map(([, name]) => name);
  const named = pages.map(({ html, bin }) => {
    const page = read(html);
    assert.equal([...page.matchAll(/<link data-trunk rel="copy-file" href="(?:[\w/]*\/)?loader\.js">/g)].length, 1, html);
    const [, own] = page.match(/<link data-trunk rel="rust" href="[^"]*Cargo\.toml" data-bin="(\w+)"/);
    return bin ?? own;
  });
  assert.deepEqual(named.sort(), bins.sort());
});

test('the oldest Rust is the same wherever it is named', () => {
  const [, oldest] = read('Cargo.toml').match(/^rust-version = "([\d.]+)"/m);
  for (const file of ['README.md', 'CONTRIBUTING.md']) {
    for (const [, named] of read(file).matchAll(/Rust (\d[\d.]*\d) or newer/g)) assert.equal(named, oldest, file);
  }
});

test('the Leptos apps have the wasm-bindgen and the Leptos of the project: one tool makes the glue of all', () => {
  const versions = (file) => [...read(file).matchAll(/^name = "(wasm-bindgen|web-sys|leptos|tachys)"\nversion = "([^"]+)"/gm)].map(([, name, version]) => `${name} ${version}`);
  assert.equal(versions('Cargo.lock').length, 4);
  for (const example of ['leptos', 'leptos-ssr']) assert.deepEqual(versions(`examples/${example}/Cargo.lock`), versions('Cargo.lock'), example);
});
