/** What of Stytch's props has no counterpart here. Each kind is one line, since a whole theme may be given. */

import STRINGS from '../../../../adapters/stytch/strings.json';
import THEME from '../../../../adapters/stytch/theme.json';
import { inDocs } from './docs.js';
import { keys, unknown } from './unknown.js';

/** Theme values of Stytch's without a token. */
const NO_TOKEN = [
  'secondary', 'secondary-foreground', 'accent', 'accent-foreground', 'destructive-foreground', 'success', 'header-font', 'mobile-breakpoint',
  'shadow-button', 'shadow-input', 'transition-duration', 'tab-background', 'primary-button-hover', 'secondary-button-hover',
  'destructive-button-hover', 'divider-color', 'focus-ring-shadow',
];
/** Options of Stytch's presentation without a prop. */
const NO_PROP = ['hideHeaderText', 'inputIdSuffix', 'buttonId', 'enableShadowDOM', 'icons'];
/** Texts of Stytch's consent page. The others are of its login page. */
const CONSENT_TEXT = /^(idp(Consent|Logout)|success|login\.success)\./;

export interface Given {
  presentation?: { theme?: object; options?: object; icons?: object };
  strings?: object;
  styles?: object;
}

const listed = (what: string, names: string[], part: string, more = '') => (
  names.length ? [`${what}: ${names.join(', ')} ${names.length > 1 ? 'have' : 'has'} no counterpart here.${more} ${inDocs('from-stytch', part)}`] : []
);

/** What the props say in vain. */
export function inStytchProps({ presentation = {}, strings, styles }: Given): string[] {
  const { theme, options, icons } = presentation;
  const themes = Array.isArray(theme) ? theme as object[] : [theme];
  const values = [...new Set(themes.flatMap(keys))];
  const tokens = [...Object.keys(THEME), 'color-scheme'];
  return [
    ...listed('presentation.theme', values.filter((name) => NO_TOKEN.includes(name)), 'theme-values'),
    ...unknown('presentation.theme', Object.fromEntries(values.map((name) => [name, true])), [...tokens, ...NO_TOKEN]),
    ...listed('presentation', [...keys(options).filter((name) => NO_PROP.includes(name)), ...(icons ? ['icons'] : [])], 'prop-by-prop'),
    ...unknown('presentation.options', options, ['logo', ...NO_PROP]),
    ...listed('strings', keys(strings).filter((name) => CONSENT_TEXT.test(name) && !Object.hasOwn(STRINGS, name)), 'texts-and-languages'),
    ...listed('props', styles ? ['styles'] : [], 'prop-by-prop', ' Stytch has replaced it by presentation.theme.'),
  ];
}
