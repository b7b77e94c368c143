/**
 * The user's language and its file of texts. English has no file: its texts are in the WebAssembly, and those of the screens without
 * WebAssembly are in this script.
 */

import { outline_status, shell_reload, shell_setup, shell_stopped, shell_title, shell_try_again, shell_unavailable, shell_unsupported } from '../../../../messages/en.json';
import { fetchLocated, type Located } from '../wasm/load.js';
import { choose, ENGLISH, match } from './choice.js';

/** Returns the address of a language file. */
export type MessagesSource = (language: string) => Located;

// Each address is a literal, so that bundlers find the file and copy it.
const FILES: Record<string, () => URL> = {
  ar: () => new URL('./messages/ar.json', import.meta.url),
  de: () => new URL('./messages/de.json', import.meta.url),
  es: () => new URL('./messages/es.json', import.meta.url),
  fr: () => new URL('./messages/fr.json', import.meta.url),
  he: () => new URL('./messages/he.json', import.meta.url),
  it: () => new URL('./messages/it.json', import.meta.url),
  ja: () => new URL('./messages/ja.json', import.meta.url),
  ko: () => new URL('./messages/ko.json', import.meta.url),
  nl: () => new URL('./messages/nl.json', import.meta.url),
  pl: () => new URL('./messages/pl.json', import.meta.url),
  'pt-BR': () => new URL('./messages/pt-BR.json', import.meta.url),
  'zh-Hans': () => new URL('./messages/zh-Hans.json', import.meta.url),
  'zh-Hant': () => new URL('./messages/zh-Hant.json', import.meta.url),
};

const AVAILABLE = [ENGLISH, ...Object.keys(FILES)];

/** The available language for a language tag (BCP 47). */
export const languageOf = (tag: string): string | undefined => match(tag, AVAILABLE);

/** The first available language of the request, the host and the browser. */
export const chooseLanguage = (locale: unknown): string => choose(locale, AVAILABLE);

let source: MessagesSource | undefined;
const files = new Map<string, Promise<string>>();

/**
 * Sets where the language files are, for content delivery networks and for bundlers that do not copy them. Call it before the
 * first element starts. By default they are beside this file.
 */
export function configureMessages(from: MessagesSource): void {
  source = from;
}

/** Where the file of a language is, beside this script. English has none. */
export const languageFile = (language: string): URL | undefined => (Object.hasOwn(FILES, language) ? FILES[language]!() : undefined);

async function fetchLanguage(language: string): Promise<string> {
  const response = await fetchLocated(source ? source(language) : FILES[language]!());
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response.text();
}

/** Loads the file of a language once; after a failure, again. */
export function loadLanguageFile(language: string): Promise<string> {
  const file = files.get(language) ?? fetchLanguage(language);
  files.set(language, file);
  file.catch(() => files.delete(language));
  return file;
}

const SHELL = { outline_status, shell_reload, shell_setup, shell_stopped, shell_title, shell_try_again, shell_unavailable, shell_unsupported };

/** The texts of the screens without WebAssembly, and their language. */
export type Texts = typeof SHELL & { lang: string };

/** How long to wait for a language in milliseconds, as in Rust. After that the texts are English. */
const TIMEOUT = 4000;

/** Calls `show` with the texts: at once for English, else when they are loaded or have failed to load. */
export type WithTexts = (show: (texts: Texts) => void) => void;

/** Loads the texts in the user's language; those of the host take precedence. */
export function loadTexts(locale?: unknown, own?: object | null): WithTexts {
  // Nothing is loaded inside a frame.
  const lang = top === self ? chooseLanguage(locale) : ENGLISH;
  const english = { ...SHELL, ...own, lang: ENGLISH };
  if (lang === ENGLISH) return (show) => show(english);
  const late = new Promise<Texts>((resolve) => { setTimeout(resolve, TIMEOUT, english); });
  const loaded = loadLanguageFile(lang).then((text): Texts => ({ ...SHELL, ...JSON.parse(text), ...own, lang }));
  const texts = Promise.race([loaded.catch(() => english), late]);
  return (show) => { texts.then(show); };
}
