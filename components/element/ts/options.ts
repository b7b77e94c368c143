/** The types of the settings. `element/settings.ts` checks their values and names the first invalid field. */

import type { AuthorizationDetail, LoginReason } from './api.js';
import type { MessageKey, TokenName } from './generated/names.js';

/** The flow of the page. `auto` is authorization; with Stytch the page's query decides. */
export type Flow = 'auto' | 'authorize' | 'logout';

/** Colour scheme; `system` follows the user's system. */
export type Theme = 'system' | 'light' | 'dark';

/** Size of the card; `auto` is compact if the request has `display=popup`. */
export type Layout = 'auto' | 'regular' | 'compact';

/** A Stytch project, with the names of Stytch's SDK. */
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
  /** Your site's name on the card. */
  projectName?: string;
  /** Whether to load that name from Stytch, parallel to the other calls. */
  bootstrap?: boolean;
  /** Origins from which logos may be loaded, besides the page's own and the API's. */
  pictureOrigins?: string[];
  /** The value of `consent_granted` if no consent is needed. */
  grantedWithoutConsent?: boolean;
  /** Clients of other parties that you have verified, by `client_id`. Stytch does not say which. */
  verifiedClients?: string[];
}

/** A JWT of another auth system, exchanged for a session first (Stytch). */
export interface TrustedToken {
  token: string;
  profileId: string;
}

/** Your own texts by their keys in `messages/en.json`. */
export type Messages = Readonly<Partial<Record<MessageKey, string>>>;

/** Values of design tokens. */
export type Tokens = Readonly<Partial<Record<TokenName, string>>>;

/** The input of {@link ConsentManifest}. */
export interface ConsentManifestInput {
  /** The scopes that an `allow` grants. */
  scopes: string[];
  /** The client's name without control characters. */
  clientName: string;
  /** The language of the card (BCP 47). */
  locale: string;
}

/** One thing that the client will be able to do. Scopes in no item's `scopes` are listed below, with the backend's texts. */
export type ConsentManifestItem = string | { text: string; details?: string[]; scopes?: string[] };

/** Items under a header. */
export interface ConsentManifestSection {
  header?: string;
  items: ConsentManifestItem[];
}

/** Your own description of the requested scopes. It can reword and group them, and cannot hide any. */
export type ConsentManifest = (input: ConsentManifestInput) => ConsentManifestSection[] | ConsentManifestItem[];

/** Your own description of an authorization detail. The label of a line may be empty. */
export interface DetailDescription {
  title: string;
  lines: (readonly [label: string, text: string])[];
}

/**
 * Your own descriptions of authorization details (RFC 9396), by `type`. The detail itself is below, on demand. A detail of any other
 * type is shown by its members.
 */
export type DetailRenderers = Readonly<Record<string, (detail: AuthorizationDetail, context: { locale: string }) => DetailDescription>>;

/** A navigation to the login page. */
export interface LoginHandOff {
  /** The address that the widget would navigate to. */
  url: string;
  /** Path and query of this page, to return to. */
  returnTo: string;
  reason: LoginReason;
  loginHint?: string;
  uiLocales?: string;
  acrValues?: string;
}
