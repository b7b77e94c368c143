// Makes wasm and glue small together: what the glue never calls goes, and the long hashed names between the two become short ones.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { Stop } from '../lib/say.mjs';

const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The glue without what a page does not use: only the start function is asked for, so classes for other scripts fall away once their
 * registries and symbols are known to have no effect of their own.
 */
async function shake(esbuild, source, options) {
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
    stdin: { contents: "export { default } from 'glue'" },
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

async function optimize(input, output, unused) {
  // Flattened twice, and functions of like names side by side for the compressor: two percent, over -Oz alone.
  const passes = ['--flatten', '--rereloop', '-Oz', '--flatten', '--rereloop', '-Oz', '-Oz', '--reorder-functions-by-name'];
  const names = ['--strip-debug', '--strip-producers', '--strip-target-features', '--minify-imports-and-exports-and-modules'];
  const removed = unused.length ? [`--remove-exports=${unused.join(',')}`] : [];
  // No feature flags: wasm-opt reads the module's own list; with --all-features it writes modules that browsers refuse.
  const args = [inRoot('node_modules', 'binaryen', 'bin', 'wasm-opt'), ...removed, ...passes, ...names, input, '-o', output];
  const mapping = JSON.parse(await run(process.execPath, args, { what: 'wasm-opt', quiet: true }));
  return {
    module: mapping.imports[0]?.[0],
    short: Object.fromEntries([...mapping.imports.map(([, name, to]) => [name, to]), ...mapping.exports]),
  };
}

/** Answers `{ js, wasm }`, ready to be shipped, from what wasm-bindgen wrote. */
export async function shrink(jsFile, wasmFile) {
  const esbuild = await import('esbuild');
  const source = readFileSync(jsFile, 'utf8');
  const used = await shake(esbuild, source, {});
  const exports = WebAssembly.Module.exports(await WebAssembly.compile(readFileSync(wasmFile)));
  const unused = exports.map(({ name }) => name).filter((name) => !new RegExp(`\\bwasm\\.${escaped(name)}(?![\\w$])`).test(used));
  if (unused.includes('memory')) throw new Stop('The glue of this wasm-bindgen looks different: it calls no "wasm.memory", so scripts/build/glue.mjs must learn its new form.');

  const output = `${wasmFile}.small`;
  const { module, short } = await optimize(wasmFile, output, unused);
  const imports = `${JSON.stringify(module)}: import0`;
  if (!source.includes(imports)) throw new Stop(`The glue of this wasm-bindgen looks different: ${imports} is not in it, so scripts/build/glue.mjs must learn its new form.`);
  const js = await shake(esbuild, source.replace(imports, '"a": import0'), {
    minify: true,
    mangleProps: new RegExp(`^(?:${Object.keys(short).map(escaped).join('|')})$`),
    mangleCache: short,
  });
  const wasm = readFileSync(output);
  await WebAssembly.compile(wasm);
  return { js, wasm };
}
