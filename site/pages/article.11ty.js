// The pages that are made of a text: documents, error codes, the reference of the API.
import { escaped } from '../content/markdown.mjs';

export const data = {
  pagination: { data: 'articles', size: 1, alias: 'article' },
  layout: 'page.11ty.js',
  permalink: ({ article }) => article.url,
};

export const render = ({ article: { code, group, html } }) => `<article>${code ? `<p class="above"><a href="/errors/">Errors</a> › ${escaped(group)}</p>\n<h1><code>${escaped(code)}</code></h1>\n` : ''}${html}</article>`;
