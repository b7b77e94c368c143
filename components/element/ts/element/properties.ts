/** What can be set on an element: attributes for texts, properties for all of it. A property wins over its attribute. */

import type { Backend } from '../api.js';
import type { ConsentManifest, DetailRenderers, Flow, Layout, LoginHandOff, Messages, StytchOptions, Theme, Tokens, TrustedToken } from '../options.js';
import type { Given } from './settings.js';

/** On a server there are no elements, and importing this must break nothing. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** The properties that an attribute can say, and which. */
const SAID: Partial<Record<keyof Given, string>> = {
  apiBase: 'api-base',
  loginUrl: 'login-url',
  returnToParam: 'return-to-param',
  flow: 'flow',
  locale: 'lang',
  siteName: 'site-name',
  logo: 'logo',
  theme: 'theme',
  layout: 'layout',
  stytch: 'stytch-public-token',
};
const PROPERTIES = [
  ...Object.keys(SAID), 'backend', 'messages', 'tokens', 'getConsentManifest', 'detailRenderers', 'goToLogin', 'trustedToken',
] as (keyof Given)[];

/** The properties of both elements. */
export abstract class Properties extends Base {
  static readonly observedAttributes: readonly string[] = [...Object.values(SAID), 'hold', 'light-dom'];

  /** Where the countersign API is. Attribute `api-base`; `/countersign` by default. */
  declare apiBase: string | undefined;

  /** Your login page. Attribute `login-url`; `/login` by default. */
  declare loginUrl: string | undefined;

  /** The parameter that carries the way back. Attribute `return-to-param`; `return_to` by default. */
  declare returnToParam: string | undefined;

  /** What the page is. Attribute `flow`; `auto` by default. */
  declare flow: Flow | undefined;

  /** Your page's language (BCP 47). Attribute `lang`. After what the request asks for (`ui_locales`), before what the browser is set to. */
  declare locale: string | undefined;

  /** What your site calls itself, where the backend does not say. Attribute `site-name`. */
  declare siteName: string | undefined;

  /** Your logo, beside the client's: an address that the page's policy allows. Attribute `logo`; a keyhole by default. */
  declare logo: string | undefined;

  /** Light, dark, or as the user's system has it. Attribute `theme`; `system` by default. */
  declare theme: Theme | undefined;

  /** How much room the card takes. Attribute `layout`; `auto` by default. */
  declare layout: Layout | undefined;

  /** A project at Stytch, in the place of the countersign API. Attribute `stytch-public-token` for one without more options. */
  declare stytch: StytchOptions | undefined;

  /** A backend of your own. Its methods are looked up at every call, so another object of the same kind changes nothing on the screen. */
  declare backend: Backend | undefined;

  /** Texts in the place of ours in every language, by their names in `messages/en.json`. */
  declare messages: Messages | undefined;

  /** Values for the style sheet's tokens; a style sheet that sets them does the same. */
  declare tokens: Tokens | undefined;

  /** Your own words for what is asked. What they do not speak for is shown below them. */
  declare getConsentManifest: ConsentManifest | undefined;

  /** Your own words for what is asked in detail (RFC 9396), by its type. The detail itself stays below them. */
  declare detailRenderers: DetailRenderers | undefined;

  /** Takes the way to the login page over, for apps with a router. Come back to `returnTo`. */
  declare goToLogin: ((handOff: LoginHandOff) => void) | undefined;

  /** A trusted auth token (Stytch); `null` as long as it is waited for. */
  declare trustedToken: TrustedToken | null | undefined;

  readonly #own: Record<string, unknown> = {};

  static {
    // All of one form: what is set, or what the attribute says.
    for (const name of PROPERTIES) {
      Object.defineProperty(this.prototype, name, {
        get(this: Properties) {
          const own = this.#own[name];
          // No token yet is something else than none.
          return own === undefined || (own === null && name !== 'trustedToken') ? this.#said(name) : own;
        },
        set(this: Properties, value: unknown) {
          if (this.#own[name] === value) return;
          this.#own[name] = value;
          this.changed();
        },
        configurable: true,
        enumerable: true,
      });
    }
  }

  constructor() {
    super();
    // What was set before the element was defined lies in the way of its accessors.
    const early = this as unknown as Record<string, unknown>;
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const value = early[name];
      delete early[name];
      this.#own[name] = value;
    }
  }

  /** Something was set to another value. */
  protected abstract changed(): void;

  #said(name: keyof Given): unknown {
    const attribute = SAID[name];
    const said = (attribute && this.getAttribute(attribute)) ?? undefined;
    return name === 'stytch' && said !== undefined ? { publicToken: said } : said;
  }

  /** Everything that is set, by whatever way. */
  protected given(): Given {
    return Object.fromEntries(PROPERTIES.map((name) => [name, this[name]])) as unknown as Given;
  }
}
