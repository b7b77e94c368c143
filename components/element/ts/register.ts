/** Defines both elements. */

import { define } from './index.js';

define();

export {};
