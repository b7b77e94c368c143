/** Attributes and properties of both elements. A property takes precedence over its attribute. */

import type { Backend, Outcome } from '../api.js';
import type {
  ConsentManifest, DetailRenderers, Flow, Layout, LoginHandOff, Messages, StytchOptions, Theme, Tokens, TrustedToken,
} from '../options.js';
import type { ScriptedBackend } from '../testing/scripted.js';
import { own } from './own.js';
import type { CurrentSettings } from './settings.js';

/** A server has no `HTMLElement`, and importing this module there must not throw. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** The attribute of a property, if it has one. */
const ATTRIBUTES: Partial<Record<keyof CurrentSettings, string>> = own({
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
  debug: 'debug',
});
const PROPERTIES = [
  ...Object.keys(ATTRIBUTES), 'backend', 'preview', 'answer', 'messages', 'tokens', 'getConsentManifest', 'detailRenderers', 'onLogin', 'trustedToken',
] as (keyof CurrentSettings)[];

/** The properties of both elements. */
export abstract class Properties extends Base {
  static readonly observedAttributes: readonly string[] = [...Object.values(ATTRIBUTES), 'hold', 'light-dom'];

  /** Base address of the countersign API. Attribute `api-base`; default `/countersign`. */
  declare apiBase: string | undefined;

  /** Your login page. Attribute `login-url`; default `/login`. */
  declare loginUrl: string | undefined;

  /** Query parameter with the path to return to. Attribute `return-to-param`; default `return_to`. */
  declare returnToParam: string | undefined;

  /** The flow of the page. Attribute `flow`; default `auto`. */
  declare flow: Flow | undefined;

  /** Your page's language (BCP 47). Attribute `lang`. The request (`ui_locales`) takes precedence; the browser's languages follow. */
  declare locale: string | undefined;

  /** Your site's name on the card, unless the backend sends one. Attribute `site-name`. */
  declare siteName: string | undefined;

  /** Address of your logo, shown beside the client's. The page's policy must allow it. Attribute `logo`; default the initial of `siteName`. */
  declare logo: string | undefined;

  /** Colour scheme. Attribute `theme`; default `system`. */
  declare theme: Theme | undefined;

  /** Size of the card. Attribute `layout`; default `auto`. */
  declare layout: Layout | undefined;

  /** A Stytch project, instead of the countersign API. Attribute `stytch-public-token` if you need no other option. */
  declare stytch: StytchOptions | undefined;

  /** Your own backend. Its methods are read at every call, so a new object with the same methods restarts nothing. */
  declare backend: Backend | undefined;

  /**
   * A scripted backend of `countersign/testing`, to draw a card: in a story, in documentation, in a test, inside a frame too. Nothing is
   * called, opened or sent, and the card says that it is a preview.
   */
  declare preview: ScriptedBackend | undefined;

  /**
   * The answer of `authorize/start` that the page came with: no first call is made, and a card that a server rendered in the element stays.
   * Without the property it is the text of a child `<script type="application/json">`.
   */
  declare answer: Outcome | string | undefined;

  /** Your own texts by their keys in `messages/en.json`, for every language. */
  declare messages: Messages | undefined;

  /** Values of design tokens, as in a style sheet. */
  declare tokens: Tokens | undefined;

  /** Your own description of the requested scopes. Scopes that it does not cover are listed below it. */
  declare getConsentManifest: ConsentManifest | undefined;

  /** Your own descriptions of authorization details (RFC 9396), by `type`. The detail itself is below, on demand. */
  declare detailRenderers: DetailRenderers | undefined;

  /** Replaces the navigation to the login page, for apps with a router. Return to `returnTo` afterwards. */
  declare onLogin: ((handOff: LoginHandOff) => void) | undefined;

  /** A trusted auth token (Stytch); `null` while you wait for one. */
  declare trustedToken: TrustedToken | null | undefined;

  /** Tells in the console what is wrong. Attribute `debug`; default on loopback only. */
  declare debug: boolean | undefined;

  readonly #values: Record<string, unknown> = own({});

  static {
    for (const name of PROPERTIES) {
      Object.defineProperty(this.prototype, name, own({
        get(this: Properties) {
          const value = this.#values[name];
          // `null` unsets a property, except a token: there it means that one will follow.
          return value === undefined || (value === null && name !== 'trustedToken') ? this.#attribute(name) : value;
        },
        set(this: Properties, value: unknown) {
          if (this.#values[name] === value) return;
          this.#values[name] = value;
          this.changed();
        },
        configurable: true,
        enumerable: true,
      }));
    }
  }

  constructor() {
    super();
    // Properties set before the element was defined hide the accessors. Those that a page has defined itself stay.
    for (const name of PROPERTIES) {
      const early = Object.getOwnPropertyDescriptor(this, name);
      if (!early?.configurable || !Object.hasOwn(early, 'value')) continue;
      delete (this as Record<string, unknown>)[name];
      this.#values[name] = early.value;
    }
  }

  /** Called when a property has changed. */
  protected abstract changed(): void;

  #attribute(property: keyof CurrentSettings): unknown {
    const name = ATTRIBUTES[property];
    if (property === 'answer') return this.querySelector(':scope > script[type="application/json"]')?.textContent ?? undefined;
    const value = (name && this.getAttribute(name)) ?? undefined;
    if (property === 'debug') return value === undefined ? value : value !== 'false';
    return property === 'stytch' && value !== undefined ? { publicToken: value } : value;
  }

  /** All settings, from properties and attributes. A page's own getter may throw. */
  protected currentSettings(): CurrentSettings {
    return Object.fromEntries(PROPERTIES.map((name) => [name, this[name]])) as unknown as CurrentSettings;
  }
}
