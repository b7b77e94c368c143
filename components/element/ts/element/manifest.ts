/** Checks a consent manifest of the host and converts it to sections for the WebAssembly. */

import type { ConsentManifest, ConsentManifestItem, ConsentManifestSection } from '../options.js';

function section(from: ConsentManifestSection | ConsentManifestItem[]): object {
  const { header, items } = Array.isArray(from) ? { header: undefined, items: from } : from;
  return {
    header,
    items: items.map((item) => {
      const { text, details, scopes } = typeof item === 'string' ? { text: item, details: undefined, scopes: undefined } : item;
      if (typeof text !== 'string') throw new TypeError('items[].text: must be a text');
      return { text, details, scopes };
    }),
  };
}

/** The sections of a manifest. Items without a section become one without a header. */
export function sections(manifest: ReturnType<ConsentManifest>): object[] {
  if (!Array.isArray(manifest)) throw new TypeError('must be a list');
  const grouped = manifest.filter((it): it is ConsentManifestSection => typeof it === 'object' && 'items' in it);
  if (grouped.length === manifest.length) return grouped.map(section);
  return [section(manifest.filter((it): it is ConsentManifestItem => !grouped.includes(it as ConsentManifestSection)))];
}
