// What programs read: pages as Markdown, llms.txt, the index of the search, the headers for hosts of static files.
export const data = {
  pagination: { data: 'texts', size: 1, alias: 'one' },
  permalink: ({ one }) => one.url,
};

export const render = ({ one }) => one.text;
