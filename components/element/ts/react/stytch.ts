/** What Stytch's users have already, carried over: texts and theme values by Stytch's names. */

import type { Messages, Theme, Tokens } from '../options.js';

/** Texts as Stytch's components have them. */
export type StytchStrings = Readonly<Record<string, string>>;
/** Theme values as Stytch's components have them. */
export type StytchTheme = Readonly<Record<string, string | undefined>>;

/** Stytch's names of texts, and ours. */
export const STRINGS: Readonly<Record<string, readonly string[]>> = {
  'idpConsent.customScopes.title': ['consent_heading_site', 'consent_heading'],
  'idpConsent.button.allow': ['allow'],
  'idpConsent.button.deny': ['deny'],
  'idpConsent.allowClientTo': ['consent_scopes'],
  'idpConsent.noPermissionsToGrant': ['consent_scopes_refused'],
  'idpConsent.noActiveSession': ['login_text'],
  'idpLogout.title': ['logout_heading'],
  'idpLogout.confirmMessage': ['logout_text_site', 'logout_text_unknown'],
  'idpLogout.yes': ['sign_out'],
  'idpLogout.no': ['stay'],
  'idpLogout.notLoggedOut': ['kept_text'],
  'error.title': ['failed_heading', 'invalid_heading'],
  'loading.label': ['outline_status'],
};

/** Stytch's names of theme values, and our tokens. */
export const THEME: Readonly<Record<string, `--countersign-${string}`>> = {
  background: '--countersign-surface',
  foreground: '--countersign-text',
  primary: '--countersign-button',
  'primary-foreground': '--countersign-on-button',
  muted: '--countersign-surface-2',
  'muted-foreground': '--countersign-muted',
  border: '--countersign-border',
  input: '--countersign-border-input',
  ring: '--countersign-accent',
  destructive: '--countersign-danger',
  warning: '--countersign-warning',
  shadow: '--countersign-shadow',
  'font-family': '--countersign-font',
  'font-family-mono': '--countersign-mono',
  'text-base': '--countersign-size',
  'container-width': '--countersign-width',
  'container-radius': '--countersign-radius',
  'button-radius': '--countersign-radius-inner',
  'rounded-base': '--countersign-radius-inner',
};

/** The texts under our names. One that needs a value which ours does not have is left out by the widget. */
export function messagesOf(strings: StytchStrings): Messages {
  const messages: Record<string, string> = {};
  for (const [name, text] of Object.entries(strings)) {
    const ours = text.replaceAll('{clientName}', '{client}').replaceAll('{projectName}', '{site}');
    for (const key of (Object.hasOwn(STRINGS, name) && STRINGS[name]) || []) messages[key] = ours;
  }
  return messages;
}

/** The values under our names: of one theme, or of a light and a dark one. */
export function tokensOf(theme: StytchTheme | readonly [StytchTheme, StytchTheme]): Tokens {
  const [light, dark] = Array.isArray(theme) ? theme : [theme, theme];
  const tokens: Record<`--countersign-${string}`, string> = {};
  for (const [name, ours] of Object.entries(THEME)) {
    const value = light[name];
    if (value === undefined || Object.hasOwn(tokens, ours)) continue;
    const other = dark[name] ?? value;
    tokens[ours] = other === value ? value : `light-dark(${value}, ${other})`;
  }
  return tokens;
}

/** What `color-scheme` says; two themes follow the system. */
export function themeOf(theme: StytchTheme | readonly [StytchTheme, StytchTheme]): Theme | undefined {
  const scheme = Array.isArray(theme) ? undefined : (theme as StytchTheme)['color-scheme'];
  return scheme === 'light' || scheme === 'dark' ? scheme : undefined;
}
