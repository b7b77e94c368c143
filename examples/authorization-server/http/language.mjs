/** The language of the page before a way out, and its texts. */
import { readFileSync } from 'node:fs';

const TEXTS = JSON.parse(readFileSync(new URL('../site/way-out.json', import.meta.url), 'utf8'));
const RIGHT_TO_LEFT = new Set(['ar', 'he']);
/** The languages that a page can be in. */
export const LANGUAGES = Object.keys(TEXTS);
const MAX_TAGS = 20;

/** The available language for a tag (RFC 4647 section 3.4): the tag, then its shorter forms. */
function available(tag) {
  const parts = tag.toLowerCase().split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const wanted = parts.slice(0, length).join('-');
    const found = LANGUAGES.find((name) => name.toLowerCase() === wanted);
    if (found !== undefined) return found;
  }
  return LANGUAGES.find((name) => name.toLowerCase().startsWith(`${parts[0]}-`));
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
