/** The tags in the templates of Svelte 5. */
import type { HTMLAttributes } from 'svelte/elements';
import type { B2BIdentityProviderElement, IdentityProviderElement } from '../element/elements.js';
import type { ElementMarkup } from './shared.js';

type Tag<Element extends HTMLElement> = ElementMarkup & Omit<HTMLAttributes<Element>, keyof ElementMarkup>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'countersign-identity-provider': Tag<IdentityProviderElement>;
    'countersign-b2b-identity-provider': Tag<B2BIdentityProviderElement>;
  }
}
