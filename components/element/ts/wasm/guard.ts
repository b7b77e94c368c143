/**
 * Guards the calls into a WebAssembly instance. After a trap (RuntimeError), a stack overflow (RangeError) or an exception thrown
 * through it, the instance's own stack is corrupt: it is stopped and never called again.
 */

type Exports = Record<string, WebAssembly.ExportValue>;
type Call = (...parameters: unknown[]) => unknown;

/** The result of a stopped call. Whatever the glue reads from it is undefined. */
const NOTHING: unknown[] = [];

/** Ends a call inside another one. */
class Stopped extends Error {}

/** Guards one instance. */
export class Guard {
  #reason: { cause: unknown } | undefined;
  #announced = false;
  #depth = 0;
  readonly #listeners = new Set<(cause: unknown) => void>();

  /** The cause, if the instance was stopped. */
  get stopped(): { cause: unknown } | undefined { return this.#reason; }

  /** Calls `listener` when the instance is stopped. Returns a function that removes it. */
  onStopped(listener: (cause: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Wraps the exports, so that each call is guarded. */
  wrap(exports: WebAssembly.Exports): Exports {
    const guarded = (value: WebAssembly.ExportValue) => (typeof value === 'function' ? this.#guarded(value as Call) : value);
    return Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, guarded(value)])) as Exports;
  }

  #announce(): void {
    if (this.#announced || !this.#reason) return;
    const { cause } = this.#reason;
    try {
      // Later, with the stack unwound. If it is too full even for this, the next outer call tries again.
      queueMicrotask(() => {
        for (const listener of [...this.#listeners]) listener(cause);
      });
      this.#announced = true;
    } catch {
      // The stack is full.
    }
  }

  #stop(cause: unknown): void {
    this.#reason ??= { cause };
    this.#announce();
  }

  #guarded(call: Call): Call {
    return (...parameters) => {
      if (this.#reason) {
        this.#announce();
        // The code around an inner call must not continue. An outer call can return.
        if (this.#depth > 0) throw new Stopped();
        return NOTHING;
      }
      this.#depth += 1;
      try {
        return call(...parameters);
      } catch (error) {
        this.#stop(error);
        if (this.#depth > 1) throw new Stopped();
        return NOTHING;
      } finally {
        this.#depth -= 1;
      }
    };
  }
}
