/** The props of both components. */

import type { CSSProperties } from 'react';
import type { Backend } from '../api.js';
import type { CountersignErrorDetail, CountersignEventDetail } from '../events.js';
import type { ConsentManifest, Flow, LoginHandOff, Messages, StytchOptions, Theme, Tokens } from '../options.js';
import type { StytchStrings, StytchTheme } from './stytch.js';

/** A trusted auth token, in Stytch's words. Without `trustedAuthToken` it is waited for. */
export interface AuthTokenParams {
  trustedAuthToken?: string;
  tokenProfileID: string;
}

/** Told what happens, and what fails. */
export interface Callbacks {
  onEvent?: (event: CountersignEventDetail) => void;
  onError?: (error: CountersignErrorDetail) => void;
}

/** Where the answers come from: one of three, `/countersign` by default. */
export type Source =
  | { apiBase?: string; stytch?: never; backend?: never }
  | { apiBase?: never; stytch: StytchOptions | string; backend?: never }
  | { apiBase?: never; stytch?: never; backend: Backend };

/** What both components take besides. */
export interface CommonProps {
  /** Your login page; `/login` by default. */
  loginUrl?: string;
  /** The parameter that carries the way back; `return_to` by default. */
  returnToParam?: string;
  /** Takes the way to the login page over, for apps with a router. */
  onLogin?: (handOff: LoginHandOff) => void;
  /** What the page is; `auto` by default. */
  flow?: Flow;
  callbacks?: Callbacks;
  /** Texts by Stytch's names. */
  strings?: StytchStrings;
  /** Texts by our names (`messages/en.json`). */
  messages?: Messages;
  /** Theme values by Stytch's names: one theme, or a light and a dark one. */
  presentation?: { theme?: StytchTheme | readonly [StytchTheme, StytchTheme] };
  /** Light, dark, or as the system has it. */
  theme?: Theme;
  /** Values by our names (`--countersign-*`). */
  tokens?: Tokens;
  getIDPConsentManifest?: ConsentManifest;
  /** A trusted auth token (Stytch). */
  authTokenParams?: AuthTokenParams;
  /** The same by the name that Stytch's B2B component has for it. */
  trustedAuthTokenParams?: AuthTokenParams;
  /** Puts the card into the page's own tree, for style sheets that reach in. Fixed at the first rendering. */
  lightDom?: boolean;
  id?: string;
  className?: string;
  style?: CSSProperties;
}

/** The props of `IdentityProvider` and of `B2BIdentityProvider`. */
export type IdentityProviderProps = CommonProps & Source;
