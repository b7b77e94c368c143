/** The package's WebAssembly: one program for most pages, and one with the Stytch adapter. Each is loaded once for all elements. */

import * as stytch from 'countersign:glue/stytch';
import * as widget from 'countersign:glue/widget';
import { Guard } from './guard.js';
import { instance, type WasmSource } from './load.js';

/** The glue of wasm-bindgen: imports, initialization and exports of a program. */
export interface Glue {
  imports(): WebAssembly.Imports;
  begin(exports: Record<string, WebAssembly.ExportValue>): void;
  mount(parent: Node, settings: object, bridge: object): number;
  update(number: number, changes: object): void;
  unmount(number: number): void;
}

/** A program and its guard. Elements call {@link Program.glue} after {@link Program.load} is fulfilled. */
export class Program {
  readonly guard = new Guard();
  #source: WasmSource | undefined;
  #loading: Promise<void> | undefined;

  /** @param defaultUrl - Where the file is, unless the host sets another source. */
  constructor(readonly glue: Glue, readonly defaultUrl: () => URL) {}

  /** Loads the program once; after a failure, again. */
  load(): Promise<void> {
    this.#loading ??= this.#start().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Sets the source. @throws Error if it is loaded already */
  configure(source: WasmSource): void {
    if (this.#loading) throw new Error('configureWasm() was called after the first element that runs it had started');
    this.#source = source;
  }

  async #start(): Promise<void> {
    const { exports } = await instance(this.#source ?? this.defaultUrl(), this.glue.imports());
    this.glue.begin(this.guard.wrap(exports));
    if (this.guard.stopped) throw this.guard.stopped.cause;
  }
}

/** `stytch` for elements with the setting `stytch`, `widget` for all others. */
export type ProgramName = 'widget' | 'stytch';

// Each address is a literal, so that bundlers find the file and copy it.
const make: Record<ProgramName, () => Program> = {
  widget: () => new Program(widget, () => new URL('./widget.wasm', import.meta.url)),
  stytch: () => new Program(stytch, () => new URL('./stytch.wasm', import.meta.url)),
};

const made: Partial<Record<ProgramName, Program>> = {};

/** A program, created at its first use: a page may import the package for something else. */
export function programOf(name: ProgramName): Program {
  if (!Object.hasOwn(make, name)) throw new TypeError(`There is no program "${String(name)}"; there are ${Object.keys(make).join(' and ')}`);
  made[name] ??= make[name]();
  return made[name];
}

/**
 * Sets where the WebAssembly is, for content delivery networks, for bundlers that do not copy it, and for tests. Call it before
 * the first element that needs it starts. By default it is beside this file.
 *
 * @param from - Its address, or the WebAssembly itself
 * @param program - `stytch` for elements with the setting `stytch`
 * @throws Error if it is loaded already
 */
export function configureWasm(from: WasmSource, program: ProgramName = 'widget'): void {
  programOf(program).configure(from);
}
