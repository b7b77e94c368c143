/** The tags in the templates of Astro, which writes HTML: attributes alone. */
import type { ElementAttributes } from '../generated/names.js';

declare global {
  namespace astroHTML.JSX {
    interface IntrinsicElements {
      'countersign-identity-provider': ElementAttributes & Omit<HTMLAttributes, keyof ElementAttributes>;
      'countersign-b2b-identity-provider': ElementAttributes & Omit<HTMLAttributes, keyof ElementAttributes>;
    }
  }
}
