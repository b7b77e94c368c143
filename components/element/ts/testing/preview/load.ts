/** The WebAssembly of previews: compiled once, with an instance for each preview. */

import { fetchLocated, type Located, type WasmSource } from '../../wasm/load.js';

let source: WasmSource | undefined;
let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * Sets where the WebAssembly is, or what it is, for content delivery networks and for tests: with its bytes, jsdom and happy-dom draw
 * the card itself. By default it is beside this file.
 */
export function configurePreview(from: WasmSource): void {
  source = from;
  compiled = undefined;
}

async function compile(from: WasmSource): Promise<WebAssembly.Module> {
  if (typeof from === 'function') return compile(await from());
  if (from instanceof WebAssembly.Module) return from;
  // By form: a test may hand over the bytes of another realm.
  if (typeof from === 'object' && 'byteLength' in from) return WebAssembly.compile(from);
  const response = typeof from === 'object' && 'arrayBuffer' in from && 'ok' in from ? from : await fetchLocated(from as Located);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** The module, or nothing where no file can be fetched: in a test without a browser. */
export function wasmModule(): Promise<WebAssembly.Module> | undefined {
  const url = new URL('./widget.wasm', import.meta.url);
  if (!source && !/^https?:$/.test(url.protocol)) return undefined;
  if (!compiled) {
    const attempt = compile(source ?? url);
    compiled = attempt;
    attempt.catch(() => { if (compiled === attempt) compiled = undefined; });
  }
  return compiled;
}
