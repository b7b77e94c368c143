/** Checks the settings of an element and converts them for the WebAssembly. An error names the first wrong field. */

import type { Backend, Outcome } from '../api.js';
import { member } from './own.js';
import type { Previewed } from './preview.js';
import type {
  ConsentManifest, DetailRenderers, Flow, Layout, LoginHandOff, Messages, StytchOptions, Theme, Tokens, TrustedToken,
} from '../options.js';
import type { ScriptedBackend } from '../testing/scripted.js';

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
  preview: ScriptedBackend | undefined;
  answer: Outcome | string | undefined;
  messages: Messages | undefined;
  tokens: Tokens | undefined;
  getConsentManifest: ConsentManifest | undefined;
  detailRenderers: DetailRenderers | undefined;
  onLogin: ((handOff: LoginHandOff) => void) | undefined;
  /** `null` means that a token will follow. */
  trustedToken: TrustedToken | null | undefined;
  debug: boolean | undefined;
}

/** An invalid setting. The message begins with its name. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** Returns a copy that nobody else can change, or undefined for an invalid value. */
type Convert = (value: unknown) => unknown;
type Shape = Record<string, [convert: Convert, expected: string]>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const only = (isValid: (value: unknown) => unknown): Convert => (value) => (isValid(value) ? value : undefined);
const typed = (type: string) => only((value) => typeof value === type);
const oneOf = (...allowed: string[]) => only((value) => allowed.includes(value as string));

/** An object whose members are all of this type. */
const recordOf = (type: string): Convert => (value) => {
  if (!isObject(value)) return undefined;
  const copy = { ...value };
  return Object.values(copy).every((it) => typeof it === type) ? copy : undefined;
};
const list: Convert = (value) => {
  const copy = Array.isArray(value) && [...value];
  return copy && copy.every((it) => typeof it === 'string') ? copy : undefined;
};

const text: Shape[string] = [typed('string'), 'a text'];
const boolean: Shape[string] = [typed('boolean'), 'true or false'];
const texts: Shape[string] = [recordOf('string'), 'an object of texts'];
const callable: Shape[string] = [typed('function'), 'a function'];
const shaped = (shape: Shape, prefix: string, ...required: string[]): Shape[string] => [
  (value) => (isObject(value) ? checked(value, shape, prefix, required) : undefined), 'an object',
];

const COOKIES: Shape = {
  opaqueTokenCookieName: text, jwtCookieName: text, istCookieName: text, path: text, domain: text, availableToSubdomains: boolean,
};
const STYTCH: Shape = {
  publicToken: text, customBaseUrl: text, cookieOptions: shaped(COOKIES, 'stytch.cookieOptions.'), projectName: text, bootstrap: boolean,
  pictureOrigins: [list, 'a list of texts'], grantedWithoutConsent: boolean, verifiedClients: [list, 'a list of texts'],
};
const BACKEND: Shape = { start: callable, submit: callable, logoutStart: callable, logoutSubmit: callable };
const TOKEN: Shape = { token: text, profileId: text };
export const SETTINGS: Shape = {
  apiBase: text,
  loginUrl: text,
  returnToParam: text,
  flow: [oneOf('auto', 'authorize', 'logout'), 'auto, authorize or logout'],
  locale: text,
  siteName: text,
  logo: text,
  theme: [oneOf('system', 'light', 'dark'), 'system, light or dark'],
  layout: [oneOf('auto', 'regular', 'compact'), 'auto, regular or compact'],
  stytch: shaped(STYTCH, 'stytch.', 'publicToken'),
  backend: shaped(BACKEND, 'backend.', 'start', 'submit'),
  preview: [only((value) => (value as Previewed).preview), 'a scripted backend'],
  answer: [(value) => (isObject(value) ? JSON.stringify(value) : text[0](value)), 'an object or its JSON'],
  messages: texts,
  tokens: texts,
  getConsentManifest: callable,
  detailRenderers: [recordOf('function'), 'an object of functions'],
  onLogin: callable,
  trustedToken: shaped(TOKEN, 'trustedToken.', 'token', 'profileId'),
};

/** All members of a shape, as an object's own. A page's getter may throw. */
function checked(object: object, shape: Shape, prefix = '', required: string[] = []): object {
  return Object.fromEntries(Object.entries(shape).map(([name, [convert, expected]]) => {
    let value;
    let converted;
    try {
      value = member(object, name) ?? null;
      converted = value === null ? value : convert(value);
    } catch (cause) {
      throw cause instanceof SettingError ? cause : new SettingError(`${prefix}${name}: cannot be read`, { cause });
    }
    if (value === null && required.includes(name)) throw new SettingError(`${prefix}${name}: missing`);
    if (converted === undefined) throw new SettingError(`${prefix}${name}: must be ${expected}`);
    return [name, converted];
  }));
}

/** The settings as the WebAssembly reads them (`components/element/src/settings.rs`). */
export interface Settings {
  b2b: boolean;
  messages: Messages | null;
  token: TrustedToken | null;
  /** The page's answer as JSON. Another one changes nothing: it is for the start. */
  answer: string | null;
  apiBase: string | null;
  flow: Flow | null;
  locale: string | null;
  [name: string]: unknown;
}

/** At most one of them is set. */
const SOURCES = ['apiBase', 'stytch', 'backend', 'preview'] as const;

/** Checks all settings and converts them. @throws SettingError */
export function settings(b2b: boolean, current: CurrentSettings): Settings {
  const all = checked(current, SETTINGS) as { [Name in keyof CurrentSettings]: NonNullable<CurrentSettings[Name]> | null };
  const { apiBase, stytch, backend, preview } = all;
  const sources = SOURCES.filter((name) => all[name] !== null);
  if (sources.length > 1) throw new SettingError(`${sources.join(', ')}: only one of these`);
  return {
    b2b,
    flow: all.flow,
    // The URLs of a backend's methods are the paths alone.
    apiBase: backend ? '' : apiBase,
    loginUrl: all.loginUrl,
    returnToParam: all.returnToParam,
    locale: all.locale,
    siteName: all.siteName,
    logo: all.logo,
    stytch: stytch && { ...stytch, ...stytch.cookieOptions },
    backend: preview?.preview.id ?? Boolean(backend),
    manifest: Boolean(all.getConsentManifest),
    details: Boolean(all.detailRenderers),
    login: Boolean(all.onLogin),
    trusted: current.trustedToken !== undefined,
    messages: all.messages,
    token: all.trustedToken,
    answer: all.answer as string | null,
  };
}

/** Identifies the settings whose change restarts the widget. The others are updated in place. */
export function identity({ messages, token, answer, ...rest }: Settings): string {
  return JSON.stringify(rest);
}
