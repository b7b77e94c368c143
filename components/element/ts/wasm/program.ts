/** The package's WebAssembly: one program for most pages, and one with the Stytch adapter. Each is loaded once for all elements. */

// By name: for a namespace the bundler writes a loop over all that an object inherits, which fails on pages whose scripts add to that.
import {
  begin as stytchBegin, imports as stytchImports, mount as stytchMount, unmount as stytchUnmount, update as stytchUpdate,
} from 'countersign:glue/stytch';
import { begin, imports, mount, unmount, update } from 'countersign:glue/widget';
import { own } from '../element/own.js';
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

/** A program as an element runs it. */
export type Loaded = Pick<Program, 'guard' | 'load' | 'giveUp'> & { readonly glue: Pick<Glue, 'mount' | 'update' | 'unmount'> };

/** A program and its guard. Elements call {@link Program.glue} after {@link Program.load} is fulfilled. */
export class Program {
  readonly guard = new Guard();
  #source: WasmSource | undefined;
  #loading: Promise<void> | undefined;
  #attempt = new AbortController();

  /** @param defaultUrl - Where the file is, unless the host sets another source. */
  constructor(readonly glue: Glue, readonly defaultUrl: () => URL) {}

  /** Loads the program once; after a failure, again. */
  load(): Promise<void> {
    if (this.#loading) return this.#loading;
    const attempt = this.#start((this.#attempt = new AbortController()).signal);
    this.#loading = attempt;
    attempt.catch(() => { if (this.#loading === attempt) this.#loading = undefined; });
    return attempt;
  }

  /** Gives up an attempt that has not come to an end, so that the next one begins anew. */
  giveUp(): void {
    this.#attempt.abort();
    this.#loading = undefined;
  }

  /** Sets the source. @throws Error if it is loaded already */
  configure(source: WasmSource): void {
    if (this.#loading) throw new Error('configureWasm() was called after the first element that runs it had started');
    this.#source = source;
  }

  async #start(signal: AbortSignal): Promise<void> {
    const { exports } = await instance(this.#source ?? this.defaultUrl(), this.glue.imports(), signal);
    signal.throwIfAborted();
    this.glue.begin(this.guard.wrap(exports));
    if (this.guard.stopped) throw this.guard.stopped.cause;
  }
}

/** `stytch` for elements with the setting `stytch`, `widget` for all others. */
export type ProgramName = 'widget' | 'stytch';

const STYTCH: Glue = { begin: stytchBegin, imports: stytchImports, mount: stytchMount, unmount: stytchUnmount, update: stytchUpdate };

// Each address is a literal, so that bundlers find the file and copy it.
const make: Record<ProgramName, () => Program> = {
  widget: () => new Program({ begin, imports, mount, unmount, update }, () => new URL('./widget.wasm', import.meta.url)),
  stytch: () => new Program(STYTCH, () => new URL('./stytch.wasm', import.meta.url)),
};

const made: Partial<Record<ProgramName, Program>> = own({});

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
