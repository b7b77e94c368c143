/** The glue of wasm-bindgen. The build resolves this name. */
declare module 'countersign:glue/render' {
  export function imports(): WebAssembly.Imports;
  export function begin(exports: WebAssembly.Exports): void;
  export function render(answer: string, language: string, texts: string, settings: string): string[];
}
