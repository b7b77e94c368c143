/** What the tags of both elements take in markup: attributes, properties by their own names, and listeners. */

import type { IdentityProviderElement } from '../element/elements.js';
import type { CountersignErrorEvent, CountersignEvent } from '../events.js';
import type { ElementAttributes, PropertyName } from '../generated/names.js';

/** The properties that have no attribute of the same name. */
export type ElementProperties = { [Name in Exclude<PropertyName, keyof ElementAttributes>]?: IdentityProviderElement[Name] };

/** Listeners by a prefix and the event's name: `on` in React, Preact and Svelte, `on:` in Solid. */
export type ElementListeners<Prefix extends string> =
  & { [Name in `${Prefix}countersign-event`]?: ((event: CountersignEvent) => void) | undefined }
  & { [Name in `${Prefix}countersign-error`]?: ((event: CountersignErrorEvent) => void) | undefined };

/** What a tag takes whose framework sets a property where the element has one. */
export type ElementMarkup = ElementAttributes & ElementProperties & ElementListeners<'on'>;
