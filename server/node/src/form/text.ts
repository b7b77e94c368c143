/** What the pages around a form say. */
import { cleanName, escape } from '../html.ts';
import { languageFor } from '../language.ts';
import own from './own-texts.json' with { type: 'json' };
import shared from './texts.json' with { type: 'json' };

export type FormTextKey = keyof typeof shared.en | keyof typeof own.en;

/** A language, and its texts as HTML. */
export interface Speaker {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** A text as HTML. Values are names of strangers, or hosts, and are set apart from the text around them. */
  html(key: FormTextKey, values?: Readonly<Record<string, string>>): string;
  /** The same without elements, for titles and attributes. */
  plain(key: FormTextKey, values?: Readonly<Record<string, string>>): string;
}

const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  Object.entries(shared).map(([lang, one]) => [lang, { ...one, ...own[lang as keyof typeof own] }]),
);

export function speakerFor(tags: readonly string[]): Speaker {
  const { lang, dir } = languageFor(tags);
  const text = (key: FormTextKey): string => texts[lang]![key]!;
  const fill = (said: string, values: Readonly<Record<string, string>>, around: (value: string) => string): string =>
    said.replace(/\{(\w+)\}/g, (_, name: string) => around(cleanName(values[name] ?? '')));
  return {
    lang,
    dir,
    html: (key, values = {}) => fill(escape(text(key)), values, (value) => `<bdi>${escape(value)}</bdi>`),
    plain: (key, values = {}) => fill(text(key), values, (value) => value),
  };
}
