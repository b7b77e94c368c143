// The element sends a page's first call before its WebAssembly is loaded, so it reads the request by the rules of `RequestRef::read`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { build } from 'esbuild';
import { inRoot } from '../../scripts/lib/root.mjs';

const entry = inRoot('components', 'element', 'ts', 'element', 'request.ts');
const { outputFiles: [{ text }] } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', logLevel: 'error' });
const { requestOf } = await import(`data:text/javascript,${encodeURIComponent(text)}`);

for (const { name, query, request } of JSON.parse(readFileSync(inRoot('tests', 'vectors', 'requests.json'), 'utf8'))) {
  test(`the request of a page: ${name}`, () => {
    assert.deepEqual(requestOf(query), request === 'query' ? { query } : request ?? undefined);
  });
}
