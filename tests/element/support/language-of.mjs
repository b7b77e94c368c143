// The choice of a language as the package's script makes it, as a function.
import { build } from 'esbuild';
import { inRoot } from '../../../scripts/lib/root.mjs';

const glue = {
  name: 'glue',
  setup(at) {
    at.onResolve({ filter: /^countersign:glue$/ }, ({ path }) => ({ path, namespace: 'none' }));
    at.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'export const begin = undefined, imports = undefined;' }));
  },
};
const result = await build({ entryPoints: [inRoot('components', 'element', 'ts', 'element', 'language.ts')], bundle: true, write: false, format: 'esm', plugins: [glue], logLevel: 'error' });
export const { languageOf } = await import(`data:text/javascript,${encodeURIComponent(result.outputFiles[0].text)}`);
