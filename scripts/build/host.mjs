// Shrinks the programs in a folder that Trunk, cargo-leptos or wasm-bindgen has written for a host.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotli, gzip } from '../lib/compress.mjs';
import { Stop } from '../lib/say.mjs';
import { shrink } from './shrink.mjs';

const files = (folder) => readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name));

/** The programs of a folder, as `{ js, wasm }`: each module that has its glue beside it. */
export function programsIn(folder) {
  const modules = files(folder).filter((name) => name.endsWith('.wasm'));
  return modules.map((wasm) => ({ wasm, js: wasm.replace(/(_bg)?\.wasm$/, '.js') })).filter(({ js }) => existsSync(js));
}

/** What a page can import of the glue, but for classes that other crates bring and the loader that waits. */
export function exportsOf(glue) {
  const named = [...glue.matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm)].map(([, name]) => name);
  const listed = [...glue.matchAll(/^export \{(.*)\};?$/gm)].flatMap(([, list]) => list.split(',').map((one) => one.trim().split(/\s+as\s+/).at(-1)));
  return [...named, ...listed].filter((name) => name && name !== 'initSync' && !/^IntoUnderlying/.test(name));
}

const ALGORITHMS = ['sha256', 'sha384', 'sha512'];
const digests = (bytes) => ALGORITHMS.map((name) => `${name}-${createHash(name).update(bytes).digest('base64')}`);

/** Trunk puts a hash of the bytes into the names, so that they can be cached for good. Other bytes need another one. */
function freshStem(js, bytes) {
  const stem = path.basename(js, '.js');
  const hash = createHash('sha256');
  bytes.forEach((one) => hash.update(one));
  return stem.replace(/-[0-9a-f]{16}$/, `-${hash.digest('hex').slice(0, 16)}`);
}

/** In every page, puts one text in the place of another. */
function replaceInPages(folder, replacements) {
  for (const page of files(folder).filter((name) => name.endsWith('.html'))) {
    const before = readFileSync(page, 'utf8');
    const after = replacements.reduce((html, [old, fresh]) => html.replaceAll(old, fresh), before);
    if (after !== before) writeFileSync(page, after);
  }
}

const weight = (...all) => ['raw', 'gzip', 'brotli'].map((kind) => (
  all.reduce((sum, bytes) => sum + { raw: bytes, gzip: gzip(bytes), brotli: brotli(bytes) }[kind].length, 0)
));

/** The tools are the host's to bring: whoever does not shrink does not need them. */
async function checkTools() {
  for (const name of ['binaryen', 'esbuild']) {
    await import(name).catch(() => { throw new Stop(`countersign-shrink needs npm's ${name}: "npm install --save-dev binaryen@132 esbuild".`); });
  }
}

/** Shrinks a program. Its files stay as they are. */
async function shrunk({ js, wasm }, small) {
  const glue = readFileSync(js, 'utf8');
  if (!glue.includes('__wbg_get_imports')) throw new Stop(`${js} is not as wasm-bindgen wrote it. Was it shrunk before, or by Trunk ("minify")?`);
  await checkTools();
  const work = mkdtempSync(path.join(tmpdir(), 'countersign-shrink-'));
  try {
    const copy = path.join(work, 'program.wasm');
    copyFileSync(wasm, copy);
    return await shrink(js, copy, { wanted: exportsOf(glue), small, foreign: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Puts the new bytes in the place of the former ones, and the new names and hashes into the pages that name them. */
export function replace(folder, { js, wasm }, made) {
  const [old, stem] = [path.basename(js, '.js'), freshStem(js, [made.js, made.wasm])];
  const glue = made.js.replaceAll(old, stem);
  const hashes = [[js, glue], [wasm, made.wasm]].flatMap(([file, fresh]) => {
    const renewed = digests(fresh);
    return digests(readFileSync(file)).map((digest, at) => [digest, renewed[at]]);
  });
  for (const [file, bytes] of [[js, glue], [wasm, made.wasm]]) {
    rmSync(file);
    writeFileSync(path.join(path.dirname(file), path.basename(file).replace(old, stem)), bytes);
  }
  replaceInPages(folder, [...hashes, ...(stem === old ? [] : [[old, stem]])]);
  return Buffer.from(glue);
}

/**
 * Shrinks every program in a folder, and returns `[{ name, before, after }]`: the bytes of glue and module
 * together, raw, in gzip and in brotli.
 *
 * @param {{small: boolean}} how whether the compiler used the size options
 */
export async function shrinkFolder(folder, { small }) {
  const programs = programsIn(folder);
  if (!programs.length) throw new Stop(`There is no program in ${folder}: no .wasm that has its .js beside it.`);
  const rows = [];
  for (const program of programs) {
    const before = weight(readFileSync(program.js), readFileSync(program.wasm));
    const made = await shrunk(program, small);
    rows.push({ name: path.basename(program.js, '.js'), before, after: weight(replace(folder, program, made), made.wasm) });
  }
  return rows;
}
