/** The two elements. They differ in one word of data. */

import { CountersignElement } from './base.js';

/**
 * The consent page of an authorization server whose users act for themselves.
 *
 * @customElement countersign-identity-provider
 */
export class IdentityProviderElement extends CountersignElement {
  protected override readonly b2b = false;
}

/**
 * The consent page of an authorization server whose users act as members of organizations.
 *
 * @customElement countersign-b2b-identity-provider
 */
export class B2BIdentityProviderElement extends CountersignElement {
  protected override readonly b2b = true;
}

/** The elements' names. */
export const CONSUMER = 'countersign-identity-provider';
export const B2B = 'countersign-b2b-identity-provider';

/**
 * Defines both elements in this page's registry, or in another one. Doing it again does nothing, and neither does it on a server. A name that is
 * taken by something else stays as it is.
 */
export function define(registry: CustomElementRegistry | undefined = globalThis.customElements): void {
  if (!registry) return;
  if (!registry.get(CONSUMER)) registry.define(CONSUMER, IdentityProviderElement);
  if (!registry.get(B2B)) registry.define(B2B, B2BIdentityProviderElement);
}

declare global {
  interface HTMLElementTagNameMap {
    'countersign-identity-provider': IdentityProviderElement;
    'countersign-b2b-identity-provider': B2BIdentityProviderElement;
  }
}
