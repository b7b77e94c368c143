// Checks messages/*.json: every language has every text of en.json, with the same values in it and the plural forms that the language has.
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from './lib/root.mjs';

const folder = () => inRoot('messages');

/** The languages there are, English included. */
export const languages = () => readdirSync(folder()).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).sort();

export const read = (language) => JSON.parse(readFileSync(inRoot('messages', `${language}.json`), 'utf8'));

const placeholders = (text) => [...text.matchAll(/\{([^{}]*)\}/g)].map(([, inside]) => inside);
const nameOf = (inside) => inside.split('|')[0];

/** What is wrong with one text, compared with the English one. */
export function problemsOf(language, english, text) {
  if (typeof text !== 'string' || !text.trim()) return ['missing'];
  const problems = [];
  if (text.replace(/\{[^{}]*\}/g, '').match(/[{}]/)) problems.push('a brace is not closed');
  const names = (it) => [...new Set(placeholders(it).map(nameOf))].sort().join(', ');
  if (names(text) !== names(english)) problems.push(`values are {${names(text)}}, in English {${names(english)}}`);
  const counted = (it) => placeholders(it).filter((inside) => inside.includes('|'));
  if (counted(text).length !== counted(english).length) problems.push('a count without its forms');
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort().join(', ');
  for (const inside of counted(text)) {
    const found = inside.split('|').slice(1).map((form) => form.split('=')[0]).sort().join(', ');
    if (found !== forms) problems.push(`forms are ${found}; the language has ${forms}`);
  }
  return problems;
}

/** Everything that is wrong with a language, a line each. */
export function check(language, texts, english) {
  const lines = Object.keys(texts).filter((key) => !(key in english)).map((key) => `${language}: ${key}: not in English`);
  for (const [key, text] of Object.entries(english)) lines.push(...problemsOf(language, text, texts[key]).map((it) => `${language}: ${key}: ${it}`));
  return lines;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = languages().flatMap((language) => check(language, read(language), read('en')));
  for (const problem of problems) console.error(problem);
  console.log(problems.length ? `${problems.length} problems` : `${languages().length} languages, complete`);
  process.exitCode = problems.length ? 1 : 0;
}
