// Writes `countersign/check` and its command into the npm package, with everything that they need: whoever runs the check installs
// nothing else, and needs no network but that of the server.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeContract } from '../check-contract.mjs';
import { inRoot } from '../lib/root.mjs';

const SOURCE = inRoot('server', 'node', 'src', 'check');
/** The oldest Node that the package is for, as esbuild takes it. */
const { engines } = JSON.parse(readFileSync(inRoot('components', 'element', 'package.json'), 'utf8'));
const target = engines.node.replace('>=', 'node');

/** The folder of the package that a bundled file belongs to, or `undefined`. */
const packageOf = (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

/** The licences of all packages that are bundled. Each wants to stand beside its code. */
function licences(inputs) {
  const folders = [...new Set(Object.keys(inputs).map(packageOf).filter(Boolean))].sort();
  return folders.map((folder) => {
    const { name, version } = JSON.parse(readFileSync(inRoot(folder, 'package.json'), 'utf8'));
    const file = readdirSync(inRoot(folder)).find((one) => /^licen[cs]e(\.\w+)?$/i.test(one));
    if (file === undefined) throw new Error(`${name} has no file of its licence.`);
    return `${name} ${version}\n\n${readFileSync(inRoot(folder, file), 'utf8').trim()}\n`;
  }).join(`\n${'-'.repeat(80)}\n\n`);
}

/** Copies a declaration, and those that it names. The other ones name packages that a host does not have. */
function declare(from, to, name, seen = new Set()) {
  const file = path.join(from, name);
  if (seen.has(file) || !existsSync(file)) return;
  seen.add(file);
  const text = readFileSync(file, 'utf8').replace(/(from '\.[^']*)\.ts'/g, "$1.js'");
  mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
  writeFileSync(path.join(to, name), text);
  for (const [, other] of text.matchAll(/from '(\.[^']*)\.js'/g)) declare(from, to, path.join(path.dirname(name), `${other}.d.ts`), seen);
}

/**
 * Writes the check into a folder of the package.
 *
 * @param {string} out the folder
 * @param {{declared: string, banner: string}} of the folder of its declarations, and the first line of every script
 */
export async function checkFiles(out, { declared, banner }) {
  const esbuild = await import('esbuild');
  const { metafile } = await esbuild.build({
    entryPoints: ['index', 'main'].map((name) => path.join(SOURCE, `${name}.ts`)),
    absWorkingDir: inRoot(),
    outdir: out,
    bundle: true,
    splitting: true,
    // Beside the entries, because the description of the API is looked for beside the script.
    chunkNames: '[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target,
    // Reads the description of a repository, which a package does not have.
    external: ['yaml'],
    legalComments: 'none',
    metafile: true,
    banner: { js: banner },
    logLevel: 'warning',
  });
  await writeContract(path.join(out, 'contract.json'));
  writeFileSync(path.join(out, 'LICENSES.txt'), licences(metafile.inputs));
  declare(declared, out, 'index.d.ts');
}
