/** What an element tells: two events that bubble and leave the shadow tree, and what they carry. */

/** What happened. */
export type CountersignEventType = 'started' | 'consent_shown' | 'login_required' | 'redirecting' | 'denied' | 'signed_out';

/** The request, as the page's address has it; empty where the address names a transaction. */
export interface StartedData {
  client_id: string;
  redirect_uri: string;
  scope: string;
}

/** An event's `detail`. */
export type CountersignEventDetail =
  | { type: 'started'; data: StartedData }
  | { type: Exclude<CountersignEventType, 'started'>; data: Record<string, never> };

/** What failed. */
export interface CountersignErrorDetail {
  /** A stable word: of the widget's own (`unreachable`, `answer_malformed`, …), or `setting_invalid`, `wasm_unavailable`, `stopped`. */
  code: string;
  /** For developers: the backend's own word for it, or the field that is wrong. Never a text for users. */
  error?: string;
  /** The backend's name for the call. */
  requestId?: string;
  /** What was thrown, where something was. */
  cause?: unknown;
}

/** Something happened. */
export type CountersignEvent = CustomEvent<CountersignEventDetail>;
/** Something failed; the user reads it on the screen. */
export type CountersignErrorEvent = CustomEvent<CountersignErrorDetail>;

const options = { bubbles: true, composed: true };

export const eventOf = (detail: CountersignEventDetail): CountersignEvent => new CustomEvent('countersign-event', { detail, ...options });
export const errorOf = (detail: CountersignErrorDetail): CountersignErrorEvent => new CustomEvent('countersign-error', { detail, ...options });

declare global {
  interface GlobalEventHandlersEventMap {
    'countersign-event': CountersignEvent;
    'countersign-error': CountersignErrorEvent;
  }
}
