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

/** What a stage says to its backend. */
export interface Audience {
  changed(): void;
  /** The place of a scope on the card. */
  placeOf(scope: string): number;
}

export class WidgetStage implements Stage {
  readonly #root: HTMLElement;
  readonly #clock: { endAll(): void };
  readonly #audience: Audience;
  readonly #observer: MutationObserver;

  constructor(root: HTMLElement, clock: { endAll(): void }, audience: Audience) {
    this.#root = root;
    this.#clock = clock;
    this.#audience = audience;
    this.#observer = new MutationObserver(() => audience.changed());
    this.#observer.observe(root, { childList: true, subtree: true, attributes: true });
    // A link would open the client's page.
    for (const name of ['click', 'auxclick']) root.addEventListener(name, stay, true);
  }

  get state(): string { return this.#root.dataset['state'] ?? ''; }

  perform(gesture: Gesture): boolean {
    const selector = typeof gesture === 'string' ? BUTTONS[gesture] : `[id$="scope-${this.#audience.placeOf(gesture.scope)}"]`;
    const button = this.#root.querySelector<HTMLElement>(selector);
    if (!button || button.getAttribute('aria-busy') === 'true' || (button as HTMLInputElement).disabled) return false;
    const before = this.state;
    button.click();
    // A press that does not count leads to what has not been in view.
    return gesture !== 'allow' || this.state !== before;
  }

  wait(): void { this.#clock.endAll(); }

  end(): void { this.#observer.disconnect(); }
}

function stay(event: Event): void {
  if ((event.target as Element | null)?.closest?.('a[href]')) event.preventDefault();
}
