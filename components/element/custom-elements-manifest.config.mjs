// What the analyzer reads; scripts/build/manifest.mjs adds what stands in style sheets.
export default {
  globs: ['components/element/ts/element/elements.ts', 'components/element/ts/element/base.ts', 'components/element/ts/element/properties.ts'],
  outdir: 'target/npm/manifest',
  packagejson: false,
};
