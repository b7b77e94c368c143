// Runs in the pages: tells when a user could see Allow, and when a press of it would count.

/** The name of the function that the page calls, and of the mark that a trace has. */
export const SEEN = 'benchSeen';

/**
 * Looks for Allow in every frame, and calls `benchSeen` once with the times since the start of the load, in milliseconds. A button
 * of ours is disabled for assistive technology until a press counts.
 */
export function watchForAllow(name) {
  const allowIn = (root) => {
    for (const button of root.querySelectorAll('button')) {
      if (button.textContent.trim() === 'Allow' && !button.disabled && button.getBoundingClientRect().height > 0) return button;
    }
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const found = shadowRoot && allowIn(shadowRoot);
      if (found) return found;
    }
    return null;
  };
  let [visible, drawn, armed] = [];
  const now = () => performance.now();
  const look = () => {
    const allow = allowIn(document);
    if (allow && visible === undefined) {
      visible = now();
      performance.mark(name);
      requestAnimationFrame(() => requestAnimationFrame(() => { drawn = now(); }));
    }
    if (allow && allow.getAttribute('aria-disabled') !== 'true') armed ??= now();
    if (armed === undefined || drawn === undefined) requestAnimationFrame(look);
    else globalThis[name](JSON.stringify({ visible, drawn, armed, origin: performance.timeOrigin }));
  };
  // Not in frames within the page.
  if (globalThis === globalThis.top && location.protocol === 'http:') requestAnimationFrame(look);
}
