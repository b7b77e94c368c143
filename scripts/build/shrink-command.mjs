// Writes `countersign-shrink` into the npm package: scripts/shrink.mjs in one file, for Leptos hosts that have no checkout of this project.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { targets } from '../lib/browsers.mjs';
import { inRoot } from '../lib/root.mjs';

/** The oldest Node that the package is for, as esbuild takes it. */
const { engines } = JSON.parse(readFileSync(inRoot('components', 'element', 'package.json'), 'utf8'));
const target = engines.node.replace('>=', 'node');

/** The list of browsers is in the package.json of this project, which the package does not have. */
const browsers = {
  name: 'browsers',
  setup: (build) => build.onLoad({ filter: /[\\/]lib[\\/]browsers\.mjs$/ }, () => ({ contents: `export const targets = ${JSON.stringify(targets)};` })),
};

/** Writes the command into a folder of the package. `banner` is the first line of the script. */
export async function shrinkCommand(out, banner) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    entryPoints: [inRoot('scripts', 'shrink.mjs')],
    outfile: path.join(out, 'main.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target,
    // Tools of the host: few need them.
    external: ['binaryen', 'esbuild'],
    banner: { js: banner },
    plugins: [browsers],
    logLevel: 'warning',
  });
}
