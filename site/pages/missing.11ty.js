export const data = { layout: 'page.11ty.js', permalink: '/404.html', title: 'There is no such page', article: {} };

export const render = () => '<h1>There is no such page</h1>\n<p>Search for it above, or see <a href="/docs/">which question each page answers</a>.</p>';
