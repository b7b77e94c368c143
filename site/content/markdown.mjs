// Markdown as HTML: headings with the anchors that GitHub gives them, links to where they lead on the site, and code in colours by
// classes, since the site's policy has no inline style.
import hljs from 'highlight.js';
import markdownIt from 'markdown-it';
import anchor from 'markdown-it-anchor';
import { resolved, wordsOf } from './address.mjs';

const ALIASES = { svelte: 'html', vue: 'html', jsx: 'javascript', toml: 'ini', http: 'plaintext', mermaid: 'plaintext' };

/** The classes of the colours, without the tool's own frame. */
export function highlight(code, language) {
  const known = ALIASES[language] ?? language;
  if (!known || !hljs.getLanguage(known)) return '';
  return hljs.highlight(code, { language: known }).value;
}

/** A heading's anchor, as GitHub makes it. */
export const slug = (heading) => heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');

const markdown = markdownIt({ html: true, highlight });

/** The anchors link to themselves. They are collected for the page's list of its parts. */
markdown.use(anchor, { slugify: slug, tabIndex: false, permalink: anchor.permalink.headerLink() });

const HTML_ADDRESS = /\b(src|srcset|href)="([^"]+)"/g;

/** Headings of the document, for the list of its parts. */
function collect(tokens, env) {
  env.headings = tokens.flatMap((token, index) => (token.type === 'heading_open'
    ? [{ level: Number(token.tag.slice(1)), id: token.attrGet('id'), text: plain(tokens[index + 1]) }]
    : []));
}

const plain = ({ children }) => children.filter(({ type }) => ['text', 'code_inline'].includes(type)).map(({ content }) => content).join('');

function relink(token, from) {
  for (const name of ['href', 'src']) {
    const link = token.attrGet(name);
    if (link) token.attrSet(name, resolved(link, from));
  }
  if (token.type.startsWith('html_')) {
    token.content = token.content.replace(HTML_ADDRESS, (_, name, link) => `${name}="${resolved(link, from)}"`);
  }
  (token.children ?? []).forEach((child, index, all) => {
    const words = all[index + 1];
    if (child.type === 'link_open' && words.type === 'text') words.content = wordsOf(words.content, child.attrGet('href'), from);
    relink(child, from);
  });
}

markdown.core.ruler.push('site', ({ tokens, env }) => {
  collect(tokens, env);
  dressCells(tokens);
  for (const token of tokens) relink(token, env.from);
});

/** Sides of columns are classes, and a head without words is none. */
function dressCells(tokens) {
  tokens.forEach((token, index) => {
    if (!/^t[hd]_open$/.test(token.type)) return;
    const side = token.attrGet('style')?.match(/text-align:(\w+)/)?.[1];
    token.attrs = side ? [['class', `side-${side}`]] : null;
    if (tokens[index + 1].content) return;
    token.tag = 'td';
    tokens[index + 2].tag = 'td';
  });
}

/** A table wider than a phone scrolls by itself, and by the keyboard. */
markdown.renderer.rules.table_open = () => '<div class="table" role="group" aria-label="Table" tabindex="0"><table>';
markdown.renderer.rules.table_close = () => '</table></div>';
markdown.renderer.rules.fence = (tokens, index) => code(tokens[index].content, tokens[index].info.trim());

export const escaped = (text) => markdown.utils.escapeHtml(String(text));

/** A sample of code. */
export const code = (text, language = '') => (
  `<pre class="sample" tabindex="0" data-language="${escaped(language)}"><code>${highlight(text, language) || escaped(text)}</code></pre>\n`
);

/** The HTML of a document's text, and its headings. `from` is its path, for its links. */
export function rendered(text, from) {
  const env = { from };
  return { html: markdown.render(text, env), headings: env.headings };
}

/** The HTML of a sentence. */
export const inline = (text, from) => markdown.renderInline(text, { from });
