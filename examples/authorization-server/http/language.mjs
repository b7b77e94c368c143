/** The texts of the page before a way out, in the language of the visitor. */
import { readFileSync } from 'node:fs';
import { languageFor as languageOf } from '../../../server/node/src/language.ts';

const TEXTS = JSON.parse(readFileSync(new URL('../site/way-out.json', import.meta.url), 'utf8'));

/** The tags of an `Accept-Language` header in order, without their weights. */
const tagsIn = (header) => header.split(',').map((entry) => entry.split(';', 1)[0].trim());

/**
 * The first available language of `ui_locales` and then of the browser, else English.
 *
 * @returns `lang`, `dir` and `texts`
 */
export function languageFor(locales = '', header = '') {
  const { lang, dir } = languageOf([...locales.split(' '), ...tagsIn(header)].filter(Boolean));
  return { lang, dir, texts: TEXTS[lang] };
}
