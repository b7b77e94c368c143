/**
 * The border to WebAssembly. Whatever comes out of a call in, a trap (RuntimeError), an overflow of the stack (RangeError) or an exception of
 * somebody else's thrown through it, has torn the instance's own stack: it is stopped, and never called again.
 */

type Exports = Record<string, WebAssembly.ExportValue>;
type Call = (...parameters: unknown[]) => unknown;

/** What the glue gets in the place of an answer: nothing in whatever it reads out of it. */
const NOTHING: unknown[] = [];

/** Why a call within a call is cut short. */
class Stopped extends Error {}

let reason: { cause: unknown } | undefined;
let announced = false;
let depth = 0;
const listeners = new Set<(cause: unknown) => void>();

/** Why the instance was stopped, where it was. */
export const stopped = (): { cause: unknown } | undefined => reason;

/** Tells when the instance is stopped; answers with what ends that. */
export function onStopped(listener: (cause: unknown) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function announce(): void {
  if (announced || !reason) return;
  const { cause } = reason;
  try {
    // With the stack unwound. Where there is not enough of it left even for this, the next call from outside tries again.
    queueMicrotask(() => {
      for (const listener of [...listeners]) listener(cause);
    });
    announced = true;
  } catch {
    // The stack is full.
  }
}

function stop(cause: unknown): void {
  reason ??= { cause };
  announce();
}

function guarded(call: Call): Call {
  return (...parameters) => {
    if (reason) {
      announce();
      // A call in the middle of another one must not go on as if it had an answer; a late one has nobody to tell.
      if (depth > 0) throw new Stopped();
      return NOTHING;
    }
    depth += 1;
    try {
      return call(...parameters);
    } catch (error) {
      stop(error);
      if (depth > 1) throw new Stopped();
      return NOTHING;
    } finally {
      depth -= 1;
    }
  };
}

/** The exports, each call guarded. */
export function guard(exports: WebAssembly.Exports): Exports {
  const entries = Object.entries(exports).map(([name, value]) => [name, typeof value === 'function' ? guarded(value as Call) : value] as const);
  return Object.fromEntries(entries) as Exports;
}
