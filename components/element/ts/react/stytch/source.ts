/** The project of a component: options, or what a client of Stytch's SDK says. */

import type { StytchOptions } from '../../options.js';
import { isClient, projectOf, type StytchClientLike } from './client.js';

/** The project. */
export interface StytchSource {
  /** A client, or the options of a project; by default the client of the provider around the component. */
  stytch?: StytchClientLike | StytchOptions | string;
  /** Further options, beside those that the client has. */
  stytchOptions?: Partial<StytchOptions>;
}

/** An invalid project stays the object that it is, or its error would be told with every rendering. */
const isValid = (project: StytchOptions) => !Object.getOwnPropertyDescriptor(project, 'publicToken')?.get;

/** The options of a project. */
export function optionsOf(source: StytchClientLike | StytchOptions | string, more: Partial<StytchOptions> | undefined, b2b: boolean): StytchOptions {
  const project = typeof source === 'string' ? { publicToken: source } : isClient(source) ? projectOf(source, b2b) : source;
  return more && isValid(project) ? { ...project, ...more } : project;
}
