'use client';
/** React components around the elements. One implementation; rendering on a server gives the element's tag, held until React has set it up. */

import {
  createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef,
  type ForwardRefExoticComponent, type HTMLAttributes, type ReactNode, type RefAttributes,
} from 'react';
import { define, type B2BIdentityProviderElement, type IdentityProviderElement } from './index.js';
import type { CountersignErrorEvent, CountersignEvent } from './events.js';
import type { StytchOptions } from './options.js';
import type { AuthTokenParams, Callbacks, IdentityProviderProps } from './react/props.js';
import { messagesOf, themeOf, tokensOf } from './react/stytch.js';

export type { AuthTokenParams, Callbacks, CommonProps, IdentityProviderProps, Presentation, Source } from './react/props.js';
export type { StytchStrings, StytchTheme } from './react/stytch.js';
export type * from './index.js';
export { BackendError, configureMessages, configureWasm } from './index.js';

define();

type Name = 'countersign-identity-provider' | 'countersign-b2b-identity-provider';
type Element = IdentityProviderElement | B2BIdentityProviderElement;

/** A layout effect where there is a layout: React 18 warns of one on a server. */
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;

const project = (stytch: StytchOptions | string | undefined) => (typeof stytch === 'string' ? { publicToken: stytch } : stytch);

function token(params: AuthTokenParams | undefined) {
  if (!params) return undefined;
  const { trustedAuthToken, tokenProfileID } = params;
  return trustedAuthToken ? { token: trustedAuthToken, profileId: tokenProfileID } : null;
}

/** Sets the element up; what has not changed changes nothing. */
function apply(element: Element, props: IdentityProviderProps): void {
  const { theme: look, options } = props.presentation ?? {};
  Object.assign(element, {
    apiBase: props.apiBase,
    stytch: project(props.stytch),
    backend: props.backend,
    loginUrl: props.loginUrl,
    returnToParam: props.returnToParam,
    onLogin: props.onLogin,
    flow: props.flow,
    messages: props.strings || props.messages ? { ...messagesOf(props.strings ?? {}), ...props.messages } : undefined,
    locale: props.locale,
    siteName: props.siteName,
    logo: props.logo ?? options?.logo?.url,
    theme: props.theme ?? (look && themeOf(look)),
    layout: props.layout,
    tokens: look || props.tokens ? { ...(look && tokensOf(look)), ...props.tokens } : undefined,
    getConsentManifest: props.getIDPConsentManifest,
    detailRenderers: props.detailRenderers,
    trustedToken: token(props.authTokenParams ?? props.trustedAuthTokenParams),
  });
}

/** Has the callbacks of the last rendering told. */
function useCallbacks(element: { current: Element | null }, callbacks: Callbacks | undefined): void {
  const latest = useRef(callbacks);
  useBeforePaint(() => { latest.current = callbacks; });
  useBeforePaint(() => {
    const here = element.current;
    const happened = ({ detail }: CountersignEvent) => latest.current?.onEvent?.(detail);
    const failed = ({ detail }: CountersignErrorEvent) => latest.current?.onError?.(detail);
    here?.addEventListener('countersign-event', happened);
    here?.addEventListener('countersign-error', failed);
    return () => {
      here?.removeEventListener('countersign-event', happened);
      here?.removeEventListener('countersign-error', failed);
    };
  }, [element]);
}

/** Something for a slot of the element's. */
const slotted = (slot: string, what: ReactNode) => (what === undefined || what === null ? undefined : createElement('div', { slot }, what));

function component<Kind extends Element>(name: Name, displayName: string) {
  const made = forwardRef<Kind, IdentityProviderProps>((props, outer) => {
    const element = useRef<Kind | null>(null);
    useImperativeHandle(outer, () => element.current as Kind, []);
    useCallbacks(element, props.callbacks);
    useBeforePaint(() => {
      const here = element.current;
      if (!here) return;
      apply(here, props);
      here.removeAttribute('hold');
    });
    const { id, className, style, lightDom, header, footer } = props;
    // React 18 knows no className on custom elements; both versions take class.
    const own = { ref: element, hold: '', id, class: className, style, 'light-dom': lightDom ? '' : undefined } as object;
    return lightDom ? createElement(name, own) : createElement(name, own, slotted('header', header), slotted('footer', footer));
  });
  made.displayName = displayName;
  return made as ForwardRefExoticComponent<IdentityProviderProps & RefAttributes<Kind>>;
}

/** The consent page of an authorization server whose users act for themselves. */
export const IdentityProvider = component<IdentityProviderElement>('countersign-identity-provider', 'IdentityProvider');

/** The consent page of an authorization server whose users act as members of organizations. */
export const B2BIdentityProvider = component<B2BIdentityProviderElement>('countersign-b2b-identity-provider', 'B2BIdentityProvider');

/** The elements' attributes in JSX. Properties are set by the components above. */
export interface ElementAttributes extends HTMLAttributes<HTMLElement>, RefAttributes<HTMLElement> {
  'api-base'?: string;
  'login-url'?: string;
  'return-to-param'?: string;
  flow?: 'auto' | 'authorize' | 'logout';
  'site-name'?: string;
  logo?: string;
  theme?: 'system' | 'light' | 'dark';
  layout?: 'auto' | 'regular' | 'compact';
  'stytch-public-token'?: string;
  'light-dom'?: '' | true;
  hold?: '' | true;
  class?: string;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'countersign-identity-provider': ElementAttributes;
      'countersign-b2b-identity-provider': ElementAttributes;
    }
  }
}
