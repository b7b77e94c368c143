// The headers of a page that carries the widget have one source, api/page-headers.json.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { HEADERS, HTTPS_HEADERS, policyWith } from '../../examples/authorization-server/http/page-headers.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';

const read = (...parts) => readFileSync(inRoot(...parts), 'utf8');
const lines = Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`);

test('the document about the headers has each of them, and no other', () => {
  const text = read('docs', 'security-headers.md');
  const [, block] = text.match(/```\n(Content-Security-Policy:[^`]*)\n```/);
  assert.deepEqual(block.split('\n'), [`Content-Security-Policy: ${policyWith()}`, ...lines]);
  for (const [name, value] of Object.entries(HTTPS_HEADERS)) assert.ok(text.includes(`\`${name}: ${value}\``), name);
});

test('the README of the package has the same', () => {
  const [, block] = read('components', 'element', 'README.md').match(/```\n(Content-Security-Policy:[^`]*)\n```/);
  assert.deepEqual(block.replace(/\n {2}/g, ' ').split('\n'), [`Content-Security-Policy: ${policyWith()}`, ...lines]);
});

test('the host in Next.js sends them with a nonce, in the example and in its document', () => {
  const policy = policyWith({ 'script-src': "'self' 'nonce-${nonce}' 'wasm-unsafe-eval'" });
  const example = read('examples', 'nextjs', 'proxy.js');
  const [, list] = example.match(/const policy = \[([^\]]*)\]/);
  assert.equal([...list.matchAll(/["`]([^"`]*)["`]/g)].map(([, directive]) => directive).join('; '), policy);
  const document = read('docs', 'hosts', 'nextjs.md');
  assert.ok(document.includes(`const policy = \`${policy}\`;`));
  for (const [name, value] of Object.entries(HEADERS)) {
    // Next.js decides itself how its pages are cached.
    if (name === 'Cache-Control') continue;
    for (const text of [example, document]) assert.ok(text.includes(`response.headers.set('${name}', '${value}');`), name);
  }
});

test('with files on a content delivery network, only that one is added', () => {
  const [, block] = read('docs', 'hosts', 'cdn.md').match(/```\nContent-Security-Policy: ([^`]*)\n```/);
  const own = { 'script-src': "https://cdn.example/ 'wasm-unsafe-eval'", 'connect-src': "'self' https://cdn.example/" };
  assert.equal(block.replace(/\n {2}/g, ' '), policyWith(own));
});

test('no document and no example recommends to cut the page from its opener', () => {
  assert.ok(!Object.keys({ ...HEADERS, ...HTTPS_HEADERS }).includes('Cross-Origin-Opener-Policy'));
});
