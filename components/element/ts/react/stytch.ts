'use client';
/** Stytch's components, with Countersign in them: they take Stytch's own props and the client of Stytch's provider. */

import { IDPOAuthFlowMissingParamError, StytchAPIError, useStytch, type IdentityProviderProps as StytchProps } from '@stytch/react';
import { useStytchB2BClient, type B2BIdentityProviderProps as StytchB2BProps } from '@stytch/react/b2b';
import {
  B2BIdentityProvider as B2BComponent, IdentityProvider as Component, type B2BIdentityProviderElement, type CommonProps, type IdentityProviderElement,
} from '../react.js';
import type { StytchOptions } from '../options.js';
import { aliased } from './stytch/aliased.js';
import { unknownProject, type StytchClientLike } from './stytch/client.js';
import type { ErrorClasses } from './stytch/events.js';
import type { AliasedProps } from './stytch/props.js';
import { optionsOf, type StytchSource } from './stytch/source.js';

export type * from '../react.js';
export { BackendError, configureMessages, configureWasm } from '../react.js';
export type { StytchFlowError, StytchFlowEvent } from './stytch/events.js';
export type { StytchSource } from './stytch/source.js';
export { StytchClientError, type StytchClientLike, type StytchClientProblem } from './stytch/client.js';

/** Stytch's props of `IdentityProvider`, and Countersign's own. */
export type IdentityProviderProps = StytchProps & Omit<CommonProps, keyof StytchProps> & StytchSource;
/** Stytch's props of `B2BIdentityProvider`, and Countersign's own. */
export type B2BIdentityProviderProps = StytchB2BProps & Omit<CommonProps, keyof StytchB2BProps> & StytchSource;

const classes: ErrorClasses = {
  api: (details) => new StytchAPIError(details),
  missing: (message) => new IDPOAuthFlowMissingParamError(message),
};

const WITHOUT_PROVIDER = unknownProject('provider_missing');

/** The client of the provider. The hook throws without one, and calls the same hooks in any case. */
function provided(hook: () => StytchClientLike): StytchClientLike | undefined {
  try {
    return hook();
  } catch {
    return undefined;
  }
}

/** The project of the props, or else of the provider's client. The value of an event of Stytch's enum is its text, which types do not say. */
const sourceOf = (hook: () => StytchClientLike, b2b: boolean) => function useSource<Props extends StytchSource>(
  { stytch, stytchOptions, ...rest }: Props,
): [StytchOptions, AliasedProps] {
  const client = provided(hook);
  const props = rest as unknown as AliasedProps;
  const source = stytch ?? client;
  if (!source) return [WITHOUT_PROVIDER, props];
  return [optionsOf(source, stytchOptions, b2b), props];
};

/** The consent page for users who act for themselves. */
export const IdentityProvider = aliased<IdentityProviderElement, IdentityProviderProps>(Component, 'IdentityProvider', classes, sourceOf(useStytch, false));

/** The consent page for users who act as members of an organization. */
export const B2BIdentityProvider = aliased<B2BIdentityProviderElement, B2BIdentityProviderProps>(B2BComponent, 'B2BIdentityProvider', classes, sourceOf(useStytchB2BClient, true));
