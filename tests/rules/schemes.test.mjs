// Schemes that a browser or an operating system handles itself stand in four places: the core, both kits and the demo's registration.
// Each is read by a program of its own, so that they are compared here.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';

const read = (...file) => readFileSync(inRoot(...file), 'utf8');
const sorted = (list) => [...new Set(list)].sort();
const words = (text) => text.replace(/\\\n\s*/g, '').split(/\s+/).filter(Boolean);
const quoted = (text) => [...text.matchAll(/["']([^"'\s]+)["']/g)].map(([, word]) => word);

/** The alternatives of a pattern, and of what may be there or not both. */
function spelled(pattern) {
  const [, before, group, one, after] = /^(.*?)(?:\(\?:(\w+)\)|(\w))\?(.*)$/.exec(pattern) ?? [];
  return before === undefined ? [pattern] : [before + after, before + (group ?? one) + after];
}

function core() {
  const source = read('src', 'protocol', 'redirect.rs');
  const list = (name) => words(new RegExp(`const ${name}: &str = "([^"]*)"`).exec(source)[1]);
  return { schemes: sorted(list('HANDLERS')), families: sorted(list('HANDLER_FAMILIES')) };
}

function rust() {
  const source = read('server', 'rust', 'src', 'addresses.rs');
  const list = (name) => quoted(new RegExp(`const ${name}: \\[&str; \\d+\\] =\\s*\\[([^\\]]*)\\]`).exec(source)[1]);
  return { schemes: sorted(list('HANDLERS')), families: sorted(list('FAMILIES')) };
}

function node() {
  const source = read('server', 'node', 'src', 'addresses.ts');
  const all = words(quotedTexts(/HANDLER = new RegExp\(([\s\S]*?)\);/.exec(source)[1]));
  const isFamily = (one) => one.endsWith('.*');
  return { schemes: sorted(all.filter((one) => !isFamily(one)).flatMap(spelled)), families: sorted(all.filter(isFamily).map((one) => one.slice(0, -2).replaceAll('\\\\+', '+'))) };
}

/** The list of the kit in TypeScript stands in two texts, between those of the pattern around it. */
const quotedTexts = (code) => [...code.matchAll(/'([^']*)'/g)].map(([, text]) => text).filter((text) => text.includes(' ') && text.trim() !== '').join('');

function demo() {
  const source = read('examples', 'authorization-server', 'registration', 'addresses.mjs');
  return { schemes: sorted(quoted(/HANDLERS = new Set\(\[([\s\S]*?)\]\)/.exec(source)[1])), families: sorted(/HANDLER_FAMILY = \/\^\(\?:(.*)\)\//.exec(source)[1].split('|').map((one) => one.replaceAll('\\', ''))) };
}

const isHandled = ({ schemes, families }, scheme) => schemes.includes(scheme) || families.some((family) => scheme.startsWith(family));

test('both kits have the same list', () => {
  assert.ok(node().schemes.length > 40);
  assert.deepEqual(node(), rust());
});

test('what a kit never leads to, the page never opens, and the demo never registers', () => {
  for (const [name, list] of Object.entries({ core: core(), demo: demo() })) {
    const { schemes, families } = node();
    assert.deepEqual([...schemes, ...families].filter((one) => !isHandled(list, one)), [], name);
  }
});

test('what the demo registers, the page opens', () => {
  const [page, registration] = [core(), demo()];
  assert.deepEqual([...page.schemes, ...page.families].filter((one) => !isHandled(registration, one)), []);
});
