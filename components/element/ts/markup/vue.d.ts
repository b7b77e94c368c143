/** The tags in the templates of Vue. */
import type { DefineComponent, HTMLAttributes, ReservedProps } from 'vue';
import type { CountersignErrorEvent, CountersignEvent } from '../events.js';
import type { ElementAttributes } from '../generated/names.js';
import type { ElementProperties } from './shared.js';

type Tag = DefineComponent<
  ElementAttributes & ElementProperties & Omit<HTMLAttributes, keyof ElementAttributes> & ReservedProps
  & { onCountersignEvent?: (event: CountersignEvent) => void; onCountersignError?: (event: CountersignErrorEvent) => void }
>;

declare module 'vue' {
  interface GlobalComponents {
    'countersign-identity-provider': Tag;
    'countersign-b2b-identity-provider': Tag;
  }
}
