/** What wasm-bindgen writes for each program, made small; the build puts it in the place of these names. */
declare module 'countersign:glue/widget' {
  const glue: import('./program.js').Glue;
  export = glue;
}

declare module 'countersign:glue/stytch' {
  const glue: import('./program.js').Glue;
  export = glue;
}

/** A style sheet's text, made small. */
declare module '*.css' {
  const text: string;
  export default text;
}
