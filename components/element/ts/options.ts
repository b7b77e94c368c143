/** What teams may set, in the words of JavaScript. `element/settings.ts` checks it and says which field is wrong. */

import type { AuthorizationDetail } from './api.js';

/** What the page is: `auto` is what the backend's pages are, the authorization endpoint's, or with Stytch either by its address. */
export type Flow = 'auto' | 'authorize' | 'logout';

/** Colours: `system` follows the user's system. */
export type Theme = 'system' | 'light' | 'dark';

/** How much room the card takes: `auto` is compact where the request asks for a popup (`display=popup`). */
export type Layout = 'auto' | 'regular' | 'compact';

/** A project at Stytch, in the words of its SDK. */
export interface StytchOptions {
  publicToken: string;
  /** Your own domain in front of Stytch's API. */
  customBaseUrl?: string;
  cookieOptions?: {
    opaqueTokenCookieName?: string;
    jwtCookieName?: string;
    istCookieName?: string;
    path?: string;
    domain?: string;
    availableToSubdomains?: boolean;
  };
  /** What the card calls your site. */
  projectName?: string;
  /** Whether to ask Stytch for that name, beside the calls that count. */
  bootstrap?: boolean;
  /** Origins from which logos may be loaded, besides the page's own and the API's. */
  pictureOrigins?: string[];
  /** What `consent_granted` says where no consent is needed. */
  grantedWithoutConsent?: boolean;
}

/** A JWT of another auth system, exchanged for a session before anything is asked (Stytch). */
export interface TrustedToken {
  token: string;
  profileId: string;
}

/** Texts in the place of ours, by their names in `messages/en.json`. */
export type Messages = Readonly<Record<string, string>>;

/** Values for the style sheet's tokens. */
export type Tokens = Readonly<Record<`--countersign-${string}`, string>>;

/** What a manifest is made from. */
export interface ConsentManifestInput {
  /** The scopes that would be granted. */
  scopes: string[];
  /** The client's name, cleaned. */
  clientName: string;
  /** The language of the card, as a BCP 47 tag. */
  locale: string;
}

/** A line: what the client will be able to do. What no line names in its `scopes` is shown below, in the backend's words. */
export type ConsentManifestItem = string | { text: string; details?: string[]; scopes?: string[] };

/** Lines under a header. */
export interface ConsentManifestSection {
  header?: string;
  items: ConsentManifestItem[];
}

/** Your own words for what is asked: they reword and regroup, and hide nothing. */
export type ConsentManifest = (input: ConsentManifestInput) => ConsentManifestSection[] | ConsentManifestItem[];

/** Your own words for one detail: what it is about, and what is asked, a line each: a label, which may be empty, and what it says. */
export interface DetailWords {
  title: string;
  lines: (readonly [label: string, text: string])[];
}

/**
 * Your own words for what is asked in detail (RFC 9396), by its `type`. The detail itself stays below them, in full; a type that is not here is shown by
 * its members.
 */
export type DetailRenderers = Readonly<Record<string, (detail: AuthorizationDetail, context: { locale: string }) => DetailWords>>;

/** A hand-off to the login page. */
export interface LoginHandOff {
  /** The whole address that the widget would go to. */
  url: string;
  /** Path and query of this page, to come back to. */
  returnTo: string;
  reason: string;
  loginHint?: string;
  uiLocales?: string;
  acrValues?: string;
}
