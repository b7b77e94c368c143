// The languages: complete, and as a browser knows them. The build only generates from them (build.rs).
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../messages/', import.meta.url));
const languages = readdirSync(folder).map((name) => path.basename(name, '.json'));
const texts = new Map(languages.map((tag) => [tag, Object.entries(JSON.parse(readFileSync(path.join(folder, `${tag}.json`), 'utf8')))]));

/** What stands between the braces of a text. */
const inside = (text) => [...text.matchAll(/\{([^{}]*)\}/g)].map(([, words]) => words);

test('there are fourteen languages, and every tag is one that Intl knows', () => {
  assert.deepEqual(languages.sort(), ['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'ko', 'nl', 'pl', 'pt-BR', 'zh-Hans', 'zh-Hant']);
  assert.deepEqual(Intl.PluralRules.supportedLocalesOf(languages), languages);
});

test('a counted text has the plural forms that the language has', () => {
  for (const [tag, entries] of texts) {
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted();
    for (const [key, text] of entries) {
      for (const words of inside(text).filter((it) => it.includes('|'))) {
        assert.deepEqual(words.split('|').slice(1).map((form) => form.split('=')[0]).sort(), forms, `${tag}: ${key}`);
      }
    }
  }
});

test('a text has the values of the English one, and no other brace', () => {
  const names = (text) => [...new Set(inside(text).map((words) => words.split('|')[0]))].sort();
  const english = new Map(texts.get('en'));
  for (const [tag, entries] of texts) {
    for (const [key, text] of entries) {
      assert.deepEqual(names(text), names(english.get(key)), `${tag}: ${key}`);
      assert.doesNotMatch(text.replace(/\{[^{}]*\}/g, ''), /[{}]/, `${tag}: ${key}`);
    }
  }
});

/** FNV-1a, 32 bits: how a page finds a key by its name. */
const hash = (name) => [...Buffer.from(name)].reduce((value, byte) => Math.imul(value ^ byte, 0x01000193) >>> 0, 0x811c9dc5);

test('a key is lower case letters and underscores, and has a hash of its own', () => {
  const keys = texts.get('en').map(([key]) => key);
  for (const key of keys) assert.match(key, /^[a-z_]+$/);
  assert.equal(hash('a'), 0xe40c292c);
  assert.equal(new Set(keys.map(hash)).size, keys.length);
});

/** The table of words for authorization details. */
const wordsOf = (tag) => texts.get(tag).find(([key]) => key === 'consent_detail_words')[1].split('|').map((entry) => {
  const [, name, words] = entry.match(/^([A-Za-z_.]+| )=([^=]+)$/) ?? assert.fail(`${tag}: ${entry}`);
  return [name, words];
});

test('the words for authorization details have one name each, and every other language has the same names', () => {
  // English makes most of its words from the names. The name of a single space is a decimal sign that is no dot.
  const names = (tag) => wordsOf(tag).map(([name]) => name).filter((name) => name !== ' ');
  for (const tag of languages) {
    assert.equal(new Set(names(tag)).size, names(tag).length, tag);
    if (tag !== 'en') assert.deepEqual(names(tag), names('de'), tag);
  }
  for (const name of names('en')) assert.ok(names('de').includes(name), name);
});

test('an amount has the decimal sign of its language', () => {
  for (const tag of languages) {
    const sign = new Intl.NumberFormat(`${tag}-u-nu-latn`).formatToParts(1.5).find(({ type }) => type === 'decimal').value;
    assert.equal(new Map(wordsOf(tag)).get(' ') ?? '.', sign, tag);
  }
});

test('no text is empty', () => {
  for (const [tag, entries] of texts) {
    for (const [key, text] of entries) assert.ok(typeof text === 'string' && text.trim(), `${tag}: ${key}`);
  }
});

test('the languages have the same texts, in one order', () => {
  const keys = texts.get('en').map(([key]) => key);
  for (const [tag, entries] of texts) assert.deepEqual(entries.map(([key]) => key), keys, tag);
});

test('no text has characters that change how others look', () => {
  for (const [tag, entries] of texts) {
    for (const [key, text] of entries) assert.doesNotMatch(text, /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/, `${tag}: ${key}`);
  }
});

test('a French sign stays on the line of its word', () => {
  for (const [key, text] of texts.get('fr')) assert.doesNotMatch(text, /[^\u00a0\u202f][:;?!»]|«[^\u00a0\u202f]/, key);
});

test('nothing is left in English by mistake', () => {
  const english = new Map(texts.get('en'));
  for (const [tag, entries] of texts) {
    if (tag === 'en') continue;
    const same = entries.filter(([key, text]) => text === english.get(key) && text.trim().split(/\s+/).length > 2).map(([key, text]) => `${key}: ${text}`);
    assert.deepEqual(same, [], tag);
  }
});

test('what the outline says without the program is the English text of the languages', () => {
  const english = Object.fromEntries(texts.get('en'));
  const fragment = readFileSync(fileURLToPath(new URL('../../style/outline.html', import.meta.url)), 'utf8');
  const [, line, link] = fragment.match(/<p class="countersign-note countersign-slow">(.*) <a class="countersign-link" href="">(.*)<\/a><\/p>/);
  assert.deepEqual([line, link], [english.shell_slow, english.shell_reload]);
});

test('the mark of a preview has its word in every language, and each its own', () => {
  const source = readFileSync(new URL('../../components/element/ts/testing/preview/mark.ts', import.meta.url), 'utf8');
  const [, list] = /const WORDS: [^=]*= \{([^}]*)\}/.exec(source);
  const words = Object.fromEntries([...list.matchAll(/'?([\w-]+)'?: '([^']+)'/g)].map(([, tag, word]) => [tag, word]));
  assert.deepEqual(Object.keys(words).sort(), languages.sort());
  assert.deepEqual(Object.entries(words).filter(([tag, word]) => tag !== 'en' && word === words.en), []);
});
