/** What plays a scripted backend inside an element: the widget itself, or the outline of its card. */

/** What a user can do. A scope is ticked or unticked, an organization chosen. */
export type Gesture = 'allow' | 'deny' | 'request-approval' | 'switch-account' | 'retry' | 'sign-out' | 'stay' | { scope: string } | { organization: string };

export interface Stage {
  /** The state of the element. */
  readonly state: string;
  /** Does it, and returns whether the page offers it. */
  perform(gesture: Gesture): boolean;
  /** Lets the time pass that the page waits. */
  wait(): void;
}
