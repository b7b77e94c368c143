// The order of the core's modules, and the names it must not use.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

function rustFiles(folder) {
  return readdirSync(path.join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.rs'))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(path.join(root, folder, name), 'utf8') }));
}

/** The paths of every `use` in a file, each as its list of names. Comments do not count. */
function imports(text) {
  const code = text.replace(/^\s*\/\/.*$/gm, '');
  const paths = [];
  const walk = (tokens, prefix) => {
    let current = [...prefix];
    while (tokens.length > 0) {
      const token = tokens.shift();
      if (token === '{') walk(tokens, current);
      else if (token === ',' || token === '}') {
        if (current.length > prefix.length) paths.push(current);
        current = [...prefix];
        if (token === '}') return;
      } else current.push(token);
    }
    if (current.length > prefix.length) paths.push(current);
  };
  for (const [, tree] of code.matchAll(/\buse ([^;]+);/g)) walk(tree.replace(/\s+as \w+/g, '').match(/\w+|[{},]/g), []);
  for (const [, module] of code.matchAll(/\bcrate::(\w+)/g)) paths.push(['crate', module]);
  return paths;
}

test('the paths of a use are found, however it is grouped', () => {
  const text = 'use crate::{\n    a::{B, c::D},\n    e as f,\n};\n// use crate::g;\nuse std::rc::Rc;\nfn h() -> crate::i::J {}\n';
  const expected = [['crate', 'a', 'B'], ['crate', 'a', 'c', 'D'], ['crate', 'e'], ['std', 'rc', 'Rc']];
  for (const one of expected) assert.ok(imports(text).some((found) => found.join() === one.join()), one.join('::'));
  assert.ok(imports(text).some((found) => found.join() === 'crate,i'));
  assert.ok(imports(text).every((found) => !found.includes('g')));
});

// Each module may use those before it.
const ORDER = ['strings', 'platform', 'protocol', 'consent', 'messages', 'backend', 'api', 'flow', 'view'];

test('the modules of the core depend on each other in one direction', () => {
  const wrong = [];
  for (const { name, text } of rustFiles('src')) {
    const module = name.split('/')[1].replace('.rs', '');
    if (module === 'lib') continue;
    assert.ok(ORDER.includes(module), `${module} has no place in the order`);
    for (const [start, used] of imports(text)) {
      if (start === 'crate' && ORDER.indexOf(used) > ORDER.indexOf(module)) wrong.push(`${name} uses ${used}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('no handler of the machine uses another handler', () => {
  const handlers = rustFiles('src/flow/handlers').filter(({ name }) => !name.endsWith('/mod.rs'));
  const names = handlers.map(({ name }) => path.basename(name, '.rs'));
  assert.ok(names.includes('login') && names.length > 5);
  for (const { name, text } of handlers) {
    for (const found of imports(text)) {
      assert.ok(!found.includes('handlers'), `${name}: ${found.join('::')}`);
      assert.ok(found[0] !== 'super' || !names.includes(found[1]), `${name}: ${found.join('::')}`);
    }
    assert.doesNotMatch(text.replace(/^\s*\/\/.*$/gm, ''), /\bsuper::|\bhandlers::/, name);
  }
});

test('names of the past do not come back', () => {
  for (const { name, text } of [...rustFiles('src'), ...rustFiles('components')]) {
    assert.doesNotMatch(text, /speechless|homeless|Shower|AtWork|\bDress\b|is_lasting/, name);
  }
});

test('the core knows no vendor', () => {
  for (const { name, text } of rustFiles('src')) assert.doesNotMatch(text, /stytch/i, name);
});
