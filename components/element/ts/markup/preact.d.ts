/** The tags in the JSX of Preact 10 and 11. */
import type { JSX, Ref } from 'preact';
import type { B2BIdentityProviderElement, IdentityProviderElement } from '../element/elements.js';
import type { ElementMarkup } from './shared.js';

type Tag<Element> = ElementMarkup & Omit<JSX.IntrinsicElements['section'], keyof ElementMarkup | 'ref'> & { ref?: Ref<Element> | undefined };

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'countersign-identity-provider': Tag<IdentityProviderElement>;
      'countersign-b2b-identity-provider': Tag<B2BIdentityProviderElement>;
    }
  }
}
