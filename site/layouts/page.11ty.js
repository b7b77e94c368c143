// The frame of every page. Nothing in it is inline: neither a script nor a style.
import { site } from '../content/address.mjs';
import { escaped } from '../content/markdown.mjs';

const current = (url, page) => (url === page ? ' aria-current="page"' : '');

const menuOf = (menu, page) => menu.map(([title, entries]) => `<h2>${escaped(title)}</h2>
<ul>${entries.map(({ url, title: name }) => `<li><a href="${url}"${current(url, page)}>${escaped(name)}</a></li>`).join('')}</ul>`).join('\n');

/** The parts of a long page. */
function partsOf(headings) {
  const parts = headings.filter(({ level }) => level === 2);
  if (parts.length < 2) return '';
  return `<nav class="parts" aria-label="On this page"><h2>On this page</h2>
<ul>${parts.map(({ id, text }) => `<li><a href="#${escaped(id)}">${escaped(text)}</a></li>`).join('')}</ul></nav>`;
}

const head = ({ title, summary, url, markdown, scripts }) => `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}${title === 'Countersign' ? '' : ' · Countersign'}</title>
<meta name="description" content="${escaped(summary ?? title)}">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/docs/tokens.css">
<link rel="stylesheet" href="/assets/docs/site.css">
${site ? `<link rel="canonical" href="${escaped(site + url)}">\n` : ''}${markdown ? `<link rel="alternate" type="text/markdown" href="${escaped(markdown)}">\n` : ''}${['search', 'copy', ...scripts].map((name) => `<script type="module" src="/assets/docs/${name}.js"></script>`).join('\n')}`;

export default {
  render({ content, article = {}, title = article.title, summary = article.summary, menu, wide, scripts = [], page: { url } }) {
    const { headings = [], markdown } = article;
    return `<!doctype html>
<html lang="en">
<head>
${head({ title, summary, url, markdown, scripts })}
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<a class="brand" href="/"><img src="/favicon.svg" alt="" width="24" height="24">Countersign</a>
<form id="search" role="search" hidden><input type="search" aria-label="Search" placeholder="Search  /" autocomplete="off" spellcheck="false"><ul id="found" hidden aria-label="Found"></ul></form>
<button class="menu-button" popovertarget="menu">Menu</button>
</header>
<div class="frame${wide ? ' wide' : ''}">
<nav id="menu" popover aria-label="Documentation">
${menuOf(menu, url)}
</nav>
<main id="content">
${content}
${markdown ? `<footer><a href="${escaped(markdown)}">This page as Markdown</a> · <a href="/llms.txt">All pages for programs</a></footer>` : ''}
</main>
${partsOf(headings)}
</div>
</body>
</html>
`;
  },
};
