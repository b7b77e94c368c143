/** Stytch's props as props of `countersign/react`. */

import { own } from '../../element/own.js';
import type { CountersignErrorDetail, CountersignEventDetail } from '../../events.js';
import type { ConsentManifest, StytchOptions } from '../../options.js';
import type { CommonProps, IdentityProviderProps } from '../props.js';
import { errorOf, type ErrorClasses, type FlowEvents, type StytchFlowError, type StytchFlowEvent } from './events.js';
import { messagesOf, themeOf, tokenOf, tokensOf, type AuthTokenParams, type StytchStrings, type StytchThemes } from './names.js';

/** Stytch's props. A prop of `countersign/react` takes precedence over its alias. */
export interface StytchProps {
  /** Called by Stytch's names, beside `onEvent` and `onError`. */
  callbacks?: {
    onEvent?(event: StytchFlowEvent): void;
    onError?(error: StytchFlowError): void;
  };
  /** Texts by Stytch's names: alias of `messages`. */
  strings?: StytchStrings;
  /** Aliases of `theme`, `tokens` and `logo`. The console names in development what has no counterpart. */
  presentation?: {
    theme?: StytchThemes;
    options?: { logo?: { url: string; alt?: string }; [name: string]: unknown };
    icons?: object;
  };
  /** Alias of `getConsentManifest`. */
  getIDPConsentManifest?: ConsentManifest;
  /** Alias of `trustedToken`, as in Stytch's consumer component. */
  authTokenParams?: AuthTokenParams;
  /** Alias of `trustedToken`, as in Stytch's B2B component. */
  trustedAuthTokenParams?: AuthTokenParams;
  /** Deprecated at Stytch, and without effect there as here. */
  styles?: object;
}

/** All props but the backend. */
export type AliasedProps = CommonProps & StytchProps;

/** Where `debug.js` finds the props that it names. */
export const GIVEN = Symbol.for('countersign.stytch');

/** What `debug.js` finds there. */
export const given = ({ presentation, strings, styles }: StytchProps) => ({ presentation, strings, styles });

/** Replaces each alias by the prop that it stands for. */
export function withoutAliases<Props extends AliasedProps>(
  props: Props, stytch: StytchOptions | string | undefined, events: FlowEvents, classes: ErrorClasses,
): IdentityProviderProps {
  const {
    callbacks = {}, strings, presentation = {}, getIDPConsentManifest, authTokenParams, trustedAuthTokenParams, styles: _, ...rest
  } = own<AliasedProps>(props);
  const prop = own<CommonProps>(rest);
  const { theme, options = {} } = own(presentation);
  const params = authTokenParams ?? trustedAuthTokenParams;
  const heard = own(callbacks);
  const tell = (all: StytchFlowEvent[]) => all.forEach((it) => heard.onEvent?.(it));
  return {
    ...prop,
    ...(stytch === undefined ? {} : { stytch }),
    onEvent: (event: CountersignEventDetail) => {
      prop.onEvent?.(event);
      tell(events.of(event));
    },
    onError: (error: CountersignErrorDetail) => {
      prop.onError?.(error);
      tell(events.before(error));
      heard.onError?.(errorOf(error, classes));
    },
    messages: strings ? { ...messagesOf(strings), ...prop.messages } : prop.messages,
    logo: prop.logo ?? own(own(options).logo ?? { url: undefined }).url,
    theme: prop.theme ?? (theme && themeOf(theme)),
    tokens: theme ? { ...tokensOf(theme), ...prop.tokens } : prop.tokens,
    getConsentManifest: prop.getConsentManifest ?? getIDPConsentManifest,
    trustedToken: prop.trustedToken === undefined && params ? tokenOf(params) : prop.trustedToken,
  } as IdentityProviderProps;
}
