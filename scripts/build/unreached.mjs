// Takes out of a module what nothing reaches, where an optimizer cannot tell: code that is in the table
// of functions, and imports that the optimizer has removed from the module but not from its glue.

/** The classes that the crate wasm-streams exports to JavaScript. Leptos brings it for server functions. */
const CLASSES = { exported: /intounderlying(bytesource|source|sink)/, named: /\binto_underlying_(byte_source|source|sink)\b/ };

/**
 * Empties the functions of exported classes if none of their exports is in use: nothing can call them then,
 * but the optimizer keeps what is in the table. Returns the module.
 *
 * Every function must have its own name, so the compiler must not have merged equal functions.
 *
 * @param {Uint8Array} module with function names
 * @param {string[]} used the exports in use
 */
export async function withoutClasses(module, used) {
  if (used.some((name) => CLASSES.exported.test(name))) return module;
  const { default: binaryen } = await import('binaryen');
  const tree = binaryen.readBinary(module);
  for (let place = 0; place < tree.getNumFunctions(); place += 1) {
    const it = tree.getFunctionByIndex(place);
    const { name, module: imported } = binaryen.getFunctionInfo(it);
    if (!imported && CLASSES.named.test(name)) binaryen.Function(it).body = tree.unreachable();
  }
  binaryen.setDebugInfo(true);
  const smaller = tree.emitBinary();
  tree.dispose();
  return smaller;
}

/** Removes from the source of the glue the imports that the module does not have. */
export function withoutImports(source, imported) {
  const kept = new Set(imported);
  return source.replace(/^ {8}(__wb\w+): function[\s\S]*?^ {8}\}.*,\n/gm, (all, name) => (kept.has(name) ? all : ''));
}
