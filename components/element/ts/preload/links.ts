/** The `<link>` tags for the head of the page with the widget. */

import type { ProgramName } from '../wasm/program.js';
import { baseUrl, type StytchProject } from './project.js';

/** A `<link>` with the names of the DOM and of React: `<link {...link} />`, or `Object.assign(document.createElement('link'), link)`. */
export interface PreloadLink {
  rel: 'preconnect' | 'modulepreload' | 'preload';
  href: string;
  as?: 'fetch';
  type?: string;
  crossOrigin?: 'anonymous' | 'use-credentials';
  integrity?: string;
}

/** Where the page's files are. */
export interface PreloadFiles {
  /** The script with the elements. Leave it out if the page has a tag for it. */
  script?: string;
  /** The WebAssembly. */
  wasm?: string;
  /** The language's file (`messages/de.json`). English has none. */
  messages?: string;
  /** The Stytch project, if the page is in front of one: its API is connected to. */
  stytch?: StytchProject;
  /** Hashes for Subresource Integrity, by address. */
  integrity?: Readonly<Record<string, string>>;
}

/** What {@link preloadLinks} takes. */
export interface PreloadLinksOptions extends Pick<PreloadFiles, 'stytch'> {
  /** The address of the package's folder `dist`, with a slash at its end. */
  base: string;
  /** The program; by default `stytch` with a Stytch project, and else `widget`. */
  program?: ProgramName;
  /** The language of the page, if a file of the package is for it: `de`. */
  language?: string;
  /** The content of the package's `integrity.json`, if the page checks it. */
  integrity?: Readonly<Record<string, string>>;
}

const fetched = (href: string, type: string): PreloadLink => ({ rel: 'preload', href, as: 'fetch', type, crossOrigin: 'anonymous' });

/** The links for files at these addresses. */
export function linksOf({ script, wasm, messages, stytch, integrity = {} }: PreloadFiles): PreloadLink[] {
  const links: PreloadLink[] = [];
  if (stytch) {
    // Browsers ask whether they may call (CORS) without credentials, and keep a connection for each kind.
    for (const crossOrigin of ['use-credentials', 'anonymous'] as const) links.push({ rel: 'preconnect', href: baseUrl(stytch), crossOrigin });
  }
  if (script) links.push({ rel: 'modulepreload', href: script });
  if (wasm) links.push(fetched(wasm, 'application/wasm'));
  if (messages) links.push(fetched(messages, 'application/json'));
  return links.map((link) => {
    const hash = Object.hasOwn(integrity, link.href) && integrity[link.href];
    return hash ? { ...link, crossOrigin: 'anonymous', integrity: hash } : link;
  });
}

/** The links for a page that loads the package's files as they are, from a folder of its site or from elsewhere. */
export function preloadLinks({ base, language, stytch, program = stytch ? 'stytch' : 'widget', integrity = {} }: PreloadLinksOptions): PreloadLink[] {
  const messages = language && language !== 'en' ? `${base}messages/${language}.json` : undefined;
  const hashes = Object.fromEntries(Object.entries(integrity).map(([name, hash]) => [base + name, hash]));
  return linksOf({ script: `${base}index.js`, wasm: `${base}${program}.wasm`, messages, stytch, integrity: hashes });
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Links as HTML. */
export const linkTags = (links: PreloadLink[]): string => links.map((link) => (
  `<link ${Object.entries(link).map(([name, value]) => `${name.toLowerCase()}="${escaped(value as string)}"`).join(' ')}>`
)).join('\n');
