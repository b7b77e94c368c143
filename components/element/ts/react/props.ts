/** The props of both components. */

import type { CSSProperties, ReactNode } from 'react';
import type { Backend } from '../api.js';
import type { CountersignErrorDetail, CountersignEventDetail } from '../events.js';
import type { ConsentManifest, DetailRenderers, Flow, Layout, LoginHandOff, Messages, StytchOptions, Theme, Tokens } from '../options.js';
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

/** How it looks, by Stytch's names. What is none of these had no effect there, and has none here. */
export interface Presentation {
  /** Theme values: one theme, or a light and a dark one. */
  theme?: StytchTheme | readonly [StytchTheme, StytchTheme];
  options?: { logo?: { url: string; alt?: string }; [name: string]: unknown };
}

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
  /** Your page's language (BCP 47): after what the request asks for, before what the browser is set to. */
  locale?: string;
  /** What your site calls itself, where the backend does not say. */
  siteName?: string;
  presentation?: Presentation;
  /** Your logo, beside the client's: an address that the page's policy allows. */
  logo?: string;
  /** Light, dark, or as the system has it. */
  theme?: Theme;
  /** How much room the card takes; `auto` by default. */
  layout?: Layout;
  /** Values by our names (`--countersign-*`). */
  tokens?: Tokens;
  getIDPConsentManifest?: ConsentManifest;
  /** Your own words for what is asked in detail (RFC 9396), by its type. */
  detailRenderers?: DetailRenderers;
  /** What stands above the card. Not with `lightDom`. */
  header?: ReactNode;
  /** What stands below it. Not with `lightDom`. */
  footer?: ReactNode;
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
