/** The minified glue of wasm-bindgen for each program. The build resolves these names. */
declare module 'countersign:glue/widget' {
  const glue: import('./program.js').Glue;
  export = glue;
}

declare module 'countersign:glue/stytch' {
  const glue: import('./program.js').Glue;
  export = glue;
}

/** The elements of a fragment. */
declare module '*.html' {
  export type Fragment = readonly [tag: string, className: string, ...children: Fragment[]];
  const elements: readonly Fragment[];
  export default elements;
}

/** The text of a minified style sheet. */
declare module '*.css' {
  const text: string;
  export default text;
}
