// `countersign/render` of the built package, in this process, where there is no DOM.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../../../scripts/lib/root.mjs';

const folder = inRoot('target', 'npm', 'package', 'dist', 'render');
const { createRenderer, RenderError } = await import(pathToFileURL(`${folder}/index.js`));

export { RenderError };
export const render = await createRenderer(readFileSync(`${folder}/render.wasm`));
