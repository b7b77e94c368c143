/** The widget itself as a stage: what the user does is a press of its own buttons. */

import type { Gesture, Stage } from './stage.js';

const BUTTONS: Record<Exclude<Gesture, object>, string> = {
  allow: '[part~="allow"]',
  deny: '[part~="deny"],[part~="cancel"]',
  'request-approval': '[part~="request-approval"]',
  'switch-account': '[part~="account"] button',
  retry: '[part~="retry"]',
  'sign-out': '[part~="sign-out"]',
  stay: '[part~="stay"]',
};

/** What a stage asks its backend. */
export interface Audience {
  /** The place of a scope or an organization on the card. */
  placeOf(thing: Exclude<Gesture, string>): number;
}

export class WidgetStage implements Stage {
  readonly #root: HTMLElement;
  readonly #clock: { endAll(): void };
  readonly #audience: Audience;

  constructor(root: HTMLElement, clock: { endAll(): void }, audience: Audience) {
    this.#root = root;
    this.#clock = clock;
    this.#audience = audience;
    // A link would open the client's page.
    for (const name of ['click', 'auxclick']) root.addEventListener(name, stay, true);
  }

  get state(): string { return this.#root.dataset['state'] ?? ''; }

  perform(gesture: Gesture): boolean {
    const button = this.#find(gesture);
    if (!button || button.getAttribute('aria-busy') === 'true' || (button as HTMLInputElement).disabled) return false;
    const before = this.state;
    button.click();
    // A press that comes too early, or before all has been in view, does not count.
    return (typeof gesture === 'object' && 'scope' in gesture) || this.state !== before;
  }

  #find(gesture: Gesture): HTMLElement | null | undefined {
    if (typeof gesture === 'string') return this.#root.querySelector<HTMLElement>(BUTTONS[gesture]);
    const place = this.#audience.placeOf(gesture);
    if ('scope' in gesture) return this.#root.querySelector<HTMLElement>(`[id$="scope-${place}"]`);
    return this.#root.querySelectorAll<HTMLElement>('[role="radio"]')[place];
  }

  wait(): void { this.#clock.endAll(); }
}

function stay(event: Event): void {
  if ((event.target as Element | null)?.closest?.('a[href]')) event.preventDefault();
}
