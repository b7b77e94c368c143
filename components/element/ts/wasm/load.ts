/** Brings the WebAssembly: once for all elements, again where it failed. */

import { begin, imports } from 'countersign:glue';
import { guard, stopped } from './guard.js';

/** Where a file is, and by which hash it is known. */
export type Located = string | URL | Request | { url: string | URL; integrity: string };

/** Where the WebAssembly is, or the thing itself. A function is called for every try. */
export type WasmSource =
  | Located
  | Response
  | BufferSource
  // Any value at all would do for TypeScript's own, empty interface.
  | (WebAssembly.Module & object)
  | (() => WasmSource | Promise<WasmSource>);

let source: WasmSource | undefined;
let loading: Promise<void> | undefined;

/**
 * Says where the WebAssembly is: for content delivery networks, for bundlers that copy no files, for tests. To be called before the first element
 * starts; without it, the file beside this one is fetched.
 *
 * @throws Error where it is loaded already
 */
export function configureWasm(from: WasmSource): void {
  if (loading) throw new Error('configureWasm() was called after the first element had started');
  source = from;
}

const isNamed = (from: object): from is { url: string | URL; integrity: string } => !(from instanceof Request) && 'integrity' in from;

/** What is at an address. */
export const located = (from: Located): Promise<Response> => (
  typeof from === 'object' && isNamed(from) ? fetch(from.url, { integrity: from.integrity }) : fetch(from)
);

const isLocated = (from: Exclude<WasmSource, Function>): from is Located => typeof from === 'string' || from instanceof URL || from instanceof Request || isNamed(from);

async function resolve(from: WasmSource): Promise<Response | BufferSource | WebAssembly.Module> {
  if (typeof from === 'function') return resolve(await from());
  return isLocated(from) ? located(from) : from;
}

async function instantiate(from: Response | BufferSource | WebAssembly.Module): Promise<WebAssembly.Instance> {
  if (from instanceof WebAssembly.Module) return WebAssembly.instantiate(from, imports());
  if (!(from instanceof Response)) return (await WebAssembly.instantiate(from, imports())).instance;
  if (!from.ok) throw new Error(`${from.url} answered ${from.status}`);
  // A server that does not know the type has it compiled after it has come.
  const streams = from.headers.get('content-type')?.split(';', 1)[0]?.trim() === 'application/wasm';
  const made = streams ? WebAssembly.instantiateStreaming(from, imports()) : WebAssembly.instantiate(await from.arrayBuffer(), imports());
  return (await made).instance;
}

async function start(): Promise<void> {
  const instance = await instantiate(await resolve(source ?? new URL('./widget.wasm', import.meta.url)));
  begin(guard(instance.exports));
  const torn = stopped();
  if (torn) throw torn.cause;
}

/** Settles once there is an instance to call. A failed load is forgotten, so that it can be tried again. */
export function load(): Promise<void> {
  loading ??= start().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
