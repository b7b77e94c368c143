// The tables of components/element/ts/react/stytch.ts, as a program reads them.
import { build } from 'esbuild';
import { inRoot } from '../../../scripts/lib/root.mjs';

const result = await build({ entryPoints: [inRoot('components', 'element', 'ts', 'react', 'stytch.ts')], write: false, format: 'esm', logLevel: 'error' });
export const { STRINGS, THEME } = await import(`data:text/javascript,${encodeURIComponent(result.outputFiles[0].text)}`);
