/** The two screens that stand without WebAssembly: the card's outline, and a sentence with one way on. Plain nodes, no markup. */

import type { Speak, Words } from './language.js';
import type { Given } from './settings.js';

function node(tag: string, names: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (names) made.className = names;
  made.append(...children);
  return made;
}

const bones = (count: number, tag: string, names: string) => Array.from({ length: count }, () => node(tag, names));

/** A screen with the card's outline on it, of the card's own pieces; it says nothing yet. */
function blank(state: string) {
  const status = node('p', 'countersign-status');
  status.setAttribute('role', 'status');
  const card = node(
    'div',
    'countersign-card',
    node('div', 'countersign-parties', ...bones(2, 'span', 'countersign-mark')),
    node('p', 'countersign-title countersign-bone'),
    node('p', 'countersign-panel countersign-bone'),
    node('div', '', ...bones(6, 'p', 'countersign-scope countersign-bone')),
    node('div', 'countersign-actions', ...bones(2, 'span', 'countersign-button countersign-bone')),
  );
  card.ariaBusy = 'true';
  card.setAttribute('part', 'card');
  const root = node('div', 'countersign', status, card);
  root.dataset['state'] = state;
  root.setAttribute('part', 'root');
  const say = ({ lang }: Words, text: string) => {
    root.lang = lang;
    root.dir = /^(ar|he)/.test(lang) ? 'rtl' : 'ltr';
    status.textContent = text;
  };
  return { root, card, say };
}

/** The card's outline. */
export function outline(speak: Speak): HTMLElement {
  const { root, say } = blank('loading');
  speak((words) => say(words, words.outline_status));
  return root;
}

/** Has a widget go on where the outline was, until it has the reader's language itself. */
export function goOn(widget: HTMLElement, { lang, dir, firstChild }: HTMLElement): void {
  Object.assign(widget, { lang, dir });
  if (widget.firstChild) widget.firstChild.textContent = firstChild?.textContent ?? '';
}

/** What went wrong without the widget, by the state that tells of it. */
export type Trouble = 'unavailable' | 'stopped' | 'misconfigured';

const TEXTS: Record<Trouble, [text: keyof Words, button?: keyof Words]> = {
  unavailable: ['shell_unavailable', 'shell_try_again'],
  stopped: ['shell_stopped', 'shell_reload'],
  misconfigured: ['shell_setup'],
};

/** One sentence, and what the user can do about it; behind the card's outline as long as its words are on their way. */
export function trouble(state: Trouble, speak: Speak, act: () => void): HTMLElement {
  const { root, card, say } = blank(state);
  speak((words) => {
    const [text, label] = TEXTS[state];
    const heading = node('h1', 'countersign-title', words.shell_title);
    heading.setAttribute('part', 'heading');
    heading.tabIndex = -1;
    const sign = node('span', 'countersign-mark countersign-sign');
    sign.ariaHidden = 'true';
    card.ariaBusy = null;
    card.replaceChildren(sign, heading, node('p', 'countersign-text', words[text]));
    if (label) {
      const button = node('button', 'countersign-button', words[label]) as HTMLButtonElement;
      button.type = 'button';
      button.setAttribute('part', 'button');
      button.addEventListener('click', act);
      const actions = node('div', 'countersign-actions', button);
      actions.setAttribute('part', 'actions');
      card.append(actions);
    }
    say(words, `${words.shell_title}. ${words[text]}`);
    queueMicrotask(() => heading.focus());
  });
  return root;
}

/** What the page puts above and below a widget's card. */
export function slots(widget: HTMLElement): void {
  const [above, below] = ['header', 'footer'].map((name) => Object.assign(document.createElement('slot'), { name }));
  widget.querySelector('.countersign-card')?.before(above as Node);
  widget.append(below as Node);
}

/** How a widget looks. */
type Looks = Pick<Given, 'theme' | 'layout' | 'tokens'>;

const byRequest = () => (new URLSearchParams(location.search).getAll('display').join() === 'popup' ? 'compact' : 'regular');

/** Theme, layout and tokens on a widget's root, through the object model. */
export function dress(widget: HTMLElement, { theme, layout = 'auto', tokens }: Looks, before: Looks['tokens']): void {
  const mark = (name: string, value: string | undefined, without: string) => {
    if (value && value !== without) widget.dataset[name] = value;
    else delete widget.dataset[name];
  };
  mark('theme', theme, 'system');
  mark('layout', layout === 'auto' ? byRequest() : layout, 'regular');
  for (const name of Object.keys(before ?? {})) widget.style.removeProperty(name);
  for (const [name, value] of Object.entries(tokens ?? {})) {
    if (name.startsWith('--countersign-')) widget.style.setProperty(name, value);
  }
}
