// Prints the size of the consumer page and checks it against the budget.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { brotli, gzip } from './lib/compress.mjs';
import { consumerPage, siteStamp } from './build/pages.mjs';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/root.mjs';
import { Stop } from './lib/say.mjs';
import { keep } from './sizes/budget.mjs';
import { untilAllow } from './sizes/until-allow.mjs';

const WEIGHED = /\.(html|css|js|wasm)$/;
const number = (value) => value.toLocaleString('en-US').padStart(9);

/** The raw, gzip and brotli sizes of every file in a folder. */
function weights(folder) {
  const names = readdirSync(folder).filter((name) => WEIGHED.test(name)).sort();
  return names.map((name) => {
    const bytes = readFileSync(path.join(folder, name));
    return { name, raw: bytes.length, gzip: gzip(bytes).length, brotli: brotli(bytes).length };
  });
}

/** Prints what each part of the page's WebAssembly adds, and the sizes of optional files. */
function costs(width) {
  const file = inRoot('dist', 'parts.json');
  if (existsSync(file)) {
    console.log('\nwhat each part of the WebAssembly adds');
    for (const { part, raw, brotli: small } of JSON.parse(readFileSync(file, 'utf8'))) console.log(`${part.padEnd(width)} ${number(raw)} ${''.padStart(9)} ${number(small)}`);
  }
  console.log('\nloaded where it is needed: one language, one theme');
  for (const folder of ['messages', 'style/themes']) {
    const sizes = readdirSync(inRoot(folder)).filter((name) => !name.startsWith('en.')).map((name) => brotli(Buffer.from(readFileSync(inRoot(folder, name)))).length).sort((one, other) => one - other);
    console.log(`${`${folder}, ${sizes.length} of them, from and to`.padEnd(width)} ${''.padStart(9)} ${number(sizes[0])} ${number(sizes.at(-1))}`);
  }
  console.log('');
}

/** Prints the sizes of the page's files and their sum. Stops if the sum is over the budget. */
export function weigh(folder = inRoot('dist', consumerPage), small = siteStamp.isSmall()) {
  if (!existsSync(path.join(folder, 'index.html'))) throw new Stop(`There is no built page in ${path.relative(inRoot(), folder)}: run "npm run build" first.`);
  const rows = weights(folder);
  const sum = { name: 'the consumer page, whole', raw: 0, gzip: 0, brotli: 0 };
  for (const row of rows) for (const kind of ['raw', 'gzip', 'brotli']) sum[kind] += row[kind];
  const width = Math.max(...[...rows, sum].map(({ name }) => name.length));
  const line = ({ name, ...row }) => `${name.padEnd(width)} ${number(row.raw)} ${number(row.gzip)} ${number(row.brotli)}`;
  console.log(`${'bytes'.padEnd(width)} ${'raw'.padStart(9)} ${'gzip'.padStart(9)} ${'brotli'.padStart(9)}`);
  for (const row of [...rows, sum]) console.log(line(row));
  costs(width);
  // All of the page is on the way to the card.
  untilAllow([{ goal: 'page', title: sum.name, bytes: sum.brotli }]);
  keep('page', 'The consumer page', sum.brotli, small);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { folder: { type: 'string' } } });
  await main(() => (values.folder ? weigh(path.resolve(values.folder), true) : weigh()));
}
