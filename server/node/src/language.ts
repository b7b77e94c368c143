/** The language of a visitor, of those that the plain pages have. */
import texts from './page-texts.json' with { type: 'json' };

/** What the plain pages say. */
export type TextKey =
  | 'expired_heading' | 'expired_text' | 'failed_again' | 'failed_busy_heading' | 'failed_heading' | 'invalid_heading' | 'invalid_silent' | 'invalid_text'
  | 'invalid_too_long' | 'outline_status' | 'reference' | 'shell_unavailable' | 'start_again' | 'unsafe_heading' | 'unsafe_text';
export type PageTexts = Readonly<Record<TextKey, string>>;

const all: Readonly<Record<string, PageTexts>> = texts;
/** The tags of the languages. */
export const LANGUAGES: readonly string[] = Object.keys(all);
const RIGHT_TO_LEFT: readonly string[] = ['ar', 'he'];
const MOST_TAGS = 20;
/** The regions that write Chinese in traditional characters. */
const TRADITIONAL = ['hant', 'tw', 'hk', 'mo'];

/** The available language for a tag: the same as the widget's (`src/messages/language.rs`). */
function available(tag: string): string | undefined {
  const [start = '', ...rest] = tag.toLowerCase().replaceAll('_', '-').split('-');
  if (start === 'zh') return rest[0] !== 'hans' && rest.some((part) => TRADITIONAL.includes(part)) ? 'zh-Hant' : 'zh-Hans';
  // `iw` is the code of old browsers (ISO 639:1988).
  const primary = start === 'iw' ? 'he' : start;
  return LANGUAGES.find((name) => name === primary || name.startsWith(`${primary}-`));
}

export interface PageLanguage {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly texts: PageTexts;
}

/** The first available language of a list of tags, else English. */
export function languageFor(tags: readonly string[]): PageLanguage {
  const lang = tags.slice(0, MOST_TAGS).map(available).find((found) => found !== undefined) ?? 'en';
  return { lang, dir: RIGHT_TO_LEFT.includes(lang) ? 'rtl' : 'ltr', texts: all[lang] ?? texts.en };
}
