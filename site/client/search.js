// The search of the header. The index is loaded when somebody is about to search.
import MiniSearch from './minisearch.js';
import { OPTIONS } from './search-options.js';

const MOST = 12;
const form = document.getElementById('search');
const field = form.querySelector('input');
const list = document.getElementById('found');
let index;

async function load() {
  index ??= fetch('/search.json').then(async (response) => MiniSearch.loadJSON(await response.text(), OPTIONS));
  return index;
}

const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

function entry({ id, title, part }) {
  const link = element('a', '');
  link.href = id;
  link.append(element('strong', title), element('span', part));
  const item = element('li', '');
  item.append(link);
  return item;
}

async function search() {
  const wish = field.value.trim();
  const ready = await load();
  // Something else may have been typed since.
  if (wish !== field.value.trim()) return;
  const found = wish ? ready.search(wish).slice(0, MOST) : [];
  list.replaceChildren(...(wish && !found.length ? [element('li', 'Nothing found.')] : found.map(entry)));
  list.hidden = !wish;
}

form.hidden = false;
field.addEventListener('focus', load, { once: true });
field.addEventListener('input', search);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  await search();
  list.querySelector('a')?.click();
});
form.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  list.hidden = true;
  field.focus();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target.closest('input, textarea, select') || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  field.focus();
});
document.addEventListener('click', (event) => {
  if (!form.contains(event.target)) list.hidden = true;
});
