// What a preview's WebAssembly gets of the browser, and the scenes as data.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as esbuild from 'esbuild';
import { foreignNames, previewGlue, SHADOWED } from '../../scripts/build/preview.mjs';
import { scenes } from '../../scripts/build/scenes.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';

const GLUE = 'function D(c){return c.isTrusted}function M(c){c.scrollIntoView();return globalThis.x(new URL("a.b",Window))}export{D as mount,M as imports};';

test('the names that a glue reads are found, its own and its strings are not', () => {
  assert.deepEqual(foreignNames('let a=t=>t.fetch(b);var c=typeof open=="undefined"?{fetch:1,x:alert}:new Worker("eval")'), ['open', 'alert', 'Worker']);
});

test('a name that could act stops the build until somebody has looked', async () => {
  for (const name of ['fetch', 'open', 'XMLHttpRequest', 'document', 'location', 'postMessage']) {
    await assert.rejects(previewGlue(esbuild, GLUE.replace('c.isTrusted', `c.isTrusted+${name}(c)`)), new RegExp(`The widget uses ${name} of the browser`));
  }
});

test('a glue of another form stops the build', async () => {
  await assert.rejects(previewGlue(esbuild, GLUE.replace('.isTrusted', '.trusted')), /looks different/);
  await assert.rejects(previewGlue(esbuild, GLUE.replace('c.scrollIntoView()', '0')), /looks different/);
});

test('a preview\'s glue sees the page that it is given in place of the browser', async () => {
  const { glueOn } = await import(`data:text/javascript,${encodeURIComponent(await previewGlue(esbuild, GLUE))}`);
  const glue = glueOn({ globalThis: { x: ({ href }) => href }, Window: 'https://preview.example/' });
  assert.equal(glue.mount({ isTrusted: false }), true);
  assert.equal(glue.imports({}), 'https://preview.example/a.b');
});

test('the page of a preview has every name that is taken from the browser', () => {
  const page = readFileSync(inRoot('components', 'element', 'ts', 'testing', 'preview', 'page.ts'), 'utf8');
  const given = page.slice(page.indexOf('const names = {'), page.indexOf('return { names, clock }'));
  for (const name of SHADOWED) assert.match(given, new RegExp(`\\b${name}\\b:|\\b${name},|^ {4}${name}: `, 'm'), name);
});

test('the scenes are those of the gallery, with texts and without pictures', () => {
  const { scenes: all, clients, texts } = scenes();
  const gallery = JSON.parse(readFileSync(inRoot('examples', 'demo', 'gallery.json'), 'utf8'));
  assert.deepEqual(Object.keys(all), gallery.scenes.map(({ name }) => name).filter((name) => name !== 'words'));
  assert.deepEqual(Object.keys(clients), Object.keys(gallery.clients));
  assert.equal(Object.keys(texts).length, 14);
  assert.deepEqual([texts.de.groups.photos, texts.de.scopes['orders.read'].title.length > 5, texts.de.scopes.openid], ['Fotos', true, undefined]);
  assert.equal(all['organization-many'].consent.organizations.length, 27);
  assert.doesNotMatch(JSON.stringify(all), /logo_uri/);
});
