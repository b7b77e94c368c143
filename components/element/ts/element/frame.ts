/** How long to wait for a frame, in milliseconds: a hidden page draws none. */
const NO_FRAME = 100;

/** Calls `then` in a task after the next frame, where effects of frameworks have run. It may be called twice. */
export function afterFrame(then: () => void): void {
  globalThis.requestAnimationFrame?.(() => setTimeout(then));
  setTimeout(then, NO_FRAME);
}
