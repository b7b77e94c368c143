/** From what teams write to what the WebAssembly reads: checked, and the first wrong field named. */

import type { Backend } from '../api.js';
import type { ConsentManifest, DetailRenderers, Flow, Layout, LoginHandOff, Messages, StytchOptions, Theme, Tokens, TrustedToken } from '../options.js';

/** Everything that can be set on an element. `undefined` is not set. */
export interface Given {
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
  goToLogin: ((handOff: LoginHandOff) => void) | undefined;
  /** `null`: there will be one, and it is waited for. */
  trustedToken: TrustedToken | null | undefined;
}

/** A setting that is not what it has to be; the message begins with its name. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

type Check = (value: unknown) => boolean;
type Shape = Record<string, [check: Check, what: string]>;

const isText: Check = (value) => typeof value === 'string';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isFunction: Check = (value) => typeof value === 'function';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isOneOf = (...words: string[]): Check => (value) => words.includes(value as string);
const isRecordOf = (check: Check): Check => (value) => isObject(value) && Object.values(value).every(check);
const isList: Check = (value) => Array.isArray(value) && value.every(isText);

const text: Shape[string] = [isText, 'a text'];
const boolean: Shape[string] = [isBoolean, 'true or false'];
const texts: Shape[string] = [isRecordOf(isText), 'an object of texts'];
const called: Shape[string] = [isFunction, 'a function'];

const GIVEN: Shape = {
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
  getConsentManifest: called,
  detailRenderers: [isRecordOf(isFunction), 'an object of functions'],
  goToLogin: called,
  trustedToken: [isObject, 'an object'],
};
const STYTCH: Shape = {
  publicToken: text, customBaseUrl: text, cookieOptions: [isObject, 'an object'], projectName: text, bootstrap: boolean,
  pictureOrigins: [isList, 'a list of texts'], grantedWithoutConsent: boolean,
};
const COOKIES: Shape = {
  opaqueTokenCookieName: text, jwtCookieName: text, istCookieName: text, path: text, domain: text, availableToSubdomains: boolean,
};
const BACKEND: Shape = { start: called, submit: called, logoutStart: called, logoutSubmit: called };
const TOKEN: Shape = { token: text, profileId: text };

function check(value: object, shape: Shape, within = '', required: string[] = []): void {
  const from = value as Record<string, unknown>;
  for (const [name, [fits, what]] of Object.entries(shape)) {
    const it = from[name];
    if (it === undefined || it === null) {
      if (required.includes(name)) throw new SettingError(`${within}${name}: missing`);
    } else if (!fits(it)) {
      throw new SettingError(`${within}${name}: must be ${what}`);
    }
  }
}

/** What the WebAssembly reads (`components/element/src/settings.rs`). */
export interface Settings {
  b2b: boolean;
  messages?: Messages;
  token?: TrustedToken;
  apiBase?: string;
  flow?: Flow;
  [name: string]: unknown;
}

function stytch({ cookieOptions = {}, ...project }: StytchOptions): object {
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

/** Checks all of it. @throws SettingError */
export function settings(b2b: boolean, given: Given): Settings {
  check(given, GIVEN);
  if (given.stytch) check(given.stytch, STYTCH, 'stytch.', ['publicToken']);
  if (given.stytch?.cookieOptions) check(given.stytch.cookieOptions, COOKIES, 'stytch.cookieOptions.');
  if (given.backend) check(given.backend, BACKEND, 'backend.', ['start', 'submit']);
  if (given.trustedToken) check(given.trustedToken, TOKEN, 'trustedToken.', ['token', 'profileId']);
  const named = (['apiBase', 'stytch', 'backend'] as const).filter((name) => given[name] !== undefined && given[name] !== null);
  if (named.length > 1) throw new SettingError(`${named.join(', ')}: only one of these`);
  const written: Settings = {
    b2b,
    flow: given.flow,
    // A backend's methods are called by the paths alone.
    apiBase: given.backend ? '' : given.apiBase,
    loginUrl: given.loginUrl,
    returnToParam: given.returnToParam,
    locale: given.locale,
    siteName: given.siteName,
    logo: given.logo,
    stytch: given.stytch && stytch(given.stytch),
    backend: Boolean(given.backend),
    manifest: Boolean(given.getConsentManifest),
    details: Boolean(given.detailRenderers),
    login: Boolean(given.goToLogin),
    trusted: given.trustedToken !== undefined,
  };
  if (given.messages) written.messages = given.messages;
  if (given.trustedToken) written.token = given.trustedToken;
  return written;
}

/** What a change of which starts a widget anew; the rest reaches it while it is at work. */
export function identity({ messages, token, ...rest }: Settings): string {
  return JSON.stringify(rest);
}
