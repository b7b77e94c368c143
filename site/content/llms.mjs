// What programs read: every page as Markdown, at the page's address with `.md`, and `llms.txt`, which lists them.
import { resolved, site } from './address.mjs';
import { documents, menu } from './documents.mjs';
import { errors } from './errors.mjs';
import { reference } from './reference.mjs';

/** The address of a page as Markdown. */
export const markdownAddress = (url) => `${url.replace(/\/$/, '')}.md`;

const isPage = (url) => /^\/[\w/-]*\/(#|$)/.test(url) && !url.startsWith('/gallery/') && !url.startsWith('/theme-editor/');

/** A link as programs follow it: to the page as Markdown, from wherever the text is read. */
function followed(link, from) {
  const to = resolved(link, from);
  if (!to.startsWith('/')) return to;
  const [url, anchor] = to.split('#');
  return `${site}${isPage(url) ? markdownAddress(url) : url}${anchor ? `#${anchor}` : ''}`;
}

const inText = (text, from) => text.split(/(^```.*?^```$)/gms).map((part, index) => (
  index % 2 ? part : part.replace(/\]\(([^)\s]+)\)/g, (_, link) => `](${followed(link, from)})`)
)).join('');

/** `{ url, text }` of every page that has a text. */
export const texts = [...documents, ...errors, ...reference].map(({ url, text, file }) => ({ url: markdownAddress(url), text: inText(text, file) }));

const line = ({ url, title, summary }) => `- [${title}](${site}${markdownAddress(url)})${summary ? `: ${summary}` : ''}`;

/** The list of all pages, as llmstxt.org describes it. */
export function llms(lead) {
  const byUrl = new Map([...documents, ...reference].map((it) => [it.url, it]));
  const chapters = menu.map(([title, entries]) => [title, entries.map(({ url }) => byUrl.get(url)).filter(Boolean)]);
  return [
    '# Countersign', '', `> ${lead}`, '',
    ...chapters.flatMap(([title, pages]) => [`## ${title}`, '', ...pages.map(line), '']),
    '## API, call by call', '', ...reference.slice(1).map(line), `- [OpenAPI description](${site}/openapi.yaml)`, '',
    '## Error codes', '', ...errors.map(line), '',
    '## Optional', '', ...documents.filter(({ file }) => file.startsWith('docs/decisions/') && !file.endsWith('README.md')).map(line), '',
  ].join('\n');
}
