// Takes out of a module what nothing reaches, where an optimizer cannot tell: code that is in the table
// of functions, and imports that the optimizer has removed from the module but not from its glue.

/** The classes that the crate wasm-streams exports to JavaScript. Leptos brings it for server functions. */
const CLASSES = { exported: /intounderlying(bytesource|source|sink)/, named: /\binto_underlying_(byte_source|source|sink)\b/ };

/** What formats texts in the standard library. A formatter is made there alone. */
const FORMATTER = /\bcore(\[\w+\])?::fmt::/;

/** A name in the text of a module. */
const NAME = String.raw`\$(?:"((?:[^"\\]|\\.)*)"|([^\s()]+))`;
const namesIn = (text, before) => [...text.matchAll(new RegExp(before + NAME, 'g'))].map(([, quoted, bare]) => quoted ?? bare);

/** The functions that these call, directly or by way of others. */
function reached(text, from) {
  const functions = text.split(/^ \(func /m).slice(1);
  const calls = new Map(functions.map((it) => [namesIn(it, '^')[0], namesIn(it, String.raw`\((?:return_)?call `)]));
  const found = new Set(from);
  for (const name of found) for (const called of calls.get(name) ?? []) found.add(called);
  return found;
}

/** Whether nothing but the table leads to a formatter: what is in the table for it is of no use then. */
function formatsNothing(tree, used) {
  const text = tree.emitText();
  const table = (text.match(/^ \(elem .*$/gm) ?? []).flatMap((line) => namesIn(line, ' '));
  const exports = [...text.matchAll(new RegExp(String.raw`^ \(export "([^"]*)" \(func ${NAME}`, 'gm'))];
  const roots = exports.filter(([, name]) => used.includes(name)).map(([,, quoted, bare]) => quoted ?? bare);
  const live = reached(text, [...roots, ...table.filter((name) => !FORMATTER.test(name) && !CLASSES.named.test(name))]);
  return ![...live].some((name) => FORMATTER.test(name));
}

/**
 * Empties the functions of exported classes if none of their exports is in use, and then those that format
 * texts, if nothing else calls them: nothing can reach them then, but the optimizer keeps what is in the
 * table. Returns the module.
 *
 * Every function must have its own name, so the compiler must not have merged equal functions.
 *
 * @param {Uint8Array} module with function names
 * @param {string[]} used the exports in use
 * @param {{foreign?: boolean}} whose whether others wrote the program: their code may make a formatter itself and call
 *   by the table alone (`to_string` of a `dyn Display`), so that what formats stays
 */
export async function withoutClasses(module, used, { foreign = false } = {}) {
  if (used.some((name) => CLASSES.exported.test(name))) return module;
  const { default: binaryen } = await import('binaryen');
  const tree = binaryen.readBinary(module);
  const empty = (unreached) => {
    for (let place = 0; place < tree.getNumFunctions(); place += 1) {
      const it = tree.getFunctionByIndex(place);
      const { name, module: imported } = binaryen.getFunctionInfo(it);
      if (!imported && unreached.test(name)) binaryen.Function(it).body = tree.unreachable();
    }
  };
  empty(CLASSES.named);
  if (!foreign && formatsNothing(tree, used)) empty(FORMATTER);
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
