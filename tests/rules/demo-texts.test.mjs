// The texts of the demo's server and of the gallery: complete in every language of the widget, and each in use.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { findResource, findScope, scopeNames } from '../../examples/authorization-server/fixtures/scopes.mjs';

const file = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const json = (name) => JSON.parse(readFileSync(file(name), 'utf8'));
const languages = readdirSync(file('messages')).sort();
const SERVER = 'examples/authorization-server/fixtures/texts';
const GALLERY = 'examples/demo/texts';

/** Every text of a file as [path, text], in the file's order. */
const flat = (value, path = '') => (typeof value === 'string' ? [[path, value]] : Object.entries(value).flatMap(([key, more]) => flat(more, `${path}/${key}`)));

for (const folder of [SERVER, GALLERY]) {
  test(`${folder} has the languages of the widget, with the same keys in one order`, () => {
    assert.deepEqual(readdirSync(file(folder)).sort(), languages);
    const keys = flat(json(`${folder}/en.json`)).map(([path]) => path);
    for (const name of languages) assert.deepEqual(flat(json(`${folder}/${name}`)).map(([path]) => path), keys, name);
  });

  test(`no text of ${folder} is empty, longer than the API allows, or left in English`, () => {
    const english = new Map(flat(json(`${folder}/en.json`)));
    for (const name of languages) {
      for (const [path, text] of flat(json(`${folder}/${name}`))) {
        assert.ok(text.trim() === text && text.length > 0 && text.length <= 200, `${name} ${path}: ${text}`);
        // Titles and sentences; a heading of one word may be the same in two languages ("Photos").
        if (name !== 'en.json' && /^.(scopes|reasons|clients)/.test(path)) assert.notEqual(text, english.get(path), `${name} ${path}`);
      }
    }
  });
}

test('no text of the gallery is one that the server has, under the same name', () => {
  const [server, gallery] = [SERVER, GALLERY].map((folder) => json(`${folder}/en.json`));
  for (const section of ['groups', 'scopes', 'reasons']) {
    assert.deepEqual(Object.keys(gallery[section]).filter((key) => key in server[section]), [], section);
  }
});

test('the server has a text for every scope, group and API, and none that nothing uses', () => {
  const { groups, scopes, resources } = json(`${SERVER}/en.json`);
  const known = scopeNames('b2b');
  assert.deepEqual(Object.keys(scopes), known);
  assert.deepEqual(Object.keys(groups), [...new Set(known.map((scope) => findScope(scope).group))]);
  assert.deepEqual(Object.keys(resources), ['photos', 'calendar', 'payments'].filter((name) => findResource(`https://${name}.example/api`).name === name));
});

test('the gallery has a text for every scope of its scenes, and none that nothing uses', () => {
  const [server, gallery] = [SERVER, GALLERY].map((folder) => json(`${folder}/en.json`));
  const all = json('examples/demo/gallery.json').scenes.flatMap(({ consent }) => consent?.scopes ?? []).map((scope) => (typeof scope === 'string' ? { scope } : scope));
  const own = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access']; // the widget has texts for these itself
  const untold = all.filter(({ scope, title }) => !title && !own.includes(scope) && !server.scopes[scope] && !gallery.scopes[scope]);
  assert.deepEqual(untold.map(({ scope }) => scope), ['photos.share'], 'one is shown by its raw name, on purpose');
  const used = (name) => [...new Set(all.map((scope) => scope[name]).filter(Boolean))];
  assert.deepEqual(Object.keys(gallery.scopes).filter((scope) => !used('scope').includes(scope)), []);
  assert.deepEqual(Object.keys(gallery.groups).filter((group) => !used('group').includes(group)), []);
  assert.deepEqual(used('group').filter((group) => !server.groups[group] && !gallery.groups[group]), []);
  assert.deepEqual(Object.keys(gallery.reasons).toSorted(), used('reason').toSorted());
});
