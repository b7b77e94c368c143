/** The style sheet and the texts of a page, each read once. */
import type { Files } from '../files.ts';
import type { CardFormOptions } from './options.ts';

const SHEETS = ['styles/tokens.css', 'styles/widget.css', 'styles/page.css'];

export interface Sheets {
  /** The style sheet with more rules after it, and its source for a policy. */
  style(more: string): Promise<{ readonly css: string; readonly source: string }>;
  /** The texts of a language. A renderer has the English ones. */
  texts(language: string): Promise<Readonly<Record<string, string>>>;
}

async function sourceOf(css: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(css)));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

/** What a map has for a key, made once. A failure is tried again. */
function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const value = known.get(key) ?? make().catch((error: unknown) => {
    known.delete(key);
    throw error;
  });
  known.set(key, value);
  return value;
}

export function createSheets(options: CardFormOptions, files: Files | string): Sheets {
  const read = async (name: string): Promise<string> => new TextDecoder().decode(await (files as Files).read(name));
  const styles = new Map<string, Promise<{ css: string; source: string }>>();
  const texts = new Map<string, Promise<Readonly<Record<string, string>>>>();
  return {
    style: (more) => once(styles, more, async () => {
      const css = (options.css ?? (await Promise.all(SHEETS.map(read))).join('\n')) + more;
      // Nothing in a style sheet of ours ends its element; one of a host's may not either.
      if (/<\/style/i.test(css)) throw new TypeError('The style sheet of a page cannot contain "</style".');
      return { css, source: await sourceOf(css) };
    }),
    texts: async (language) => {
      if (language === 'en' && options.texts === undefined) return {};
      return once(texts, language, async () => options.texts?.(language) ?? JSON.parse(await read(`messages/${language}.json`)) as Record<string, string>);
    },
  };
}
