'use client';
/** The React components with the props that users of Stytch's components know, which imports nothing of Stytch's. */

import {
  B2BIdentityProvider as B2BComponent, IdentityProvider as Component, type B2BIdentityProviderElement, type IdentityProviderElement, type Source,
} from '../react.js';
import type { StytchOptions } from '../options.js';
import { aliased } from './stytch/aliased.js';
import type { StytchClientLike } from './stytch/client.js';
import { plainErrors } from './stytch/events.js';
import type { AliasedProps } from './stytch/props.js';
import { optionsOf, type StytchSource } from './stytch/source.js';

export type * from '../react.js';
export { BackendError, configureMessages, configureWasm } from '../react.js';
export { StytchClientError, type StytchClientLike, type StytchClientProblem } from './stytch/client.js';
export type { StytchFlowError, StytchFlowEvent } from './stytch/events.js';
export type { AuthTokenParams, StytchStrings, StytchTheme, StytchThemes } from './stytch/names.js';
export type { StytchProps } from './stytch/props.js';

/** The props of both components of this entry. A client of Stytch's SDK counts as its project. */
export type StytchIdentityProviderProps = AliasedProps & (
  | (Source & Pick<StytchSource, 'stytchOptions'>)
  | { apiBase?: never; stytch: StytchClientLike; backend?: never; stytchOptions?: StytchSource['stytchOptions'] }
);

const sourceOf = (b2b: boolean) => ({ stytch, stytchOptions, ...props }: StytchIdentityProviderProps): [StytchOptions | undefined, AliasedProps] => (
  [stytch === undefined ? stytch : optionsOf(stytch, stytchOptions, b2b), props]
);

/** The consent page for users who act for themselves. */
export const IdentityProvider = aliased<IdentityProviderElement, StytchIdentityProviderProps>(Component, 'IdentityProvider', plainErrors, sourceOf(false));

/** The consent page for users who act as members of an organization. */
export const B2BIdentityProvider = aliased<B2BIdentityProviderElement, StytchIdentityProviderProps>(B2BComponent, 'B2BIdentityProvider', plainErrors, sourceOf(true));
