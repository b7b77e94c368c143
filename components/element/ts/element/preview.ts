/** The setting `preview`, as far as the element knows it: `countersign/testing` has the rest. */

import type { Loaded } from '../wasm/program.js';

/** A scripted backend has this, and nothing else has. By name, because a page may load the package twice. */
export const PREVIEW: unique symbol = Symbol.for('countersign');

export interface Previewed {
  readonly [PREVIEW]: {
    /** Another one restarts the element. */
    readonly id: string;
    readonly program: Loaded;
  };
}
