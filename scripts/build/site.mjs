// Writes the pages of the site: minified, precompressed files with hashed names, and their HTML. The
// sources of a page are listed in its HTML in Trunk's format, so that Trunk alone can build it too.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { targets } from '../lib/browsers.mjs';
import { brotli, gzip } from '../lib/compress.mjs';
import { inRoot } from '../lib/root.mjs';
import { Stop } from '../lib/say.mjs';
import { partsOf } from '../sizes/parts.mjs';
import { bindgen } from './bindgen.mjs';
import { checkNames } from './compile.mjs';
import { consumerPage } from './pages.mjs';

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 10);

const TRUNK = /<link data-trunk ([^>]*)>/g;

/** The page's HTML with the fragments that Trunk puts in. */
const whole = (file) => readFileSync(file, 'utf8').replace(/<link data-trunk rel="inline" href="([^"]*)">/g, (_, href) => (
  readFileSync(path.resolve(path.dirname(file), href), 'utf8')
));

/** The `<link data-trunk>` tags of a page as `{ rel, href, bin }`. `href` is an absolute path. */
function parts(html, file) {
  return [...html.matchAll(TRUNK)].map(([, attributes]) => {
    const { rel, href, 'data-bin': bin } = Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    return { rel, href: path.resolve(path.dirname(file), href), bin };
  });
}

/** Removes the texts that are shown without the WebAssembly: a page has them in its HTML. */
const spoken = (text) => Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).filter(([key]) => !key.startsWith('shell_')))));

/** The languages of a folder as `[language, bytes]`. English is in the WebAssembly. */
function languages(folder) {
  const tags = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).filter((tag) => tag !== 'en');
  return tags.sort().map((tag) => [tag, spoken(readFileSync(path.join(folder, `${tag}.json`), 'utf8'))]);
}

/** A page's script with what it imports. */
async function script(esbuild, file) {
  const { outputFiles } = await esbuild.build({ entryPoints: [file], bundle: true, write: false, format: 'esm', minify: true, legalComments: 'none', target: targets, logLevel: 'error' });
  return Buffer.from(outputFiles[0].contents);
}

/** Returns the files of a page (`css`, `loader`, `glue`, `wasm`), its languages, and the module with function names. */
async function content({ name, html: file, bin: other, ahead }, html, compiled, how) {
  const esbuild = await import('esbuild');
  const minify = async (code, loader) => Buffer.from((await esbuild.transform(code, { loader, minify: true, legalComments: 'none', target: targets })).code);
  const all = parts(html, inRoot(file));
  const of = (kind) => all.filter(({ rel }) => rel === kind);
  const [{ bin } = {}] = of('rust');
  const [{ href: loader } = {}] = of('copy-file');
  if (!bin || !loader) throw new Stop(`${file} has no data-trunk link of a program or of a loader, and scripts/build/site.mjs needs both.`);
  const { js, wasm, named } = await bindgen(name, compiled(other ?? bin), how);
  const files = {
    css: await minify(of('css').map(({ href }) => readFileSync(href, 'utf8')).join('\n'), 'css'),
    loader: ahead ? await script(esbuild, path.join(path.dirname(loader), ahead)) : await minify(readFileSync(loader, 'utf8'), 'js'),
    glue: Buffer.from(js),
    wasm,
  };
  return { files, named, texts: of('copy-dir').flatMap(({ href }) => languages(href)) };
}

/** What the page that follows loads, as attributes of the loader's tag. */
function following(next) {
  if (!next) return '';
  const html = readFileSync(inRoot('dist', next, 'index.html'), 'utf8');
  const files = [...html.matchAll(/<(?:link|script)[^>]* (?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address]) => address);
  const [, messages] = html.match(/ data-messages="([^"]*)"/);
  const stem = path.basename(messages);
  const tags = readdirSync(inRoot('dist', next)).filter((name) => name.startsWith(stem) && name.endsWith('.json')).map((name) => name.slice(stem.length, -'.json'.length));
  return ` data-next="${files.join(' ')}" data-next-messages="${messages}" data-next-languages="${tags.sort().join(' ')}"`;
}

/** The page's HTML with the final file names. Files that are needed first come first. */
function markup(html, address, next) {
  const head = [
    `<link rel="stylesheet" href="${address.css}">`,
    `<link rel="preload" href="${address.wasm}" as="fetch" type="application/wasm" crossorigin>`,
    `<link rel="modulepreload" href="${address.glue}">`,
    `<script type="module" src="${address.loader}" data-glue="${address.glue}" data-wasm="${address.wasm}"${address.messages ? ` data-messages="${address.messages}"` : ''}${following(next)}></script>`,
  ];
  return html
    .replace(TRUNK, '')
    .replace(/<!--.*?-->/gs, '')
    .replace('</head>', `${head.join('\n')}\n</head>`)
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

/** Every file of a page by its final name. */
function named({ name, url, next }, html, { files, texts }) {
  const names = { css: ['style', '.css'], loader: ['loader', '.js'], glue: ['glue', '.js'], wasm: [name, '.wasm'] };
  const out = {};
  const address = {};
  for (const [kind, bytes] of Object.entries(files)) {
    const [stem, ending] = names[kind];
    const file = `${stem}-${hash(bytes)}${ending}`;
    out[file] = bytes;
    address[kind] = url + file;
  }
  if (texts.length) {
    const stem = `messages-${hash(Buffer.concat(texts.map(([, bytes]) => bytes)))}-`;
    for (const [tag, bytes] of texts) out[`${stem}${tag}.json`] = bytes;
    address.messages = url + stem;
  }
  return { ...out, 'index.html': Buffer.from(markup(html, address, next)) };
}

/** Writes dist/<page>. The old folder is replaced when the new one is complete. */
export async function page(which, compiled, how) {
  const { name } = which;
  const html = whole(inRoot(which.html));
  const made = await content(which, html, compiled, how);
  const fresh = inRoot('dist', `.${name}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const [file, bytes] of Object.entries(named(which, html, made))) {
    checkNames(file, bytes);
    writeFileSync(path.join(fresh, file), bytes);
    writeFileSync(path.join(fresh, `${file}.br`), brotli(bytes));
    writeFileSync(path.join(fresh, `${file}.gz`), gzip(bytes));
  }
  rmSync(inRoot('dist', name), { recursive: true, force: true });
  renameSync(fresh, inRoot('dist', name));
  if (name === consumerPage) writeFileSync(inRoot('dist', 'parts.json'), JSON.stringify(partsOf(made.named, brotli), null, 2));
}
