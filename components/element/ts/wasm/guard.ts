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

/** The border of one instance. */
export class Guard {
  #reason: { cause: unknown } | undefined;
  #announced = false;
  #depth = 0;
  readonly #listeners = new Set<(cause: unknown) => void>();

  /** Why the instance was stopped, where it was. */
  get stopped(): { cause: unknown } | undefined { return this.#reason; }

  /** Tells when the instance is stopped; answers with what ends that. */
  onStopped(listener: (cause: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The exports, each call guarded. */
  around(exports: WebAssembly.Exports): Exports {
    const entries = Object.entries(exports).map(([name, value]) => [name, typeof value === 'function' ? this.#guarded(value as Call) : value] as const);
    return Object.fromEntries(entries) as Exports;
  }

  #announce(): void {
    if (this.#announced || !this.#reason) return;
    const { cause } = this.#reason;
    try {
      // With the stack unwound. Where there is not enough of it left even for this, the next call from outside tries again.
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
        // A call in the middle of another one must not go on as if it had an answer; a late one has nobody to tell.
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
