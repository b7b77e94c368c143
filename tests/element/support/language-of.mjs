// The choice of a language as the package's script makes it, as a function.
import { build } from 'esbuild';
import { inRoot } from '../../../scripts/lib/root.mjs';

const result = await build({ entryPoints: [inRoot('components', 'element', 'ts', 'element', 'language.ts')], bundle: true, write: false, format: 'esm', logLevel: 'error' });
export const { languageOf } = await import(`data:text/javascript,${encodeURIComponent(result.outputFiles[0].text)}`);
