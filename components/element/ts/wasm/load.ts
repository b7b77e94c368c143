/** Loads WebAssembly from an address or from bytes, and instantiates it. */

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

const hasIntegrity = (from: object): from is { url: string | URL; integrity: string } => !(from instanceof Request) && 'integrity' in from;

/** Fetches a file. */
export const fetchLocated = (from: Located): Promise<Response> => (
  typeof from === 'object' && hasIntegrity(from) ? fetch(from.url, { integrity: from.integrity }) : fetch(from)
);

const isLocated = (from: Exclude<WasmSource, Function>): from is Located => (
  typeof from === 'string' || from instanceof URL || from instanceof Request || hasIntegrity(from)
);

async function resolve(from: WasmSource): Promise<Response | BufferSource | WebAssembly.Module> {
  if (typeof from === 'function') return resolve(await from());
  return isLocated(from) ? fetchLocated(from) : from;
}

/** Instantiates the WebAssembly at `source`. */
export async function instance(source: WasmSource, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  const from = await resolve(source);
  if (from instanceof WebAssembly.Module) return WebAssembly.instantiate(from, imports);
  if (!(from instanceof Response)) return (await WebAssembly.instantiate(from, imports)).instance;
  if (!from.ok) throw new Error(`${from.url} answered ${from.status}`);
  // Without the right type it cannot be compiled while it streams.
  const streams = from.headers.get('content-type')?.split(';', 1)[0]?.trim() === 'application/wasm';
  return (await (streams ? WebAssembly.instantiateStreaming(from, imports) : WebAssembly.instantiate(await from.arrayBuffer(), imports))).instance;
}
