// Writes the snippets of docs/hosts into its pages: the block after `<!-- snippet: vue/Authorize.vue -->` is that file.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/root.mjs';

const pages = inRoot('docs', 'hosts');
const folder = path.join(pages, 'snippets');
const BLOCK = /^<!-- snippet: (\S+) -->\n```\w*\n[\s\S]*?^```$/gm;

/** A page with its snippets as they are. */
export const withSnippets = (text) => text.replace(BLOCK, (_, name) => (
  `<!-- snippet: ${name} -->\n\`\`\`${path.extname(name).slice(1)}\n${readFileSync(path.join(folder, name), 'utf8').trimEnd()}\n\`\`\``
));

/** The pages, by name. */
export const hostPages = () => readdirSync(pages).filter((name) => name.endsWith('.md')).map((name) => [name, readFileSync(path.join(pages, name), 'utf8')]);

/** The snippets, by their paths in docs/hosts/snippets. */
export const snippetFiles = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile())
  .map((it) => path.relative(folder, path.join(it.parentPath, it.name)));

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    for (const [name, text] of hostPages()) writeFileSync(path.join(pages, name), withSnippets(text));
  });
}
