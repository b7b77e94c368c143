/** The props of both components. Their names are those of the element's properties and of the Leptos props. */

import type { CSSProperties, ReactNode } from 'react';
import type { Backend, Outcome } from '../api.js';
import type { CountersignErrorDetail, CountersignEventDetail } from '../events.js';
import type {
  ConsentManifest, DetailRenderers, Flow, Layout, LoginHandOff, Messages, StytchOptions, Theme, Tokens, TrustedToken,
} from '../options.js';
import type { ScriptedBackend } from '../testing/scripted.js';

/** The backend: the countersign API at `apiBase` (default `/countersign`), a Stytch project, your own, or a scripted one (`countersign/testing`). */
export type Source =
  | { apiBase?: string; stytch?: never; backend?: never; preview?: never }
  | { apiBase?: never; stytch: StytchOptions | string; backend?: never; preview?: never }
  | { apiBase?: never; stytch?: never; backend: Backend; preview?: never }
  | { apiBase?: never; stytch?: never; backend?: never; preview: ScriptedBackend };

/** All other props. */
export interface CommonProps {
  /** Your login page; default `/login`. */
  loginUrl?: string;
  /** Query parameter with the path to return to; default `return_to`. */
  returnToParam?: string;
  /** The flow of the page; default `auto`. */
  flow?: Flow;
  /** Called when the flow has advanced. */
  onEvent?: (event: CountersignEventDetail) => void;
  /** Called when something has failed. */
  onError?: (error: CountersignErrorDetail) => void;
  /** Replaces the navigation to the login page, for apps with a router. */
  onLogin?: (handOff: LoginHandOff) => void;
  /** The answer of `authorize/start` that the page came with, as an object or JSON: no first call is made. */
  answer?: Outcome | string;
  /** Your own texts by their keys in `messages/en.json`. */
  messages?: Messages;
  /** Your page's language (BCP 47). The request takes precedence; the browser's languages follow. */
  locale?: string;
  /** Your site's name on the card, unless the backend sends one. */
  siteName?: string;
  /** Address of your logo, shown beside the client's. The page's policy must allow it. */
  logo?: string;
  /** Colour scheme; default `system`. */
  theme?: Theme;
  /** Size of the card; default `auto`. */
  layout?: Layout;
  /** Values of design tokens. */
  tokens?: Tokens;
  /** Your own description of the requested scopes. */
  getConsentManifest?: ConsentManifest;
  /** Your own descriptions of authorization details (RFC 9396), by `type`. */
  detailRenderers?: DetailRenderers;
  /** A trusted auth token (Stytch); `null` while you wait for one. */
  trustedToken?: TrustedToken | null;
  /** Tells in the console what is wrong; default on loopback only. */
  debug?: boolean;
  /** Content above the card. Not with `lightDom`. */
  header?: ReactNode;
  /** Content below the card. Not with `lightDom`. */
  footer?: ReactNode;
  /** Renders without a shadow tree. Read once, at the first render. */
  lightDom?: boolean;
  id?: string;
  className?: string;
  style?: CSSProperties;
}

/** The props of `IdentityProvider` and of `B2BIdentityProvider`. */
export type IdentityProviderProps = CommonProps & Source;
