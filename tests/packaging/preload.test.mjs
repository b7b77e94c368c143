// The plugins of `countersign/preload` in their bundlers: the links name the files that the elements load.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { bin, made, sources } from './support/hosts.mjs';

/** Each host brings its packages and builds. */
const INSTALLED = { timeout: 8 * 60_000 };
const config = (name) => sources.fixture(`preload/${name}`);
const programs = (folder) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.wasm'));
const same = (one, other) => readFileSync(one).equals(readFileSync(other));

/** The tags that a page has of the plugin. */
const linksIn = (file) => [...readFileSync(file, 'utf8').matchAll(/<link [^>]*rel="(?:preload|preconnect|modulepreload)"[^>]*>/g)].map(([tag]) => (
  Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
));

test('Vite writes the links into the page', INSTALLED, async () => {
  const folder = await made('vite-preload', { from: sources.example('react'), over: { 'vite.config.js': config('vite.config.js') }, versions: { vite: '8.3.8', '@vitejs/plugin-react': '6.3.0' }, build: [bin('vite'), 'build'] });
  const links = linksIn(path.join(folder, 'dist', 'index.html'));
  assert.deepEqual(links.slice(0, 2).map(({ rel, href, crossorigin }) => [rel, href, crossorigin]), [
    ['preconnect', 'https://test.stytch.com', 'use-credentials'], ['preconnect', 'https://test.stytch.com', 'anonymous'],
  ]);
  const { rel, href, as, type, crossorigin } = links.at(-1);
  assert.deepEqual([rel, as, type, crossorigin], ['preload', 'fetch', 'application/wasm', 'anonymous']);
  assert.ok(href.startsWith('/app/assets/'));
  const packed = path.join(folder, 'node_modules', 'countersign', 'dist', 'widget.wasm');
  assert.ok(same(path.join(folder, 'dist', href.replace('/app/', '')), packed));
});

test('webpack writes the links into the pages that are meant and into a file, and preload() has the same files as the elements', INSTALLED, async () => {
  const folder = await made('webpack-preload', { from: sources.fixture('webpack'), over: Object.fromEntries(['webpack.config.js', 'main.js'].map((name) => [name, config(name)])), build: [bin('webpack')] });
  const built = path.join(folder, 'dist');
  const [link, ...others] = linksIn(path.join(built, 'index.html'));
  assert.deepEqual(others, []);
  assert.deepEqual(linksIn(path.join(built, 'about.html')), []);
  const [{ href }] = JSON.parse(readFileSync(path.join(built, 'links.json'), 'utf8'));
  assert.equal(link.href, href);
  const packed = path.join(folder, 'node_modules', 'countersign', 'dist', 'widget.wasm');
  assert.ok(same(path.join(built, href.replace('/built/', '')), packed));
  // Two programs, and not one more for preload().
  assert.equal(programs(built).length, 2);
});
