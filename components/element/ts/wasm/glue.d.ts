/** The minified glue of wasm-bindgen for each program. The build resolves these names. */
declare module 'countersign:glue/widget' {
  const glue: import('./program.js').Glue;
  export = glue;
}

declare module 'countersign:glue/stytch' {
  const glue: import('./program.js').Glue;
  export = glue;
}

/** The text of a minified style sheet. */
declare module '*.css' {
  const text: string;
  export default text;
}
