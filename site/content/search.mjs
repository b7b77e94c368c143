// The index of the search, made when the site is built. The page's script reads it with the same options.
import MiniSearch from 'minisearch';
import { OPTIONS } from '../client/search-options.js';
import { documents } from './documents.mjs';
import { errors } from './errors.mjs';
import { slug } from './markdown.mjs';
import { reference } from './reference.mjs';

const plain = (text) => text.replace(/```\w*|[`*_|#>]|\]\([^)]*\)|\[/g, ' ').replace(/\s+/g, ' ').trim();

/** The parts of a page: what is above its first heading, and what is below each. */
function parts({ url, title, text }) {
  const [head, ...rest] = text.replace(/^# .*$/m, '').split(/^##+ /m);
  return [
    { id: url, title, part: '', text: plain(head) },
    ...rest.map((it) => {
      const [heading] = it.split('\n', 1);
      return { id: `${url}#${slug(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'))}`, title, part: plain(heading), text: plain(it.slice(heading.length)) };
    }),
  ];
}

export function searchIndex() {
  const index = new MiniSearch(OPTIONS);
  const pages = [...documents.filter(({ file }) => file !== 'CHANGELOG.md'), ...reference];
  const found = [...pages.flatMap(parts), ...errors.map((it) => ({ id: it.url, title: it.code, part: it.group, text: plain(it.body) }))];
  const byId = new Map(found.map((it) => [it.id, it]));
  index.addAll([...byId.values()]);
  return JSON.stringify(index);
}
