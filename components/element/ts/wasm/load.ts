/** Where WebAssembly is, and how it becomes an instance. */

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

/** An instance of what is at `source`, with what it imports. */
export async function instance(source: WasmSource, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  const from = await resolve(source);
  if (from instanceof WebAssembly.Module) return WebAssembly.instantiate(from, imports);
  if (!(from instanceof Response)) return (await WebAssembly.instantiate(from, imports)).instance;
  if (!from.ok) throw new Error(`${from.url} answered ${from.status}`);
  // A server that does not know the type has it compiled after it has come.
  const streams = from.headers.get('content-type')?.split(';', 1)[0]?.trim() === 'application/wasm';
  const made = streams ? WebAssembly.instantiateStreaming(from, imports) : WebAssembly.instantiate(await from.arrayBuffer(), imports);
  return (await made).instance;
}
