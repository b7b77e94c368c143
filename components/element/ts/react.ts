'use client';
/** React components for the elements. On a server they render the element's tag with `hold`, until React has set its properties. */

import {
  createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef,
  type ForwardRefExoticComponent, type ReactNode, type RefAttributes,
} from 'react';
import { define, type B2BIdentityProviderElement, type IdentityProviderElement } from './index.js';
import { own } from './element/own.js';
import type { CountersignErrorEvent, CountersignEvent } from './events.js';
import type { IdentityProviderProps } from './react/props.js';

export type {} from './markup/react.js';
export type { CommonProps, IdentityProviderProps, Source } from './react/props.js';
export type * from './index.js';
export { BackendError, configureMessages, configureWasm } from './index.js';

define();

type Name = 'countersign-identity-provider' | 'countersign-b2b-identity-provider';
type Element = IdentityProviderElement | B2BIdentityProviderElement;

/** React 18 warns about layout effects on a server. */
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** The props that are properties of the element, by the same names. */
const PROPERTIES = [
  'apiBase', 'backend', 'preview', 'loginUrl', 'returnToParam', 'flow', 'onLogin', 'messages', 'locale', 'siteName', 'logo', 'theme', 'layout', 'tokens',
  'getConsentManifest', 'detailRenderers', 'trustedToken', 'debug',
] as const;

/** Where `debug.js` finds the names of all props. */
const GIVEN = Symbol.for('countersign.react');

/** Sets the element's properties. Values that have not changed have no effect. */
function setProperties(element: Element, props: IdentityProviderProps): void {
  const { stytch } = props;
  const properties = Object.fromEntries(PROPERTIES.map((name) => [name, props[name]]));
  Object.assign(element, properties, { stytch: typeof stytch === 'string' ? { publicToken: stytch } : stytch, [GIVEN]: Object.keys(props) });
}

/** Calls the callbacks of the latest render. */
function useCallbacks(element: { current: Element | null }, { onEvent, onError }: IdentityProviderProps): void {
  const latest = useRef({ onEvent, onError });
  useBeforePaint(() => { latest.current = { onEvent, onError }; });
  useBeforePaint(() => {
    const current = element.current;
    const forwardEvent = ({ detail }: CountersignEvent) => latest.current.onEvent?.(detail);
    const forwardError = ({ detail }: CountersignErrorEvent) => latest.current.onError?.(detail);
    current?.addEventListener('countersign-event', forwardEvent);
    current?.addEventListener('countersign-error', forwardError);
    return () => {
      current?.removeEventListener('countersign-event', forwardEvent);
      current?.removeEventListener('countersign-error', forwardError);
    };
  }, [element]);
}

/** Content for a slot of the element. */
const slotted = (slot: string, content: ReactNode) => (content === undefined || content === null ? undefined : createElement('div', { slot }, content));

function component<Kind extends Element>(name: Name, displayName: string) {
  const made = forwardRef<Kind, IdentityProviderProps>((given, outer) => {
    const props = own(given);
    const element = useRef<Kind | null>(null);
    useImperativeHandle(outer, () => element.current as Kind, []);
    useCallbacks(element, props);
    useBeforePaint(() => {
      const current = element.current;
      if (!current) return;
      setProperties(current, props);
      current.removeAttribute('hold');
    });
    const { id, className, style, lightDom, header, footer } = props;
    // React 18 does not support className on custom elements; React 18 and 19 both support class.
    const attributes = { ref: element, hold: '', id, class: className, style, 'light-dom': lightDom ? '' : undefined } as object;
    return lightDom ? createElement(name, attributes) : createElement(name, attributes, slotted('header', header), slotted('footer', footer));
  });
  made.displayName = displayName;
  return made as ForwardRefExoticComponent<IdentityProviderProps & RefAttributes<Kind>>;
}

/** The consent page for users who act for themselves. */
export const IdentityProvider = component<IdentityProviderElement>('countersign-identity-provider', 'IdentityProvider');

/** The consent page for users who act as members of an organization. */
export const B2BIdentityProvider = component<B2BIdentityProviderElement>('countersign-b2b-identity-provider', 'B2BIdentityProvider');
