/** What can be set on an element: attributes for texts, properties for all of it. A property wins over its attribute. */

import type { Backend } from '../api.js';
import type { ConsentManifest, DetailRenderers, Flow, Layout, LoginHandOff, Messages, StytchOptions, Theme, Tokens, TrustedToken } from '../options.js';
import type { Given } from './settings.js';

/** On a server there are no elements, and importing this must break nothing. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

const ATTRIBUTES = [
  'api-base', 'login-url', 'return-to-param', 'flow', 'lang', 'site-name', 'logo', 'theme', 'layout', 'stytch-public-token', 'hold', 'light-dom',
] as const;
const PROPERTIES = [
  'apiBase', 'loginUrl', 'returnToParam', 'flow', 'locale', 'siteName', 'logo', 'theme', 'layout', 'stytch', 'backend', 'messages', 'tokens',
  'getConsentManifest', 'detailRenderers', 'goToLogin', 'trustedToken',
] as const satisfies readonly (keyof Given)[];

/** The properties of both elements. */
export abstract class Properties extends Base {
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;

  readonly #own: Partial<Given> = {};

  constructor() {
    super();
    // What was set before the element was defined lies in the way of its accessors.
    const early = this as unknown as Record<string, unknown>;
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const value = early[name];
      delete early[name];
      this.#own[name] = value as never;
    }
  }

  /** Something was set to another value. */
  protected abstract changed(): void;

  /** Where the countersign API is. Attribute `api-base`; `/countersign` by default. */
  get apiBase(): string | undefined { return this.#own.apiBase ?? this.#said('api-base'); }
  set apiBase(value: string | undefined) { this.#set('apiBase', value); }

  /** Your login page. Attribute `login-url`; `/login` by default. */
  get loginUrl(): string | undefined { return this.#own.loginUrl ?? this.#said('login-url'); }
  set loginUrl(value: string | undefined) { this.#set('loginUrl', value); }

  /** The parameter that carries the way back. Attribute `return-to-param`; `return_to` by default. */
  get returnToParam(): string | undefined { return this.#own.returnToParam ?? this.#said('return-to-param'); }
  set returnToParam(value: string | undefined) { this.#set('returnToParam', value); }

  /** What the page is. Attribute `flow`; `auto` by default. */
  get flow(): Flow | undefined { return this.#own.flow ?? (this.#said('flow') as Flow | undefined); }
  set flow(value: Flow | undefined) { this.#set('flow', value); }

  /** Your page's language (BCP 47). Attribute `lang`. After what the request asks for (`ui_locales`), before what the browser is set to. */
  get locale(): string | undefined { return this.#own.locale ?? this.#said('lang'); }
  set locale(value: string | undefined) { this.#set('locale', value); }

  /** What your site calls itself, where the backend does not say. Attribute `site-name`. */
  get siteName(): string | undefined { return this.#own.siteName ?? this.#said('site-name'); }
  set siteName(value: string | undefined) { this.#set('siteName', value); }

  /** Your logo, beside the client's: an address that the page's policy allows. Attribute `logo`; a keyhole by default. */
  get logo(): string | undefined { return this.#own.logo ?? this.#said('logo'); }
  set logo(value: string | undefined) { this.#set('logo', value); }

  /** Light, dark, or as the user's system has it. Attribute `theme`; `system` by default. */
  get theme(): Theme | undefined { return this.#own.theme ?? (this.#said('theme') as Theme | undefined); }
  set theme(value: Theme | undefined) { this.#set('theme', value); }

  /** How much room the card takes. Attribute `layout`; `auto` by default. */
  get layout(): Layout | undefined { return this.#own.layout ?? (this.#said('layout') as Layout | undefined); }
  set layout(value: Layout | undefined) { this.#set('layout', value); }

  /** A project at Stytch, in the place of the countersign API. Attribute `stytch-public-token` for one without more options. */
  get stytch(): StytchOptions | undefined {
    const publicToken = this.#said('stytch-public-token');
    return this.#own.stytch ?? (publicToken === undefined ? undefined : { publicToken });
  }
  set stytch(value: StytchOptions | undefined) { this.#set('stytch', value); }

  /** A backend of your own. Its methods are looked up at every call, so another object of the same kind changes nothing on the screen. */
  get backend(): Backend | undefined { return this.#own.backend; }
  set backend(value: Backend | undefined) { this.#set('backend', value); }

  /** Texts in the place of ours in every language, by their names in `messages/en.json`. */
  get messages(): Messages | undefined { return this.#own.messages; }
  set messages(value: Messages | undefined) { this.#set('messages', value); }

  /** Values for the style sheet's tokens; a style sheet that sets them does the same. */
  get tokens(): Tokens | undefined { return this.#own.tokens; }
  set tokens(value: Tokens | undefined) { this.#set('tokens', value); }

  /** Your own words for what is asked. What they do not speak for is shown below them. */
  get getConsentManifest(): ConsentManifest | undefined { return this.#own.getConsentManifest; }
  set getConsentManifest(value: ConsentManifest | undefined) { this.#set('getConsentManifest', value); }

  /** Your own words for what is asked in detail (RFC 9396), by its type. The detail itself stays below them. */
  get detailRenderers(): DetailRenderers | undefined { return this.#own.detailRenderers; }
  set detailRenderers(value: DetailRenderers | undefined) { this.#set('detailRenderers', value); }

  /** Takes the way to the login page over, for apps with a router. Come back to `returnTo`. */
  get goToLogin(): ((handOff: LoginHandOff) => void) | undefined { return this.#own.goToLogin; }
  set goToLogin(value: ((handOff: LoginHandOff) => void) | undefined) { this.#set('goToLogin', value); }

  /** A trusted auth token (Stytch); `null` as long as it is waited for. */
  get trustedToken(): TrustedToken | null | undefined { return this.#own.trustedToken; }
  set trustedToken(value: TrustedToken | null | undefined) { this.#set('trustedToken', value); }

  #said(name: (typeof ATTRIBUTES)[number]): string | undefined {
    return this.getAttribute(name) ?? undefined;
  }

  #set<Name extends keyof Given>(name: Name, value: Given[Name]): void {
    if (this.#own[name] === value) return;
    this.#own[name] = value;
    this.changed();
  }

  /** Everything that is set, by whatever way. */
  protected given(): Given {
    return Object.fromEntries(PROPERTIES.map((name) => [name, this[name]])) as unknown as Given;
  }
}
