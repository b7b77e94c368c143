/** What wasm-bindgen writes, made small; the build puts it in the place of this name. */
declare module 'countersign:glue' {
  export function imports(): WebAssembly.Imports;
  export function begin(exports: Record<string, WebAssembly.ExportValue>): void;
  export function mount(parent: Node, settings: object, host: object): number;
  export function update(number: number, changes: object): void;
  export function unmount(number: number): void;
}

/** A style sheet's text, made small. */
declare module '*.css' {
  const text: string;
  export default text;
}
