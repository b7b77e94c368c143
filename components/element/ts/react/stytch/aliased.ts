/** Puts Stytch's props in front of a component. */

import {
  createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef,
  type ComponentType, type ForwardRefExoticComponent, type RefAttributes,
} from 'react';
import { own } from '../../element/own.js';
import type { StytchOptions } from '../../options.js';
import type { IdentityProviderProps } from '../props.js';
import { FlowEvents, type ErrorClasses } from './events.js';
import { GIVEN, given, withoutAliases, type AliasedProps } from './props.js';

/** React 18 warns about layout effects on a server. */
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;

type Source = StytchOptions | string | undefined;

/** `component` with Stytch's props in front of the project that `useSource` finds. */
export function aliased<Element extends object, Props extends object>(
  component: ComponentType<IdentityProviderProps & RefAttributes<Element>>, displayName: string, classes: ErrorClasses, useSource: (props: Props) => [Source, AliasedProps],
) {
  const made = forwardRef<Element, object>((props, outer) => {
    const [source, rest] = useSource(own(props) as Props);
    const events = useRef<FlowEvents>(undefined);
    events.current ??= new FlowEvents();
    const element = useRef<Element>(null);
    useImperativeHandle(outer, () => element.current as Element, []);
    useBeforePaint(() => {
      if (element.current) Object.assign(element.current, { [GIVEN]: given(rest) });
    });
    return createElement(component, { ...withoutAliases(rest, source, events.current, classes), ref: element });
  });
  made.displayName = displayName;
  return made as unknown as ForwardRefExoticComponent<Props & RefAttributes<Element>>;
}
