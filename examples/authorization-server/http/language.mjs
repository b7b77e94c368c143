/** The language of a visitor, and the texts of the page before a way out. */
import { readFileSync } from 'node:fs';

const TEXTS = JSON.parse(readFileSync(new URL('../site/way-out.json', import.meta.url), 'utf8'));
const RIGHT_TO_LEFT = new Set(['ar', 'he']);
/** The languages that a page can be in. */
export const LANGUAGES = Object.keys(TEXTS);
const MAX_TAGS = 20;

/** The regions that write Chinese in traditional characters. */
const TRADITIONAL = ['hant', 'tw', 'hk', 'mo'];

/** The available language for a tag: the same as the widget's (`src/messages/language.rs`). */
function available(tag) {
  const [start, ...rest] = tag.toLowerCase().replaceAll('_', '-').split('-');
  if (start === 'zh') return rest[0] !== 'hans' && rest.some((part) => TRADITIONAL.includes(part)) ? 'zh-Hant' : 'zh-Hans';
  // `iw` is the code of old browsers (ISO 639:1988).
  const primary = start === 'iw' ? 'he' : start;
  return LANGUAGES.find((name) => name === primary || name.startsWith(`${primary}-`));
}

/** The tags of an `Accept-Language` header in order, without their weights. */
const tagsIn = (header) => header.split(',').map((entry) => entry.split(';', 1)[0].trim());

/**
 * The first available language of `ui_locales` and then of the browser, else English.
 *
 * @returns `lang`, `dir` and `texts`
 */
export function languageFor(locales = '', header = '') {
  const tags = [...locales.split(' '), ...tagsIn(header)].filter(Boolean).slice(0, MAX_TAGS);
  const lang = tags.map(available).find((found) => found !== undefined) ?? 'en';
  return {
    lang,
    dir: RIGHT_TO_LEFT.has(lang) ? 'rtl' : 'ltr',
    texts: TEXTS[lang],
  };
}
