// A page for each error code: its part of docs/errors.md, and the likely causes that the console names.
import { readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { document } from './documents.mjs';
import { escaped, inline, rendered } from './markdown.mjs';

const FILE = 'docs/errors.md';
const CAUSES = Object.entries(JSON.parse(readFileSync(inRoot('components', 'web', 'src', 'causes.json'), 'utf8')));

/** When the console names a cause, of the variants that `debug/failure.ts` knows. */
const WHEN = {
  elsewhere: 'the API is on another origin',
  thrown: 'a backend of your own threw',
  empty: 'the body is empty',
  page: 'the body is a page',
  text: 'the body is not JSON',
  type: 'the content type is another',
};

const causesOf = (code) => CAUSES.filter(([key]) => key.split(' ')[0] === code).map(([key, text]) => ({ when: key.split(' ')[1], text }));

/** The parts of the document below its headings `### `code``. */
function parts(text) {
  return text.split(/^## /m).slice(1).flatMap((chapter) => {
    const [group] = chapter.split('\n', 1);
    return [...chapter.matchAll(/^### `(\w+)`\n([\s\S]*?)(?=^### |(?![\s\S]))/gm)].map(([, code, body]) => ({ group, code, body: body.trim() }));
  });
}

const label = ({ when }) => (when ? (WHEN[when] ?? `status ${when}`) : 'mostly');

function causes(code) {
  const rows = causesOf(code).map((cause) => `<dt>${escaped(label(cause))}</dt><dd>${inline(cause.text, FILE)}</dd>`);
  return `<h2 id="likely-cause">What the console calls likely</h2>\n<dl class="facts">${rows.join('\n')}</dl>`;
}

const markdownOf = ({ code, group, body }) => [
  `# ${code}`, '', `An error code of Countersign. ${group}.`, '', body, '', '## What the console calls likely', '',
  ...causesOf(code).map((cause) => `- ${label(cause)}: ${cause.text}`), '',
].join('\n');

/** `{ code, group, url, title, summary, html, text }` of every code. */
export const errors = parts(document(FILE).text).map((part) => ({
  ...part,
  file: FILE,
  url: `/errors/${part.code}/`,
  title: part.code,
  summary: `What the error code ${part.code} means, and what to do.`,
  text: markdownOf(part),
  html: `${rendered(part.body, FILE).html}\n${causes(part.code)}`,
  headings: [],
}));

/** The list of all codes, whose headings lead to the page of each. */
export const listed = (article) => (article.file !== FILE || article.code ? article : {
  ...article,
  html: errors.reduce((html, { code, url }) => html.replace(`href="#${code}"`, `href="${url}"`), article.html),
});
