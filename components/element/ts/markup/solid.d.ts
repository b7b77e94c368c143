/** The tags in the JSX of Solid: properties as `prop:backend`, listeners as `on:countersign-event`. */
import type { JSX } from 'solid-js';
import type { B2BIdentityProviderElement, IdentityProviderElement } from '../element/elements.js';
import type { ElementAttributes, PropertyName } from '../generated/names.js';
import type { ElementListeners } from './shared.js';

type Properties = { [Name in PropertyName as `prop:${Name}`]?: IdentityProviderElement[Name] };
type Tag<Element> = ElementAttributes & Properties & ElementListeners<'on:'> & Omit<JSX.HTMLAttributes<Element>, keyof ElementAttributes>;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'countersign-identity-provider': Tag<IdentityProviderElement>;
      'countersign-b2b-identity-provider': Tag<B2BIdentityProviderElement>;
    }
  }
}
