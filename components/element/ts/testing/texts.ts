/** The backend's own texts for the scopes of a scene (`examples/demo/src/bin/gallery/texts.rs`). */

import type { RequestedScope } from '../api.js';

/** The texts of one language, by their names. */
export interface Texts {
  scopes: Record<string, Partial<RequestedScope>>;
  groups: Record<string, string>;
  reasons: Record<string, string>;
}

/** A name alone is a scope that can be granted. Groups and reasons are names of texts. */
export type RawScope = string | (Partial<RequestedScope> & { scope: string });

/** Completes the scopes of a card. What a scene says itself comes first. */
export function completed(scopes: RawScope[], { scopes: titles, groups, reasons }: Texts): RequestedScope[] {
  return scopes.map((entry) => {
    const own = typeof entry === 'string' ? { scope: entry } : entry;
    const { group, reason } = own;
    return {
      grantable: true, required: own.scope === 'openid', granted: false, sensitive: false, ...titles[own.scope], ...own,
      ...(group && { group: groups[group] ?? group }), ...(reason && { reason: reasons[reason] ?? reason }),
    };
  });
}
