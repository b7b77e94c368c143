/** Checks a consent manifest of the host and converts it to sections for the WebAssembly. */

import { member, pick } from './own.js';
import type { ConsentManifest, ConsentManifestItem, ConsentManifestSection } from '../options.js';

function section(from: ConsentManifestSection | ConsentManifestItem[]): object {
  const { header, items } = Array.isArray(from) ? { header: undefined, items: from } : pick(from, 'header', 'items');
  return {
    header,
    items: items.map((item) => {
      const { text, details, scopes } = typeof item === 'string' ? { text: item, details: undefined, scopes: undefined } : pick(item, 'text', 'details', 'scopes');
      if (typeof text !== 'string') throw new TypeError('items[].text: must be a text');
      return { text, details, scopes };
    }),
  };
}

/** The sections of a manifest. Items without a section become one without a header. */
export function sections(manifest: ReturnType<ConsentManifest>): object[] {
  if (!Array.isArray(manifest)) throw new TypeError('must be a list');
  const grouped = manifest.filter((it): it is ConsentManifestSection => typeof it === 'object' && member(it, 'items') !== undefined);
  if (grouped.length === manifest.length) return grouped.map(section);
  return [section(manifest.filter((it): it is ConsentManifestItem => !grouped.includes(it as ConsentManifestSection)))];
}
