/**
 * The guards of a card that is a form: a script of its own, which waits for no WebAssembly. When an Allow counts is the one rule of every
 * renderer: the window is visible and has the focus, 600 ms of quiet have passed, and all that the user must see has been in view above
 * the decision. Such an Allow has the field `guarded`, and the server asks no second time. A denial always counts.
 */
export {};

/** In milliseconds. */
const QUIET = 600;
/** The part of an element that must be in view at once: all of it, but for rounded pixels. */
const ENOUGH = 0.9;
/** What the window may show less of beside the decision, in pixels. */
const EDGE = 32;

const GUARDED = ['allow', 'request-approval'];
const texts = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};

function guard(form: HTMLFormElement): void {
  const rows = [...form.querySelectorAll<HTMLElement>('[data-unseen]')];
  const unseen = new Set(rows);
  const bar = form.querySelector('.countersign-decision');
  const hint = form.querySelector('.countersign-hint');
  const buttons = [...form.querySelectorAll<HTMLButtonElement>('button[name="press"]')].filter(({ value }) => GUARDED.includes(value));
  let since = 0;
  let timer: number | undefined;
  let isSent = false;

  const isHere = (): boolean => document.visibilityState === 'visible' && document.hasFocus();
  const isEarly = (): boolean => !isHere() || performance.now() - since < QUIET;

  /** Shows on the buttons whether a press counts. One that waits for something to be seen leads there, so that it is not disabled. */
  function show(): void {
    const early = isEarly();
    for (const button of buttons) {
      button.toggleAttribute('data-unready', early || (button.value === 'allow' && unseen.size > 0));
      if (early) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
  }

  /** The moment of quiet begins again. */
  function rearm(): void {
    since = performance.now();
    clearTimeout(timer);
    timer = setTimeout(show, QUIET + 1);
    show();
  }

  /** Where the window ends for an element. */
  function endFor(element: Element): number {
    if (bar === null || bar.contains(element)) return innerHeight;
    const [own, over] = [element.getBoundingClientRect(), bar.getBoundingClientRect()];
    const isBeside = own.right <= over.left || own.left >= over.right;
    return isBeside ? innerHeight - EDGE : Math.min(innerHeight, over.top);
  }

  function isInView(element: Element): boolean {
    const { top, height, width } = element.getBoundingClientRect();
    const rest = height * (1 - ENOUGH);
    return width > 0 && height > 0 && top >= -rest && top + height - rest <= endFor(element);
  }

  function look(): void {
    if (document.visibilityState !== 'visible') return;
    for (const element of unseen) if (isInView(element)) saw(element);
    show();
  }

  function saw(element: HTMLElement): void {
    unseen.delete(element);
    element.removeAttribute('data-unseen');
  }

  function say(text: string | undefined): void {
    if (hint !== null) hint.textContent = text ?? '';
  }

  /** Leads to the first element that has not been in view. It counts as seen then, also if it is larger than the window. */
  function lead(): void {
    const [element] = rows.filter((row) => unseen.has(row));
    if (element === undefined) return;
    element.tabIndex = -1;
    element.scrollIntoView();
    element.focus();
    saw(element);
    show();
  }

  form.addEventListener('submit', (event) => {
    const button = event.submitter as HTMLButtonElement | null;
    const isAllow = button?.name === 'press' && button.value === 'allow';
    if (isSent) return event.preventDefault();
    if (button === null || !buttons.includes(button)) return;
    const isBlind = isAllow && unseen.size > 0;
    if (!isBlind && !isEarly()) {
      isSent = true;
      // Without any mark, nobody knows what must be seen: the second page asks.
      if (isAllow && rows.length > 0) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'guarded', value: '1' }));
      return;
    }
    event.preventDefault();
    rearm();
    say(isBlind ? texts['notSeen'] : texts['early']);
    if (isBlind) lead();
  });

  form.addEventListener('keydown', (event) => {
    // A key that is held down was meant for an earlier screen, and Enter in a box would press the first button of the form.
    if (event.key === 'Enter' && (event.repeat || event.target instanceof HTMLInputElement)) event.preventDefault();
    if (event.key === ' ' && event.repeat) event.preventDefault();
  });
  for (const name of ['focus', 'blur', 'pageshow']) addEventListener(name, rearm);
  document.addEventListener('visibilitychange', rearm);
  addEventListener('pageshow', () => {
    isSent = false;
    for (const input of form.querySelectorAll('[name="guarded"]')) input.remove();
  });
  for (const name of ['scroll', 'resize', 'toggle', 'focusin', 'load']) addEventListener(name, look, { capture: true, passive: true });
  rearm();
  requestAnimationFrame(look);
}

const form = document.querySelector('form');
if (form !== null) guard(form);
