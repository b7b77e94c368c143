// The headers of a page that carries the widget have one source, api/page-headers.json.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { inRoot, root } from '../../scripts/lib/root.mjs';
import { HEADERS, HTTPS_HEADERS, policyWith } from '../support/page-headers.mjs';

const read = (...parts) => readFileSync(inRoot(...parts), 'utf8');
const lines = Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`);

/** Every directive and every header, with its value. */
const named = new Map([...policyWith().split('; ').map((directive) => directive.split(/ (.*)/, 2)), ...Object.entries({ ...HEADERS, ...HTTPS_HEADERS })]);
/** What a document says, with the lines of a code block that only go on put together. */
const joined = (text) => text.replace(/\n {2}(?=\S)/g, ' ');
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' });
const documents = listed.split('\0').filter(Boolean).sort();

test('a document that lists the headers has each of them, and no other', () => {
  const whole = ['docs/security-headers.md', 'components/element/README.md', ...['react', 'vanilla', 'vue'].map((host) => `docs/hosts/${host}.md`)];
  const found = documents.filter((name) => /^Content-Security-Policy: /m.test(read(name)) && name !== 'docs/hosts/cdn.md');
  assert.deepEqual(found, whole.sort());
  for (const name of whole) {
    const [, block] = joined(read(name)).match(/```\n(Content-Security-Policy:[^`]*)\n```/);
    assert.deepEqual(block.split('\n'), [`Content-Security-Policy: ${policyWith()}`, ...lines], name);
  }
});

test('the document about the headers has what is added over https', () => {
  const text = read('docs', 'security-headers.md');
  for (const [name, value] of Object.entries(HTTPS_HEADERS)) assert.ok(text.includes(`\`${name}: ${value}\``), name);
});

test('every page about a host says which headers its page needs', () => {
  for (const name of documents.filter((one) => one.startsWith('docs/hosts/'))) {
    assert.match(read(name), /\(\.\.\/security-headers\.md\)|response\.headers\.set/, name);
  }
});

test('a header or directive that a text names has the value that it is sent with, or more sources', () => {
  const wrong = documents.flatMap((name) => {
    const quoted = [...read(name).replace(/```[^]*?```/g, '').matchAll(/`([^`]*)`/g)].flatMap(([, code]) => code.split('; '));
    return quoted.filter((code) => {
      const [, name, value] = code.match(/^([\w-]+):? (.+)$/) ?? [];
      return named.has(name) && !`${value} `.startsWith(`${named.get(name)} `);
    }).map((code) => `${name}: ${code}`);
  });
  assert.deepEqual(wrong, []);
});

test('the host in Leptos with server rendering sends the policy with a nonce, in the example and in its document', () => {
  const wanted = policyWith({ 'script-src': "'self' 'wasm-unsafe-eval'{nonce}", 'style-src': "'self'{nonce}" });
  for (const name of ['docs/hosts/leptos-ssr.md', 'examples/leptos-ssr/src/policy.rs']) {
    assert.ok(read(name).replace(/\\\n */g, '').includes(`"${wanted}"`), name);
  }
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
