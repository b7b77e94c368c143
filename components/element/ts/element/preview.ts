/** The setting `preview`, as far as the element knows it: `countersign/testing` has the rest. */

import type { Loaded } from '../wasm/program.js';

/** What a scripted backend has, and no other backend. */
export interface Previewed {
  readonly preview: {
    /** Another one restarts the element. */
    readonly id: string;
    readonly program: Loaded;
  };
}
