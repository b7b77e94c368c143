'use client';
/** The React components with the props that users of Stytch's components know. Each prop is an alias of one of `countersign/react`. */

import { createElement, forwardRef, type ComponentType, type ForwardRefExoticComponent, type RefAttributes } from 'react';
import {
  B2BIdentityProvider as B2BComponent, IdentityProvider as Component,
  type B2BIdentityProviderElement, type IdentityProviderElement, type IdentityProviderProps,
} from '../react.js';
import { own } from '../element/own.js';
import type { CountersignErrorDetail, CountersignEventDetail } from '../events.js';
import type { ConsentManifest } from '../options.js';
import { messagesOf, themeOf, tokenOf, tokensOf, type AuthTokenParams, type StytchStrings, type StytchThemes } from './stytch-names.js';

export type * from '../react.js';
export { BackendError, configureMessages, configureWasm } from '../react.js';
export type { AuthTokenParams, StytchStrings, StytchTheme, StytchThemes } from './stytch-names.js';

/** Stytch's props. A prop of `countersign/react` takes precedence over its alias. */
export interface StytchProps {
  /** Aliases of `onEvent` and `onError`. */
  callbacks?: {
    onEvent?: (event: CountersignEventDetail) => void;
    onError?: (error: CountersignErrorDetail) => void;
  };
  /** Texts by Stytch's names: alias of `messages`. */
  strings?: StytchStrings;
  /** Aliases of `theme`, `tokens` and `logo`. Other options had no effect in Stytch's component, and have none here. */
  presentation?: {
    theme?: StytchThemes;
    options?: { logo?: { url: string; alt?: string }; [name: string]: unknown };
  };
  /** Alias of `getConsentManifest`. */
  getIDPConsentManifest?: ConsentManifest;
  /** Alias of `trustedToken`, as in Stytch's consumer component. */
  authTokenParams?: AuthTokenParams;
  /** Alias of `trustedToken`, as in Stytch's B2B component. */
  trustedAuthTokenParams?: AuthTokenParams;
}

/** The props of both components of this entry. */
export type StytchIdentityProviderProps = IdentityProviderProps & StytchProps;

/** Replaces each alias by the prop that it stands for. */
function withoutAliases(props: StytchIdentityProviderProps): IdentityProviderProps {
  const {
    callbacks = {}, strings, presentation = {}, getIDPConsentManifest, authTokenParams, trustedAuthTokenParams, ...rest
  } = own(props);
  const prop = own<IdentityProviderProps>(rest);
  const { theme, options = {} } = own(presentation);
  const params = authTokenParams ?? trustedAuthTokenParams;
  return {
    ...prop,
    onEvent: prop.onEvent ?? own(callbacks).onEvent,
    onError: prop.onError ?? own(callbacks).onError,
    messages: strings ? { ...messagesOf(strings), ...prop.messages } : prop.messages,
    logo: prop.logo ?? own(own(options).logo ?? { url: undefined }).url,
    theme: prop.theme ?? (theme && themeOf(theme)),
    tokens: theme ? { ...tokensOf(theme), ...prop.tokens } : prop.tokens,
    getConsentManifest: prop.getConsentManifest ?? getIDPConsentManifest,
    trustedToken: prop.trustedToken === undefined && params ? tokenOf(params) : prop.trustedToken,
  };
}

function aliased<Element>(component: ComponentType<IdentityProviderProps & RefAttributes<Element>>, displayName: string) {
  const made = forwardRef<Element, StytchIdentityProviderProps>((props, ref) => createElement(component, { ...withoutAliases(props), ref }));
  made.displayName = displayName;
  return made as ForwardRefExoticComponent<StytchIdentityProviderProps & RefAttributes<Element>>;
}

/** The consent page for users who act for themselves. */
export const IdentityProvider = aliased<IdentityProviderElement>(Component, 'IdentityProvider');

/** The consent page for users who act as members of an organization. */
export const B2BIdentityProvider = aliased<B2BIdentityProviderElement>(B2BComponent, 'B2BIdentityProvider');
