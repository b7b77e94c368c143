// The documentation site, built by Eleventy into target/site: `npm run docs`.
import { copied } from './content/address.mjs';
import { documents, menu } from './content/documents.mjs';
import { errors, listed } from './content/errors.mjs';
import { headersFile } from './content/headers.mjs';
import { llms, markdownAddress, texts } from './content/llms.mjs';
import { lead } from './content/readme.mjs';
import { reference } from './content/reference.mjs';
import { searchIndex } from './content/search.mjs';

/** Files of the repository, by their place on the site. The gallery is the demo's, as it was built. */
const FILES = {
  'dist/gallery/index.html': 'gallery/index.html',
  'dist/gallery/*.{js,css,wasm,json}': 'assets/gallery',
  'examples/authorization-server/site/favicon.svg': 'favicon.svg',
  'style/tokens.css': 'assets/docs/tokens.css',
  'style/themes': 'assets/docs/themes',
  'site/client': 'assets/docs',
  'site/node_modules/minisearch/dist/es/index.js': 'assets/docs/minisearch.js',
  ...Object.fromEntries(Object.entries(copied).map(([from, to]) => [from, to.slice(1)])),
};

const withMarkdown = (page) => ({ ...page, markdown: markdownAddress(page.url) });

export default function config(eleventy) {
  eleventy.addPassthroughCopy(FILES);
  // The scenes name the logos without an ending.
  eleventy.addPassthroughCopy({ 'examples/authorization-server/site/logos': 'logos' }, { rename: (name) => name.replace(/\.svg$/, '') });
  eleventy.addGlobalData('menu', () => menu);
  eleventy.addGlobalData('articles', () => [...documents, ...errors, ...reference].map(listed).map(withMarkdown));
  eleventy.addGlobalData('texts', () => [...texts, { url: '/llms.txt', text: llms(lead) }, { url: '/_headers', text: headersFile() }, { url: '/search.json', text: searchIndex() }]);
  for (const folder of ['docs', 'api', 'site/content', 'site/layouts']) eleventy.addWatchTarget(`./${folder}/`, { resetConfig: true });
  eleventy.setUseGitIgnore(false);
  return { dir: { input: 'site/pages', includes: '../layouts', layouts: '../layouts', output: 'target/site' } };
}
