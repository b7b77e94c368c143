/**
 * The page of a preview: everything of the browser through which the widget could act. The glue of a preview sees these names in place
 * of the browser's own (`scripts/build/preview.mjs`), so that it has nothing that calls, navigates, submits, or reads the address.
 */

import { create } from '../../element/document.js';
import type { Scene } from '../scenes.js';
import type { Navigation } from '../play.js';

/** Where the page of a preview is. No such host exists. */
const HOST = 'id.harbor.example';

/** Shorter waits end at once: nobody waits in a preview for a button to count. All others end when `wait()` says so. */
const SHORT = 1000;

/** Events of the real window that change nothing but what the card shows of itself. */
const HEARD = ['scroll', 'focusin', 'toggle'];

type Listener = (event: unknown) => void;

export interface Player {
  readonly scene: Scene | undefined;
  leave(navigation: Navigation): void;
}

/** Ends its waits, in order. */
export class Clock {
  readonly #waiting = new Map<number, () => void>();
  #last = 0;

  set = (callback: () => void, milliseconds: number): number => {
    const number = (this.#last += 1);
    this.#waiting.set(number, callback);
    if (milliseconds < SHORT) setTimeout(() => this.#end(number), 0);
    return number;
  };

  clear = (number: number): void => { this.#waiting.delete(number); };

  #end(number: number): void {
    const callback = this.#waiting.get(number);
    this.#waiting.delete(number);
    callback?.();
  }

  endAll(): void {
    for (const number of [...this.#waiting.keys()]) this.#end(number);
  }
}

/** Where nothing has a size, as in jsdom, everything counts as seen. */
class EverythingSeen {
  readonly #seen: (entries: object[]) => void;
  constructor(seen: (entries: object[]) => void) { this.#seen = seen; }
  observe(target: Element): void {
    queueMicrotask(() => this.#seen([{ target, intersectionRatio: 1 }]));
  }
  disconnect(): void {}
}

const hasLayout = () => typeof IntersectionObserver === 'function' && document.documentElement.clientHeight > 0;

/** A class for `instanceof` where the environment has none. */
const known = (name: string): unknown => (globalThis as Record<string, unknown>)[name] ?? class {};

/** What the glue of a preview sees. */
export function pageOf(player: Player): { names: Record<string, unknown>; clock: Clock } {
  const clock = new Clock();
  const query = player.scene ? player.scene.query : 'client_id=preview';
  const search = query && `?${query}`;
  class PreviewWindow {
    readonly document = document;
    readonly navigator = { languages: [] };
    readonly history = { state: null, replaceState() {} };
    readonly crypto = crypto;
    readonly location = {
      host: HOST, search, href: `https://${HOST}/oauth/authorize${search}`, replace: (url: string) => player.leave({ url }),
    };
    readonly setTimeout = clock.set;
    readonly clearTimeout = clock.clear;
    readonly queueMicrotask = queueMicrotask.bind(globalThis);
    get top(): unknown { return player.scene?.framed ? null : this; }
    get innerHeight(): number { return window.innerHeight; }
    getSelection() { return null; }
  }
  const page = new PreviewWindow();
  const listen = (method: 'addEventListener' | 'removeEventListener') => function heard(this: EventTarget, name: string, listener: Listener, capture: boolean) {
    if ((this as unknown) !== page) this[method](name, listener, capture);
    else if (HEARD.includes(name)) window[method](name, listener, capture);
  };
  const names = {
    globalThis: page, global: page, self: page, window: page,
    Window: PreviewWindow,
    navigator: { clipboard: { writeText: () => Promise.resolve() } },
    EventTarget: { prototype: { addEventListener: listen('addEventListener'), removeEventListener: listen('removeEventListener') } },
    Document: {
      prototype: {
        createElement: create,
        createTextNode: (text: string) => Document.prototype.createTextNode.call(document, text),
        hasFocus: () => true,
        // Neither hidden nor prerendered.
        __lookupGetter__: () => undefined,
      },
    },
    HTMLFormElement: { prototype: { submit(this: HTMLFormElement) { submit(this, player); } } },
    IntersectionObserver: hasLayout() ? IntersectionObserver : EverythingSeen,
    HTMLElement: known('HTMLElement'),
    HTMLInputElement: known('HTMLInputElement'),
    KeyboardEvent: known('KeyboardEvent'),
    PageTransitionEvent: known('PageTransitionEvent'),
  };
  return { names, clock };
}

function submit(form: HTMLFormElement, player: Player): void {
  const fields = [...form.querySelectorAll('input')].map(({ name, value }) => [name, value]);
  player.leave({ url: form.getAttribute('action') ?? '', fields: Object.fromEntries(fields) as Record<string, string> });
  form.remove();
}
