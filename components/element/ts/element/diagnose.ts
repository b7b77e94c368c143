/** Tells developers what is wrong. The sentences are in `debug.js`, which a page in production never loads. */

import { errorOf, type CountersignErrorDetail } from '../events.js';
import type { Reply } from './http.js';

/** A call to the backend. */
export interface Call {
  method: string;
  url: string;
  reply: Promise<Reply>;
}

/** What has happened. Without anything, the settings may have changed. */
export interface Happening {
  /** A call begins. */
  call?: Call;
  /** The host has described these scopes. */
  manifest?: unknown;
  scopes?: string[];
  /** Something has failed. */
  detail?: CountersignErrorDetail;
}

/** The element, as far as this needs it. */
export type Debugged = EventTarget & { debug?: boolean | undefined };

/** One promise: what happens is told in its order, and two imports of a file that is still loading may end in the other one. */
let file: Promise<typeof import('../debug.js')> | undefined;

/** Tells `debug.js` what has happened, if the host wants it, or the page is on loopback. */
export function diagnose(element: Debugged, happening: Happening): void {
  if (!(element.debug ?? /^(.+\.)?localhost$|^127\.|^\[::1]$/.test(location.hostname))) return;
  // An address and not a name: bundlers copy the file, and put nothing of it into the page.
  const { href } = new URL('./debug.js', import.meta.url);
  (file ??= import(href)).then(
    ({ tell }) => tell(element, happening),
    // A bundler that copies no files has left it out, which the browser says itself.
    () => {},
  );
}

/** Tells the host that something has failed. */
export function fail(element: Debugged, detail: CountersignErrorDetail): void {
  element.dispatchEvent(errorOf(detail));
  diagnose(element, { detail });
}
