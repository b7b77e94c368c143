// Shrinks a module and its glue together: removes unused exports and shortens the names between both.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { targets } from '../lib/browsers.mjs';
import { run } from '../lib/run.mjs';
import { Stop } from '../lib/say.mjs';
import { withoutClasses, withoutImports } from './unreached.mjs';

const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Removes everything from the glue that `wanted` does not need. Classes can be removed only if their
 * registries and symbols are marked as free of side effects.
 */
async function shake(esbuild, source, wanted, options) {
  const contents = source
    .replaceAll('new FinalizationRegistry', '/* @__PURE__ */ new FinalizationRegistry')
    .replace(/^if \(Symbol\.dispose\) .*$/gm, '');
  const glue = {
    name: 'glue',
    setup(build) {
      build.onResolve({ filter: /^glue$/ }, () => ({ path: 'glue', namespace: 'glue', sideEffects: false }));
      build.onLoad({ filter: /.*/, namespace: 'glue' }, () => ({ contents }));
      // Scripts of other crates, which stay files of their own.
      build.onResolve({ filter: /^\.\/snippets\// }, ({ path }) => ({ path, external: true }));
    },
  };
  const result = await esbuild.build({
    stdin: { contents: `export { ${wanted.join(', ')} } from 'glue'` },
    bundle: true,
    write: false,
    format: 'esm',
    target: targets,
    legalComments: 'none',
    plugins: [glue],
    ...options,
  });
  return result.outputFiles[0].text;
}

/** Runs wasm-opt and returns its output. */
const wasmOpt = (args) => run(process.execPath, [createRequire(import.meta.url).resolve('binaryen/bin/wasm-opt'), ...args], { what: 'wasm-opt', quiet: true });

/** Optimizes the module. Also writes `output.named`, the same module with function names. */
async function optimize(input, output, unused) {
  // Two rounds of flattening, and functions sorted by name for better compression: 2 % less than -Oz.
  const passes = ['--low-memory-unused', '--zero-filled-memory', '--flatten', '--rereloop', '-Oz', '--flatten', '--rereloop', '-Oz', '-Oz', '--reorder-functions-by-name'];
  const names = ['--strip-debug', '--strip-producers', '--strip-target-features', '--minify-imports-and-exports-and-modules'];
  const removed = unused.length ? [`--remove-exports=${unused.join(',')}`] : [];
  // No feature flags: wasm-opt reads the module's own list, and with --all-features browsers refuse the result.
  await wasmOpt([...removed, ...passes, '--debuginfo', input, '-o', `${output}.named`]);
  const mapping = JSON.parse(await wasmOpt([...names, `${output}.named`, '-o', output]));
  return {
    module: mapping.imports[0]?.[0],
    imported: mapping.imports.map(([, name]) => name),
    short: Object.fromEntries([...mapping.imports.map(([, name, to]) => [name, to]), ...mapping.exports]),
  };
}

/** The glue's own loader. */
const LOADING = /^async function __wbg_load\([\s\S]*$/m;

/**
 * Replaces the glue's loader: `imports` returns the module's imports, `begin` takes its exports.
 */
function withoutLoader(source) {
  const start = source.match(/^function __wbg_finalize_init[\s\S]*?^}/m)?.[0] ?? '';
  const caches = [...start.matchAll(/^ +(cached\w+ = null;)$/gm)].map(([, line]) => line).join(' ');
  if (!LOADING.test(source) || !caches || !start.includes('wasm.__wbindgen_start()')) {
    throw new Stop('The glue of this wasm-bindgen looks different: its way to load the module is not where scripts/build/shrink.mjs looks for it.');
  }
  return source.replace(LOADING, `export const imports = __wbg_get_imports;
export function begin(exports) { wasm = exports; ${caches} wasm.__wbindgen_start(); }`);
}

/**
 * Returns `js` and `wasm`, ready to be shipped, and `named`, the same module with function names.
 *
 * @param {{wanted?: string[], loader?: boolean, small?: boolean, foreign?: boolean, check?: Function}} options
 *   the exports in use, whether the glue loads the module, whether the compiler used the size options, whether
 *   others wrote the program, and a check of the module that the compiler wrote
 */
export async function shrink(jsFile, wasmFile, { wanted = ['default'], loader = true, small = false, foreign = false, check = () => {} } = {}) {
  const esbuild = await import('esbuild');
  const written = readFileSync(jsFile, 'utf8');
  const source = loader ? written : withoutLoader(written);
  const used = await shake(esbuild, source, wanted, {});
  await check(wasmFile);
  const exports = WebAssembly.Module.exports(await WebAssembly.compile(readFileSync(wasmFile)));
  const unused = exports.map(({ name }) => name).filter((name) => !new RegExp(`\\bwasm\\.${escaped(name)}(?![\\w$])`).test(used));
  if (unused.includes('memory')) throw new Stop('The glue of this wasm-bindgen looks different: it calls no "wasm.memory", so scripts/build/shrink.mjs must learn its new form.');

  const inUse = exports.map(({ name }) => name).filter((name) => !unused.includes(name));
  if (small) writeFileSync(wasmFile, await withoutClasses(readFileSync(wasmFile), inUse, { foreign }));

  const output = `${wasmFile}.small`;
  const { module, short, imported } = await optimize(wasmFile, output, unused);
  const imports = `${JSON.stringify(module)}: import0`;
  if (!source.includes(imports)) throw new Stop(`The glue of this wasm-bindgen looks different: ${imports} is not in it, so scripts/build/shrink.mjs must learn its new form.`);
  const js = await shake(esbuild, withoutImports(source, imported).replace(imports, '"a": import0'), wanted, {
    minify: true,
    mangleProps: new RegExp(`^(?:${Object.keys(short).map(escaped).join('|')})$`),
    mangleCache: short,
  });
  const wasm = readFileSync(output);
  await WebAssembly.compile(wasm);
  return { js, wasm, named: readFileSync(`${output}.named`) };
}
