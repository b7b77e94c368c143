// From Trunk's output to what is served: small files under hashed names, precompressed, and the HTML that names them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { inRoot, root } from '../lib/root.mjs';
import { Stop } from '../lib/say.mjs';
import { consumerPage } from './pages.mjs';
import { shrink } from './glue.mjs';
import { partsOf } from '../sizes/parts.mjs';

export const brotli = (bytes) => brotliCompressSync(bytes, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  },
});
export const gzip = (bytes) => gzipSync(bytes, { level: 9 });

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 10);

function only(html, pattern, what) {
  const found = html.match(pattern);
  if (!found) throw new Stop(`Trunk's page has no ${what}: the pattern in scripts/build/finish.mjs and Trunk.toml must go together.`);
  return found;
}

/** What this machine is called must not be shipped. */
export function checkNames(name, bytes) {
  for (const place of [root, homedir()].filter((folder) => folder !== '/')) {
    if (bytes.includes(`${place}/`)) throw new Stop(`${name} names a folder of this machine (${place}): the flags in scripts/build/trunk.mjs no longer cover it.`);
  }
}

/** The files of a page as `{ kind: bytes }`, from Trunk's folder. */
async function files(html, staged, url) {
  const esbuild = await import('esbuild');
  const local = (address) => path.join(staged, address.slice(url.length));
  const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, address]) => readFileSync(local(address), 'utf8'));
  const [, glue, wasm] = only(html, /data-glue="([^"]+)" data-wasm="([^"]+)"/, 'loader');
  const minify = async (code, loader) => Buffer.from((await esbuild.transform(code, { loader, minify: true, legalComments: 'none' })).code);
  const small = await shrink(local(glue), local(wasm));
  return {
    css: await minify(styles.join('\n'), 'css'),
    loader: await minify(readFileSync(path.join(staged, 'loader.js'), 'utf8'), 'js'),
    glue: Buffer.from(small.js),
    wasm: small.wasm,
    named: small.named,
  };
}

/** A language as a page takes it: without what stands around the WebAssembly, which such a page brings in its HTML. */
const spoken = (text) => Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).filter(([key]) => !key.startsWith('shell_')))));

/** The languages beside a page as `[language, bytes]`; English is in the WebAssembly. */
function languages(staged) {
  const folder = path.join(staged, 'messages');
  if (!existsSync(folder)) return [];
  const tags = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).filter((tag) => tag !== 'en');
  return tags.sort().map((tag) => [tag, spoken(readFileSync(path.join(folder, `${tag}.json`), 'utf8'))]);
}

/** The page's HTML with the final names, what is needed first named first. */
function markup(html, address) {
  const head = [
    `<link rel="stylesheet" href="${address.css}">`,
    `<link rel="preload" href="${address.wasm}" as="fetch" type="application/wasm" crossorigin>`,
    `<link rel="modulepreload" href="${address.glue}">`,
    `<script type="module" src="${address.loader}" data-glue="${address.glue}" data-wasm="${address.wasm}"${address.messages ? ` data-messages="${address.messages}"` : ''}></script>`,
  ];
  return html
    .replace(/<link rel="(stylesheet|preload|modulepreload)"[^>]*>/g, '')
    .replace(/<script type="module"[^>]*><\/script>/, '')
    .replace(/<!--.*?-->/gs, '')
    .replace('</head>', `${head.join('\n')}\n</head>`)
    .replace(/\s*\n\s*/g, '\n');
}

/** Writes dist/<page> anew; the old one stays until the new one is whole. */
export async function finish({ name, url }, staged) {
  const html = readFileSync(path.join(staged, 'index.html'), 'utf8');
  const { named, ...content } = await files(html, staged, url);
  const names = { css: ['style', '.css'], loader: ['loader', '.js'], glue: ['glue', '.js'], wasm: [name, '.wasm'] };
  const out = {};
  const address = {};
  for (const [kind, bytes] of Object.entries(content)) {
    const [stem, ending] = names[kind];
    const file = `${stem}-${hash(bytes)}${ending}`;
    out[file] = bytes;
    address[kind] = url + file;
  }
  const texts = languages(staged);
  if (texts.length) {
    const stem = `messages-${hash(Buffer.concat(texts.map(([, bytes]) => bytes)))}-`;
    for (const [tag, bytes] of texts) out[`${stem}${tag}.json`] = bytes;
    address.messages = url + stem;
  }
  out['index.html'] = Buffer.from(markup(html, address));

  const fresh = inRoot('dist', `.${name}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const [file, bytes] of Object.entries(out)) {
    checkNames(file, bytes);
    writeFileSync(path.join(fresh, file), bytes);
    writeFileSync(path.join(fresh, `${file}.br`), brotli(bytes));
    writeFileSync(path.join(fresh, `${file}.gz`), gzip(bytes));
  }
  rmSync(inRoot('dist', name), { recursive: true, force: true });
  renameSync(fresh, inRoot('dist', name));
  if (name === consumerPage) writeFileSync(inRoot('dist', 'parts.json'), JSON.stringify(partsOf(named, brotli), null, 2));
}
