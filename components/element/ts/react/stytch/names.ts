/** Converts what users of Stytch's components have: texts, theme values and trusted auth tokens by Stytch's names. */

import strings from '../../../../../adapters/stytch/strings.json';
import themeNames from '../../../../../adapters/stytch/theme.json';
import { own } from '../../element/own.js';
import type { Messages, Theme, Tokens, TrustedToken } from '../../options.js';

type Token = keyof Tokens;

/** Texts by Stytch's names. */
export type StytchStrings = Readonly<Record<string, string>>;
/** Theme values by Stytch's names. */
export type StytchTheme = Readonly<Record<string, string | undefined>>;
/** One theme, or a light and a dark one. */
export type StytchThemes = StytchTheme | readonly [StytchTheme, StytchTheme];

/** A trusted auth token by Stytch's names. Without `trustedAuthToken` the widget waits for it. */
export interface AuthTokenParams {
  trustedAuthToken?: string;
  tokenProfileID: string;
}

const STRINGS: Readonly<Record<string, readonly string[]>> = strings;
/** Tokens by theme value: `--token`, or `--token: text`, where `{}` is the value. */
const THEME: Readonly<Record<string, readonly string[]>> = themeNames;

const isPair = (theme: StytchThemes): theme is readonly [StytchTheme, StytchTheme] => Array.isArray(theme);

/** Converts texts. The widget leaves out a text with a value that its message does not have. */
export function messagesOf(from: StytchStrings): Messages {
  const messages: Record<string, string> = {};
  for (const [name, text] of Object.entries(from)) {
    const message = text.replaceAll('{clientName}', '{client}').replaceAll('{projectName}', '{site}');
    for (const key of (Object.hasOwn(STRINGS, name) && STRINGS[name]) || []) messages[key] = message;
  }
  return messages;
}

/** Converts theme values to design tokens. A light and a dark theme follow the colour scheme. */
export function tokensOf(theme: StytchThemes): Tokens {
  const [light, dark] = (isPair(theme) ? theme : [theme, theme]).map(own) as [StytchTheme, StytchTheme];
  const tokens: Partial<Record<Token, string>> = {};
  for (const [name, targets] of Object.entries(THEME)) {
    const value = light[name];
    if (value === undefined) continue;
    const darkValue = dark[name] ?? value;
    const both = darkValue === value ? value : `light-dark(${value}, ${darkValue})`;
    for (const [token, text = '{}'] of targets.map((it) => it.split(': ') as [Token, string?])) tokens[token] ??= text.replace('{}', both);
  }
  return tokens;
}

/** The colour scheme of a theme. A light and a dark theme follow the system. */
export function themeOf(theme: StytchThemes): Theme | undefined {
  const scheme = isPair(theme) ? undefined : own(theme)['color-scheme'];
  return scheme === 'light' || scheme === 'dark' ? scheme : undefined;
}

/** Converts a trusted auth token. */
export function tokenOf(params: AuthTokenParams): TrustedToken | null {
  const { trustedAuthToken, tokenProfileID } = own(params);
  return trustedAuthToken ? { token: trustedAuthToken, profileId: tokenProfileID } : null;
}
