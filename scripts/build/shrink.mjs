// Makes wasm and glue small together: what the glue never calls goes, and the long hashed names between the two become short ones.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { Stop } from '../lib/say.mjs';

const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The glue without what nobody uses: only `wanted` is asked for, so classes for other scripts fall away once their registries and symbols are
 * known to have no effect of their own.
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
    },
  };
  const result = await esbuild.build({
    stdin: { contents: `export { ${wanted.join(', ')} } from 'glue'` },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    plugins: [glue],
    ...options,
  });
  return result.outputFiles[0].text;
}

/** wasm-opt with these arguments; answers what it prints. */
const wasmOpt = (args) => run(process.execPath, [inRoot('node_modules', 'binaryen', 'bin', 'wasm-opt'), ...args], { what: 'wasm-opt', quiet: true });

/** Makes the module small. Its twin with the functions' names (`output.named`) stays behind, to see what weighs what. */
async function optimize(input, output, unused) {
  // Flattened twice, and functions of like names side by side for the compressor: two percent, over -Oz alone.
  const passes = ['--flatten', '--rereloop', '-Oz', '--flatten', '--rereloop', '-Oz', '-Oz', '--reorder-functions-by-name'];
  const names = ['--strip-debug', '--strip-producers', '--strip-target-features', '--minify-imports-and-exports-and-modules'];
  const removed = unused.length ? [`--remove-exports=${unused.join(',')}`] : [];
  // No feature flags: wasm-opt reads the module's own list; with --all-features it writes modules that browsers refuse.
  await wasmOpt([...removed, ...passes, '--debuginfo', input, '-o', `${output}.named`]);
  const mapping = JSON.parse(await wasmOpt([...names, `${output}.named`, '-o', output]));
  return {
    module: mapping.imports[0]?.[0],
    short: Object.fromEntries([...mapping.imports.map(([, name, to]) => [name, to]), ...mapping.exports]),
  };
}

/** The glue's own way to load the module, which `default` of its exports begins. */
const LOADING = /^async function __wbg_load\([\s\S]*$/m;

/**
 * The glue for a loader of our own: it gives what the module imports, and takes what it exports, in whatever wrapping.
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
 * Answers `{ js, wasm }`, ready to be shipped, and `named`, the same module with its functions' names, from what wasm-bindgen wrote.
 *
 * @param {{wanted?: string[], loader?: boolean}} options what the glue is used for, and whether it loads the module itself
 */
export async function shrink(jsFile, wasmFile, { wanted = ['default'], loader = true } = {}) {
  const esbuild = await import('esbuild');
  const written = readFileSync(jsFile, 'utf8');
  const source = loader ? written : withoutLoader(written);
  const used = await shake(esbuild, source, wanted, {});
  const exports = WebAssembly.Module.exports(await WebAssembly.compile(readFileSync(wasmFile)));
  const unused = exports.map(({ name }) => name).filter((name) => !new RegExp(`\\bwasm\\.${escaped(name)}(?![\\w$])`).test(used));
  if (unused.includes('memory')) throw new Stop('The glue of this wasm-bindgen looks different: it calls no "wasm.memory", so scripts/build/shrink.mjs must learn its new form.');

  const output = `${wasmFile}.small`;
  const { module, short } = await optimize(wasmFile, output, unused);
  const imports = `${JSON.stringify(module)}: import0`;
  if (!source.includes(imports)) throw new Stop(`The glue of this wasm-bindgen looks different: ${imports} is not in it, so scripts/build/shrink.mjs must learn its new form.`);
  const js = await shake(esbuild, source.replace(imports, '"a": import0'), wanted, {
    minify: true,
    mangleProps: new RegExp(`^(?:${Object.keys(short).map(escaped).join('|')})$`),
    mangleCache: short,
  });
  const wasm = readFileSync(output);
  await WebAssembly.compile(wasm);
  return { js, wasm, named: readFileSync(`${output}.named`) };
}
