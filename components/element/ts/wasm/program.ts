/** The package's WebAssembly: one program for most pages, and one that can call Stytch as well. Each is brought once for all elements that need it. */

import * as stytch from 'countersign:glue/stytch';
import * as widget from 'countersign:glue/widget';
import { Guard } from './guard.js';
import { instance, type WasmSource } from './load.js';

/** What wasm-bindgen writes beside a program: what it imports, how it begins, and what it exports. */
export interface Glue {
  imports(): WebAssembly.Imports;
  begin(exports: Record<string, WebAssembly.ExportValue>): void;
  mount(parent: Node, settings: object, host: object): number;
  update(number: number, changes: object): void;
  unmount(number: number): void;
}

/** A program and its border: what elements call is {@link Program.glue}, once {@link Program.load} has settled. */
export class Program {
  readonly guard = new Guard();
  #source: WasmSource | undefined;
  #loading: Promise<void> | undefined;

  /** @param beside - Where the file is without a word of the host's. */
  constructor(readonly glue: Glue, readonly beside: () => URL) {}

  /** Settles once there is an instance to call. A failed load is forgotten, so that it can be tried again. */
  load(): Promise<void> {
    this.#loading ??= this.#start().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Names the place. @throws Error where it is loaded already */
  configure(source: WasmSource): void {
    if (this.#loading) throw new Error('configureWasm() was called after the first element that runs it had started');
    this.#source = source;
  }

  async #start(): Promise<void> {
    const { exports } = await instance(this.#source ?? this.beside(), this.glue.imports());
    this.glue.begin(this.guard.around(exports));
    const torn = this.guard.stopped;
    if (torn) throw torn.cause;
  }
}

/** Which program: `widget` for every page, but `stytch` where an element has `stytch` set. */
export type ProgramName = 'widget' | 'stytch';

// Each address a literal of its own, so that bundlers find the files and copy them.
const make: Record<ProgramName, () => Program> = {
  widget: () => new Program(widget, () => new URL('./widget.wasm', import.meta.url)),
  stytch: () => new Program(stytch, () => new URL('./stytch.wasm', import.meta.url)),
};

const made: Partial<Record<ProgramName, Program>> = {};

/** A program, made when it is first asked for: a page that only imports something else of the package has none of it. */
export function programOf(name: ProgramName): Program {
  if (!Object.hasOwn(make, name)) throw new TypeError(`There is no program "${String(name)}"; there are ${Object.keys(make).join(' and ')}`);
  made[name] ??= make[name]();
  return made[name];
}

/**
 * Says where the WebAssembly is: for content delivery networks, for bundlers that copy no files, for tests. To be called before the first element
 * that runs it starts; without it, the file beside this one is fetched.
 *
 * @param from - Its place, or the thing itself
 * @param program - `stytch` for the one that elements with `stytch` run
 * @throws Error where it is loaded already
 */
export function configureWasm(from: WasmSource, program: ProgramName = 'widget'): void {
  programOf(program).configure(from);
}
