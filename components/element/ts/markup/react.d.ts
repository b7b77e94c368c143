/** The tags in the JSX of React. React 19 sets properties and adds listeners; React 18 knows attributes alone. */
import type { HTMLAttributes, RefAttributes } from 'react';
import type { B2BIdentityProviderElement, IdentityProviderElement } from '../element/elements.js';
import type { ElementMarkup } from './shared.js';

type Tag<Element> = ElementMarkup & Omit<HTMLAttributes<HTMLElement>, keyof ElementMarkup> & RefAttributes<Element> & { class?: string | undefined };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'countersign-identity-provider': Tag<IdentityProviderElement>;
      'countersign-b2b-identity-provider': Tag<B2BIdentityProviderElement>;
    }
  }
}
