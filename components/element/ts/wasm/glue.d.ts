/** The minified glue of wasm-bindgen for each program. The build resolves these names. */
declare module 'countersign:glue/widget' {
  export const begin: import('./program.js').Glue['begin'];
  export const imports: import('./program.js').Glue['imports'];
  export const mount: import('./program.js').Glue['mount'];
  export const unmount: import('./program.js').Glue['unmount'];
  export const update: import('./program.js').Glue['update'];
}

declare module 'countersign:glue/stytch' {
  export const begin: import('./program.js').Glue['begin'];
  export const imports: import('./program.js').Glue['imports'];
  export const mount: import('./program.js').Glue['mount'];
  export const unmount: import('./program.js').Glue['unmount'];
  export const update: import('./program.js').Glue['update'];
}

/** The same glue for a preview: a function of what it sees in place of the browser's own names. */
declare module 'countersign:preview' {
  export function glueOn(names: Record<string, unknown>): import('./program.js').Glue;
}

/** What the API has at each field of its answers (`scripts/build/fields.mjs`). */
declare module 'countersign:fields' {
  const fields: Record<'authorize' | 'logout', Record<string, string>>;
  export default fields;
}

/** The text of a file. */
declare module '*.txt' {
  const text: string;
  export default text;
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
