/** How long to wait where no frame comes, in milliseconds: a hidden page draws none, and neither does jsdom. */
const NO_FRAME = 100;

/** Calls `then` two tasks after the next frame, however late it comes: by then effects of frameworks, and a task after a task, have run. */
export function afterFrame(then: () => void): void {
  if (document.hidden) setTimeout(then, NO_FRAME);
  else requestAnimationFrame(() => setTimeout(() => setTimeout(then)));
}
