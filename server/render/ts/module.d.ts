/** `countersign/render.wasm` where a server's bundler gives the compiled module, as that of Workers does. */
declare const module: WebAssembly.Module;
export default module;
