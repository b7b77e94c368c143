'use client';
/** The React components with the props that users of Stytch's components know, without any script of Stytch's. */

import {
  B2BIdentityProvider as B2BComponent, IdentityProvider as Component, type B2BIdentityProviderElement, type IdentityProviderElement, type Source,
} from '../react.js';
import { aliased } from './stytch/aliased.js';
import { plainErrors } from './stytch/events.js';
import type { AliasedProps } from './stytch/props.js';

export type * from '../react.js';
export { BackendError, configureMessages, configureWasm } from '../react.js';
export type { StytchFlowError, StytchFlowEvent } from './stytch/events.js';
export type { AuthTokenParams, StytchStrings, StytchTheme, StytchThemes } from './stytch/names.js';
export type { StytchProps } from './stytch/props.js';

/** The props of both components of this entry. */
export type StytchIdentityProviderProps = AliasedProps & Source;

const asGiven = (props: StytchIdentityProviderProps): [undefined, StytchIdentityProviderProps] => [undefined, props];

/** The consent page for users who act for themselves. */
export const IdentityProvider = aliased<IdentityProviderElement, StytchIdentityProviderProps>(Component, 'IdentityProvider', plainErrors, asGiven);

/** The consent page for users who act as members of an organization. */
export const B2BIdentityProvider = aliased<B2BIdentityProviderElement, StytchIdentityProviderProps>(B2BComponent, 'B2BIdentityProvider', plainErrors, asGiven);
