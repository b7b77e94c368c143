/** Checks the settings of an element and converts them for the WebAssembly. An error names the first wrong field. */

import type { Backend } from '../api.js';
import type {
  ConsentManifest, DetailRenderers, Flow, Layout, LoginHandOff, Messages, StytchOptions, Theme, Tokens, TrustedToken,
} from '../options.js';

/** All settings of an element. `undefined` means not set. */
export interface CurrentSettings {
  apiBase: string | undefined;
  loginUrl: string | undefined;
  returnToParam: string | undefined;
  flow: Flow | undefined;
  locale: string | undefined;
  siteName: string | undefined;
  logo: string | undefined;
  theme: Theme | undefined;
  layout: Layout | undefined;
  stytch: StytchOptions | undefined;
  backend: Backend | undefined;
  messages: Messages | undefined;
  tokens: Tokens | undefined;
  getConsentManifest: ConsentManifest | undefined;
  detailRenderers: DetailRenderers | undefined;
  onLogin: ((handOff: LoginHandOff) => void) | undefined;
  /** `null` means that a token will follow. */
  trustedToken: TrustedToken | null | undefined;
}

/** An invalid setting. The message begins with its name. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

type Check = (value: unknown) => boolean;
type Shape = Record<string, [check: Check, expected: string]>;

const isText: Check = (value) => typeof value === 'string';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isFunction: Check = (value) => typeof value === 'function';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isOneOf = (...allowed: string[]): Check => (value) => allowed.includes(value as string);
const isRecordOf = (check: Check): Check => (value) => isObject(value) && Object.values(value).every(check);
const isList: Check = (value) => Array.isArray(value) && value.every(isText);

const text: Shape[string] = [isText, 'a text'];
const boolean: Shape[string] = [isBoolean, 'true or false'];
const texts: Shape[string] = [isRecordOf(isText), 'an object of texts'];
const callable: Shape[string] = [isFunction, 'a function'];

const SETTINGS: Shape = {
  apiBase: text,
  loginUrl: text,
  returnToParam: text,
  flow: [isOneOf('auto', 'authorize', 'logout'), 'auto, authorize or logout'],
  locale: text,
  siteName: text,
  logo: text,
  theme: [isOneOf('system', 'light', 'dark'), 'system, light or dark'],
  layout: [isOneOf('auto', 'regular', 'compact'), 'auto, regular or compact'],
  stytch: [isObject, 'an object'],
  backend: [isObject, 'an object'],
  messages: texts,
  tokens: texts,
  getConsentManifest: callable,
  detailRenderers: [isRecordOf(isFunction), 'an object of functions'],
  onLogin: callable,
  trustedToken: [isObject, 'an object'],
};
const STYTCH: Shape = {
  publicToken: text, customBaseUrl: text, cookieOptions: [isObject, 'an object'], projectName: text, bootstrap: boolean,
  pictureOrigins: [isList, 'a list of texts'], grantedWithoutConsent: boolean,
};
const COOKIES: Shape = {
  opaqueTokenCookieName: text, jwtCookieName: text, istCookieName: text, path: text, domain: text, availableToSubdomains: boolean,
};
const BACKEND: Shape = { start: callable, submit: callable, logoutStart: callable, logoutSubmit: callable };
const TOKEN: Shape = { token: text, profileId: text };

function check(object: object, shape: Shape, prefix = '', required: string[] = []): void {
  for (const [name, [isValid, expected]] of Object.entries(shape)) {
    const value = (object as Record<string, unknown>)[name];
    if (value === undefined || value === null) {
      if (required.includes(name)) throw new SettingError(`${prefix}${name}: missing`);
    } else if (!isValid(value)) {
      throw new SettingError(`${prefix}${name}: must be ${expected}`);
    }
  }
}

/** The settings as the WebAssembly reads them (`components/element/src/settings.rs`). */
export interface Settings {
  b2b: boolean;
  messages?: Messages;
  token?: TrustedToken;
  apiBase?: string;
  flow?: Flow;
  [name: string]: unknown;
}

function stytchProject({ cookieOptions = {}, ...project }: StytchOptions): object {
  return {
    ...project,
    sessionCookie: cookieOptions.opaqueTokenCookieName,
    jwtCookie: cookieOptions.jwtCookieName,
    intermediateCookie: cookieOptions.istCookieName,
    cookiePath: cookieOptions.path,
    cookieDomain: cookieOptions.domain,
    cookieSubdomains: cookieOptions.availableToSubdomains,
  };
}

/** Checks all settings and converts them. @throws SettingError */
export function settings(b2b: boolean, current: CurrentSettings): Settings {
  check(current, SETTINGS);
  const { stytch, backend, trustedToken } = current;
  if (stytch) check(stytch, STYTCH, 'stytch.', ['publicToken']);
  if (stytch?.cookieOptions) check(stytch.cookieOptions, COOKIES, 'stytch.cookieOptions.');
  if (backend) check(backend, BACKEND, 'backend.', ['start', 'submit']);
  if (trustedToken) check(trustedToken, TOKEN, 'trustedToken.', ['token', 'profileId']);
  const sources = (['apiBase', 'stytch', 'backend'] as const).filter((name) => current[name] !== undefined && current[name] !== null);
  if (sources.length > 1) throw new SettingError(`${sources.join(', ')}: only one of these`);
  const converted: Settings = {
    b2b,
    flow: current.flow,
    // The URLs of a backend's methods are the paths alone.
    apiBase: backend ? '' : current.apiBase,
    loginUrl: current.loginUrl,
    returnToParam: current.returnToParam,
    locale: current.locale,
    siteName: current.siteName,
    logo: current.logo,
    stytch: stytch && stytchProject(stytch),
    backend: Boolean(backend),
    manifest: Boolean(current.getConsentManifest),
    details: Boolean(current.detailRenderers),
    login: Boolean(current.onLogin),
    trusted: trustedToken !== undefined,
  };
  if (current.messages) converted.messages = current.messages;
  if (trustedToken) converted.token = trustedToken;
  return converted;
}

/** Identifies the settings whose change restarts the widget. The others are updated in place. */
export function identity({ messages, token, ...rest }: Settings): string {
  return JSON.stringify(rest);
}
