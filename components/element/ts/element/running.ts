/** A started widget, and what it has been told. */

import type { Loaded } from '../wasm/program.js';
import type { Bridge } from './bridge.js';
import type { Settings } from './settings.js';

/** A started widget. */
export interface Running {
  program: Loaded;
  bridge: Bridge;
  /** Another identity restarts the widget. */
  identity: string;
  /** The latest settings, which may change until the WebAssembly is loaded. */
  settings: Settings;
  /** The messages and the token that the widget has, each as JSON. */
  sent: string[];
  /** Says that the WebAssembly is late. */
  late: number;
  /** The widget's number, once the WebAssembly is loaded. */
  number?: number;
}

/** What a widget must be told when it changes, each as JSON. */
export const sent = ({ messages, token }: Settings) => [messages, token].map((it) => JSON.stringify(it));
