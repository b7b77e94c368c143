// The theme editor: a field for each token, the gallery's card beside it, and the style sheet of what was changed.
import { channels } from './contrast.js';
import { colours, faults, joined, sheet } from './theme.js';

const { tokens, themes, pairs } = JSON.parse(document.getElementById('editor').dataset.source);
const look = document.getElementById('look');
const form = document.getElementById('tokens');
const preview = document.getElementById('preview');
const PREFIX = '--countersign-';

/** The changed tokens, by their names. */
let changed = {};
/** What is set on the card that is shown. */
let worn = [];

const values = () => ({ ...themes[look.theme.value], ...changed });
const made = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

/** `#rrggbb`, as a field for colours wants it. */
const hex = (color) => `#${channels(color).map((it) => it.toString(16).padStart(2, '0')).join('')}`;

/** The card wears what was changed. It is a page of this origin. */
function dress() {
  const style = preview.contentDocument?.documentElement.style;
  if (!style) return;
  for (const name of worn.filter((it) => !(it in changed))) style.removeProperty(name);
  for (const [name, value] of Object.entries(changed)) style.setProperty(name, value);
  worn = Object.keys(changed);
}

function report() {
  const found = faults(values(), pairs);
  document.getElementById('contrast').replaceChildren(found.length
    ? made('ul', { className: 'warnings' }, ...found.map((line) => made('li', { textContent: line })))
    : made('p', { textContent: 'Every text and every edge has the contrast of WCAG 2.2 AA, in light and in dark.' }));
  document.getElementById('sheet').textContent = sheet(changed) || '/* Nothing has been changed. */\n';
  const address = new URLSearchParams(Object.entries(changed).map(([name, value]) => [name.slice(PREFIX.length), value]));
  for (const name of ['theme', 'colours', 'scene']) address.set(`:${name}`, look[name].value);
  history.replaceState(null, '', `#${address}`);
}

/** Whether a style sheet may have it: a value that ended the declaration would be something else in the printed one. */
const fits = (name, value) => CSS.supports(name, value);

function set(name, value) {
  if (fits(name, value) && value !== themes[look.theme.value][name]) changed[name] = value;
  else delete changed[name];
  form.querySelector(`[data-token="${name}"]`).toggleAttribute('data-changed', name in changed);
  dress();
  report();
}

/** Two colours, or one text. */
function fields(name, value, words) {
  const both = colours(value);
  if (!both) {
    const field = made('input', { value, ariaLabel: name, spellcheck: false });
    field.addEventListener('input', () => set(name, field.value.trim()));
    return [field];
  }
  const inputs = both.map((color, index) => made('input', { type: 'color', value: hex(color), ariaLabel: `${words}, ${['light', 'dark'][index]}` }));
  const text = made('input', { value, ariaLabel: name, spellcheck: false });
  const chosen = () => {
    text.value = joined(inputs.map((it) => it.value));
    set(name, text.value);
  };
  inputs.forEach((it) => it.addEventListener('input', chosen));
  text.addEventListener('input', () => {
    colours(text.value.trim())?.forEach((color, index) => { inputs[index].value = hex(color); });
    set(name, text.value.trim());
  });
  return [...inputs, text];
}

/** Markdown's backticks and links mean nothing here. */
const plain = (words) => words.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');

function field({ name, words }) {
  const short = name.slice(PREFIX.length);
  const row = made('div', { className: 'token' }, made('code', { textContent: name }), made('div', { className: 'token-values' }, ...fields(name, values()[name], short)), made('p', { textContent: plain(words) }));
  row.dataset.token = name;
  row.toggleAttribute('data-changed', name in changed);
  return row;
}

function draw() {
  const groups = Map.groupBy(tokens, ({ group }) => group);
  form.replaceChildren(...[...groups].map(([group, all]) => made('fieldset', {}, made('legend', { textContent: group }), ...all.map(field))));
}

function show() {
  const address = new URLSearchParams({ bare: '1', scene: look.scene.value, theme: look.colours.value });
  if (look.theme.value !== 'standard') address.set('palette', look.theme.value);
  worn = [];
  preview.src = `/gallery/?${address}`;
}

function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  for (const name of ['theme', 'colours', 'scene']) {
    if ([...look[name].options].some(({ value }) => value === address.get(`:${name}`))) look[name].value = address.get(`:${name}`);
  }
  changed = Object.fromEntries(tokens.map(({ name }) => [name, address.get(name.slice(PREFIX.length))]).filter(([name, value]) => value !== null && fits(name, value)));
}

preview.addEventListener('load', dress);
look.addEventListener('change', () => {
  draw();
  show();
  report();
});
look.addEventListener('reset', (event) => {
  event.preventDefault();
  changed = {};
  draw();
  dress();
  report();
});
look.colours.value = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
readAddress();
draw();
show();
report();
