/** The tags in the JSX of Preact. */
import type { JSX } from 'preact';
import type { B2BIdentityProviderElement, IdentityProviderElement } from '../element/elements.js';
import type { ElementMarkup } from './shared.js';

type Tag<Element extends HTMLElement> = ElementMarkup & Omit<JSX.HTMLAttributes<Element>, keyof ElementMarkup>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'countersign-identity-provider': Tag<IdentityProviderElement>;
      'countersign-b2b-identity-provider': Tag<B2BIdentityProviderElement>;
    }
  }
}
