// How pages are found: for the index (site/content/search.mjs), and for whoever reads it.
export const OPTIONS = {
  fields: ['title', 'part', 'text'],
  storeFields: ['title', 'part'],
  searchOptions: { boost: { title: 3, part: 2 }, prefix: true, fuzzy: 0.1, combineWith: 'AND' },
};
