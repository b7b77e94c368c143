/** Loads WebAssembly from an address or from bytes, and instantiates it. */

import { own } from '../element/own.js';

/** The address of a file, optionally with its hash (Subresource Integrity). */
export type Located = string | URL | Request | { url: string | URL; integrity: string };

/** Where the WebAssembly is, or the WebAssembly itself. A function is called for every attempt. */
export type WasmSource =
  | Located
  | Response
  | BufferSource
  // TypeScript's own interface is empty and would accept any value.
  | (WebAssembly.Module & object)
  | (() => WasmSource | Promise<WasmSource>);

const hasIntegrity = (from: object): from is { url: string | URL; integrity: string } => Object.hasOwn(from, 'integrity');

/** Fetches a file. */
export const fetchLocated = (from: Located, signal?: AbortSignal): Promise<Response> => (
  typeof from === 'object' && hasIntegrity(from) ? fetch(from.url, own({ integrity: from.integrity, signal })) : fetch(from, own({ signal }))
);

const isLocated = (from: Exclude<WasmSource, Function>): from is Located => (
  typeof from === 'string' || from instanceof URL || from instanceof Request || hasIntegrity(from)
);

async function resolve(from: WasmSource, signal: AbortSignal): Promise<Response | BufferSource | WebAssembly.Module> {
  if (typeof from === 'function') return resolve(await from(), signal);
  return isLocated(from) ? fetchLocated(from, signal) : from;
}

/** Instantiates the WebAssembly at `source`. */
export async function instance(source: WasmSource, imports: WebAssembly.Imports, signal: AbortSignal): Promise<WebAssembly.Instance> {
  const from = await resolve(source, signal);
  if (from instanceof WebAssembly.Module) return WebAssembly.instantiate(from, imports);
  if (!(from instanceof Response)) return (await WebAssembly.instantiate(from, imports)).instance;
  if (!from.ok) throw new Error(`${from.url} answered ${from.status}`);
  // Without the right type it cannot be compiled while it streams.
  const streams = from.headers.get('content-type')?.split(';', 1)[0]?.trim() === 'application/wasm';
  return (await (streams ? WebAssembly.instantiateStreaming(from, imports) : WebAssembly.instantiate(await from.arrayBuffer(), imports))).instance;
}
