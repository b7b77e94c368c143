/** The two elements, one for each realm. */

import { CountersignElement } from './base.js';

/**
 * The consent page for users who act for themselves.
 *
 * @customElement countersign-identity-provider
 */
export class IdentityProviderElement extends CountersignElement {
  protected override readonly b2b = false;
}

/**
 * The consent page for users who act as members of an organization.
 *
 * @customElement countersign-b2b-identity-provider
 */
export class B2BIdentityProviderElement extends CountersignElement {
  protected override readonly b2b = true;
}

/** The tag names. */
export const CONSUMER = 'countersign-identity-provider';
export const B2B = 'countersign-b2b-identity-provider';

/**
 * Defines both elements in the page's registry or another one. A name that is already defined is left alone. Does nothing on a
 * server.
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
