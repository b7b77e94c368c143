// The list of browsers (`browserslist` in package.json) holds wherever it counts, and what older ones lack has something in its place.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { tooNew } from '../../scripts/build/features.mjs';
import { lacking, range, targets } from '../../scripts/lib/browsers.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { ask } from '../../scripts/lib/run.mjs';

const { css } = createRequire(import.meta.url)('@mdn/browser-compat-data');
const read = (...parts) => readFileSync(inRoot(...parts), 'utf8');
const code = (name) => read(name).replace(/\/\*.*?\*\//gs, '');
const themes = readdirSync(inRoot('style', 'themes')).map((name) => `style/themes/${name}`);
const sheets = ['style/tokens.css', 'style/widget.css', 'style/page.css', ...themes];

/** What not every browser of the list has, and why nothing is lost without it. */
const BEYOND = { 'forced-color-adjust': 'Safari has no colours of the user’s own to adjust to' };

test('the documents name the list', () => {
  for (const file of ['README.md', 'components/element/README.md']) assert.ok(read(file).includes(range), `${file}: ${range}`);
});

test('every place that makes code for browsers takes its targets from the list', () => {
  assert.equal(targets.length, 5);
  for (const name of readdirSync(inRoot('scripts', 'build'))) {
    for (const [line] of read('scripts', 'build', name).matchAll(/.*\b(?:target: |esbuild\.(?:build|transform)\().*/g)) {
      if (/target:/.test(line)) assert.match(line, /target: targets/, name);
      else if (/transform\(/.test(line)) assert.match(line, /target: targets/, name);
    }
  }
});

test('the compiler uses no feature of WebAssembly that a browser of the list lacks', () => {
  const features = [...ask('rustc', ['--print', 'cfg', '--target', 'wasm32-unknown-unknown']).matchAll(/target_feature="(.*)"/g)].map(([, name]) => name);
  assert.ok(features.length > 3, features.join());
  assert.deepEqual(tooNew(features), []);
  assert.deepEqual(tooNew(['memory64', 'what-is-this', 'tail-call']), ['memory64', 'what-is-this', 'tail-call']);
});

test('every property of a style sheet is in every browser of the list, or nothing is lost without it', () => {
  const missing = new Set();
  for (const sheet of sheets) {
    for (const [, property] of code(sheet).matchAll(/[{;]\s*(-?[a-z][a-z-]*)\s*:/g)) {
      const entry = css.properties[property];
      if (entry && lacking(entry).length && !BEYOND[property]) missing.add(`${sheet}: ${property}`);
    }
  }
  assert.deepEqual([...missing], []);
});

test('the sides that turn around with the language, of floats and what clears them, are in every browser of the list', () => {
  for (const property of ['float', 'clear']) {
    for (const side of ['inline-start', 'inline-end']) assert.deepEqual(lacking(css.properties[property][side]), [], `${property}: ${side}`);
  }
});

test('every function and selector of a style sheet is in every browser of the list', () => {
  const functions = { 'light-dark': css.types.color['light-dark'], 'color-mix': css.types.color['color-mix'], 'conic-gradient': css.types.gradient['conic-gradient'] };
  for (const [name, entry] of Object.entries(functions)) assert.deepEqual(lacking(entry), [], name);
  for (const sheet of sheets) {
    for (const [, name] of code(sheet).matchAll(/[^\w-]::?([a-z][a-z-]+)(?=[\s({,:.[>+~)])/g)) {
      const entry = css.selectors[name];
      if (entry?.__compat) assert.deepEqual(lacking(entry), [], `${sheet}: ${name}`);
    }
  }
});

test('a colour that older browsers do not know has a plain one before it', () => {
  for (const sheet of sheets) {
    const [plain, ...modern] = code(sheet).split(/@supports \(color: light-dark\(red, red\)\)/);
    assert.doesNotMatch(plain, /light-dark\(/, sheet);
    assert.ok(modern.length <= 1, sheet);
  }
  const [plain, modern] = code('style/tokens.css').split('@supports');
  const named = (text) => [...text.matchAll(/(--countersign-[\w-]+):/g)].map(([, name]) => name);
  // Without a text's colour it has the page's, and without a ground of its own the card has the page's too.
  const lost = named(modern).filter((name) => !named(plain).includes(name));
  assert.deepEqual(lost, ['page', 'surface', 'surface-2', 'text', 'muted', 'danger', 'warning', 'shadow'].map((name) => `--countersign-${name}`));
});

test('a rule for the other direction does not depend on :dir()', () => {
  for (const sheet of sheets) assert.doesNotMatch(code(sheet), /:dir\(/, sheet);
});

test('no declaration is lost whole in WebKit, whose text-decoration is a line alone', () => {
  const shown = [...sheets, 'examples/demo/login.css', 'examples/demo/gallery.css', 'examples/demo/start.css'];
  for (const sheet of shown) {
    for (const [, value] of code(sheet).matchAll(/[{;\s]text-decoration:\s*([^;}]*)/g)) assert.match(value.trim(), /^(none|underline|overline|line-through)$/, sheet);
  }
});

test('the pages say in an older browser what their languages say', () => {
  const { shell_unsupported: text, shell_reload: link } = JSON.parse(read('messages', 'en.json'));
  for (const page of ['index.html', ...readdirSync(inRoot('examples', 'demo')).filter((name) => name.endsWith('.html')).map((name) => `examples/demo/${name}`)]) {
    const html = read(page);
    // Without the class of a widget: there is one of those on the page, wherever that is looked for.
    assert.ok(html.includes(`<p id="countersign-old" class="countersign-note countersign-caution" hidden>${text}</p>`), page);
    assert.ok(html.includes(`couldn’t be loaded. <a class="countersign-link" href="">${link}</a></p>`), page);
  }
});
