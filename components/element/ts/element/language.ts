/**
 * The reader's language, chosen as the WebAssembly chooses it (`src/flow/page.rs`, `src/messages/language.rs`), and the file with its texts. English
 * has none: it is in the WebAssembly, and what is said without one is in this script.
 */

import { outline_status, shell_reload, shell_setup, shell_stopped, shell_title, shell_try_again, shell_unavailable } from '../../../../messages/en.json';
import { located, type Located } from '../wasm/load.js';

/** Where the file of a language is. */
export type MessagesSource = (language: string) => Located;

// Each a literal of its own, so that bundlers find the files and copy them.
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

const ENGLISH = 'en';

/** The language that there is for a wish (BCP 47). */
export function languageOf(wish: string): string | undefined {
  const [first = '', ...rest] = wish.toLowerCase().replaceAll('_', '-').split('-');
  const traditional = rest[0] !== 'hans' && rest.some((part) => /^(hant|tw|hk|mo)$/.test(part));
  const start = first === 'iw' ? 'he' : first === 'zh' ? `zh-Han${traditional ? 't' : 's'}` : first;
  return [ENGLISH, ...Object.keys(FILES)].find((tag) => `${tag}-`.startsWith(`${start}-`));
}

/** The language to speak: what the request asks for, what the host sets, what the browser is set to. Inside a frame nothing is loaded. */
function choose(host: unknown): string {
  const asked = new URLSearchParams(location.search).getAll('ui_locales');
  const wishes = [...(asked.length === 1 ? asked[0]!.split(' ') : []), host, ...navigator.languages];
  if (top !== self) return ENGLISH;
  return wishes.map((wish) => languageOf(String(wish))).find(Boolean) ?? ENGLISH;
}

let source: MessagesSource | undefined;
const files = new Map<string, Promise<string>>();

/**
 * Says where the files of the languages are, for bundlers that copy none of them and for content delivery networks. To be called before the first element
 * starts; without it, those beside this file are fetched.
 */
export function configureMessages(from: MessagesSource): void {
  source = from;
}

async function bring(language: string): Promise<string> {
  const response = await located(source ? source(language) : FILES[language]!());
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response.text();
}

/** The file of a language: asked for once, and again where that failed. */
export function file(language: string): Promise<string> {
  const coming = files.get(language) ?? bring(language);
  files.set(language, coming);
  coming.catch(() => files.delete(language));
  return coming;
}

const SHELL = { outline_status, shell_reload, shell_setup, shell_stopped, shell_title, shell_try_again, shell_unavailable };

/** What is said without the WebAssembly, and in which language. */
export type Words = typeof SHELL & { lang: string };

/** How long a language is waited for, in milliseconds, before it is English: as in the WebAssembly. */
const PATIENCE = 4000;

/** Tells something its words: English at once, another language once it is there, or English where it is not in time. */
export type Speak = (say: (words: Words) => void) => void;

/** The words in the reader's language, with the host's own in their place. */
export function speech(host: unknown, own: object | undefined): Speak {
  const lang = choose(host);
  const english = { ...SHELL, ...own, lang: ENGLISH };
  if (lang === ENGLISH) return (say) => say(english);
  const late = new Promise<Words>((resolve) => { setTimeout(resolve, PATIENCE, english); });
  const there = file(lang).then((text): Words => ({ ...SHELL, ...JSON.parse(text), ...own, lang }));
  const words = Promise.race([there.catch(() => english), late]);
  return (say) => { words.then(say); };
}
