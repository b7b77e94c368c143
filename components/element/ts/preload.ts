/** Loads the widget's files before a page needs them. Importing this module does nothing, also on a server. */

import { chooseLanguage, languageFile } from './element/language.js';
import { ahead } from './preload/ahead.js';
import type { ProgramName } from './wasm/program.js';

export { linkTags, preloadLinks, type PreloadLink, type PreloadLinksOptions } from './preload/links.js';
export type { StytchProject } from './preload/project.js';

/** What {@link preload} takes. Addresses are those of `configureWasm()` and `configureMessages()`, if your site calls them. */
export interface PreloadOptions {
  /** The program: `stytch` in front of Stytch. */
  program?: ProgramName;
  /** Your page's language (BCP 47). `ui_locales` in this page's address takes precedence; the browser's languages follow. */
  locale?: string;
  /** Where the WebAssembly is. */
  wasm?: string | URL;
  /** Where the file of a language is. */
  messages?: (language: string) => string | URL;
}

// Each address is a literal, so that bundlers find the file. It is the one that the elements load.
const PROGRAMS: Record<ProgramName, () => URL> = {
  widget: () => new URL('./widget.wasm', import.meta.url),
  stytch: () => new URL('./stytch.wasm', import.meta.url),
};

/** The script with the elements, if this is a file of the package and not a part of a bundle. */
function script(): string[] {
  const { href } = new URL(import.meta.url);
  const beside = href.replace(/\/preload\.js$/, '/index.js');
  return beside === href ? [] : [beside];
}

/**
 * Loads the WebAssembly, the script and the user's language into the browser's cache: on a login page, and at the top of an app. Once, at
 * low priority, when the page is loaded and idle; not if the user asked to save data.
 *
 * @returns fulfilled when everything is there, or could not be loaded
 */
export async function preload({ program = 'widget', locale, wasm, messages }: PreloadOptions = {}): Promise<void> {
  if (typeof document === 'undefined') return;
  const language = chooseLanguage(locale);
  const file = languageFile(language) && (messages?.(language) ?? languageFile(language));
  await ahead([...script(), wasm ?? PROGRAMS[program](), ...(file ? [file] : [])]);
}
